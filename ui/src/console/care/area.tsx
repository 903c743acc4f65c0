import type { AreaStatus, Place } from '../../shapes';
import { language } from '../../messages';
import { dayWords } from '../../time';
import { get, post, session } from '../api';
import { Failed, Show, useAct, useLoad } from '../load';
import { Field, formValues, Modal, Select } from '../parts';
import { useState } from 'preact/hooks';
import { done } from '../toast';
import { t, word } from '../words';

const day = (iso: string): string => dayWords(iso, language(), false);

/** How a building or grid stands, on any day, and how it stands from a day on. */
export function Area({ place, onClose }: { place: Place; onClose: () => void }) {
  const [on, setOn] = useState(session.value?.today ?? '');
  const status = useLoad(`area ${place.id} ${on}`, () => get<AreaStatus>(`/places/${place.id}/status?on=${on}`));
  const { busy, error, act } = useAct();
  const submit = (event: Event) => {
    const { status: wanted, from_on, until_on, reason } = formValues(event);
    void act(async () => {
      await post(`/places/${place.id}/status`, {
        status: wanted,
        ...(from_on ? { from_on } : {}),
        ...(until_on && wanted !== 'normal' ? { until_on } : {}),
        reason,
      });
      done(t('area_set', { name: place.name, status: word('area', wanted ?? '') }));
      status.reload();
    });
  };
  return (
    <Modal title={`${t('area')} · ${place.name}`} onClose={onClose}>
      <div class="field">
        <label for="area-on">{t('area_on')}</label>
        <input
          id="area-on"
          type="date"
          value={on}
          onInput={(event) => event.currentTarget.value && setOn(event.currentTarget.value)}
        />
      </div>
      <Show of={status}>
        {(data) => (
          <>
            <p role="status">
              <b>{word('area', data.status)}</b> {data.set_for && data.set_for !== place.name && t('area_from', { name: data.set_for })}
            </p>
            <ol class="line">
              {data.history.map((one) => (
                <li key={one.set_at} class={one.status === 'normal' ? 'good' : ''}>
                  <time>
                    {one.until_on
                      ? t('area_days', { from: day(one.from_on), until: day(one.until_on) })
                      : t('area_since', { from: day(one.from_on) })}
                  </time>
                  <div class="c">
                    {word('area', one.status)} {one.reason}
                    <br />
                    <small>{one.set_by}</small>
                  </div>
                </li>
              ))}
            </ol>
          </>
        )}
      </Show>
      <form onSubmit={submit}>
        <Select
          label={t('area_new')}
          name="status"
          options={['control', 'lockdown', 'normal'].map((one) => [one, word('area', one)])}
        />
        <Field label={t('area_from_on')} name="from_on" type="date" value={session.value?.today ?? ''} />
        <Field label={t('area_until')} name="until_on" type="date" hint={t('area_until_hint')} />
        <Field label={t('area_reason')} name="reason" required />
        {error && <Failed error={error} />}
        <button class="btn primary" disabled={busy}>
          {t('save')}
        </button>
      </form>
    </Modal>
  );
}
