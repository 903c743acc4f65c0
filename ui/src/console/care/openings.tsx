import { useState } from 'preact/hooks';
import { language } from '../../messages';
import type { OpeningRow, OpeningVerdict, Page } from '../../shapes';
import { dayOf, dayWords } from '../../time';
import { get, post, session } from '../api';
import { at } from '../clock';
import { Failed, Show, useAct, useLoad } from '../load';
import { Empty, Field, formValues, Modal, Select } from '../parts';
import { done } from '../toast';
import { t, word } from '../words';

const verdicts: OpeningVerdict[] = ['justified', 'mistaken', 'unjustified'];
const day = (iso: string): string => dayWords(dayOf(iso, session.value?.community.zone), language(), false);

/** Households that somebody else opened in an emergency: each waits until it was looked at. */
export function Openings() {
  const list = useLoad('openings', () => get<Page<OpeningRow>>('/openings?limit=200'));
  const [asking, setAsking] = useState<OpeningRow | null>(null);
  return (
    <section class="card pad">
      <p class="mute">{t('openings_how')}</p>
      <Show of={list}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty text={t('openings_none')} />
          ) : (
            <ul class="lines">
              {rows.map((row) => (
                <li key={row.id}>
                  <a href={`/c/board?d=${row.dwelling}`}>
                    <b>{row.door}</b>
                  </a>{' '}
                  <span>
                    {row.who} · {day(row.opened_at)} {at(row.opened_at)}–{at(row.until)} ·{' '}
                    {word('opening_why', row.reason)}
                    {row.words && <q> {row.words}</q>}
                    {row.note && (
                      <small class="mute">
                        {' '}
                        {row.reviewed_by} <q>{row.note}</q>
                      </small>
                    )}
                  </span>
                  <span class="end">
                    {row.lasts && <span class="tag over">{t('opening_now')}</span>}{' '}
                    {row.verdict ? (
                      <span class={row.verdict === 'unjustified' ? 'tag over' : 'tag line'}>
                        {word('opening_verdict', row.verdict)}
                      </span>
                    ) : row.own ? (
                      <span class="mute">{t('opening_own')}</span>
                    ) : (
                      <button class="btn primary" onClick={() => setAsking(row)} aria-label={`${t('opening_say')} ${row.door}`}>
                        {t('opening_say')}
                      </button>
                    )}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Show>
      {asking && (
        <Review
          row={asking}
          onClose={() => {
            setAsking(null);
            list.reload();
          }}
        />
      )}
    </section>
  );
}

function Review({ row, onClose }: { row: OpeningRow; onClose: () => void }) {
  const [verdict, setVerdict] = useState<string>('justified');
  const { busy, error, act } = useAct();
  const submit = (event: Event) => {
    const { note } = formValues(event);
    void act(async () => {
      await post(`/openings/${row.id}/review`, { verdict, note });
      done(t('opening_said'));
      onClose();
    });
  };
  return (
    <Modal title={`${t('opening_say')} · ${row.door}`} onClose={onClose}>
      <form onSubmit={submit}>
        <p>
          {row.who} · {word('opening_why', row.reason)} <q>{row.words}</q>
        </p>
        <Select
          label={t('opening_verdict')}
          name="verdict"
          value={verdict}
          onChange={setVerdict}
          options={verdicts.map((one) => [one, word('opening_verdict', one)])}
        />
        <Field label={t('opening_note')} name="note" maxLength={500} required={verdict !== 'justified'} autocomplete="off" />
        {error && <Failed error={error} />}
        <button class="btn primary" disabled={busy}>
          {t('save')}
        </button>
      </form>
    </Modal>
  );
}
