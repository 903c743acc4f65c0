import { useState } from 'preact/hooks';
import type { DutyRow, Ground, HouseholdDetail, ObservationOpened, Page } from '../../shapes';
import { language } from '../../messages';
import { dayWords } from '../../time';
import { get, post, session } from '../api';
import { Failed, Show, useAct, useLoad } from '../load';
import { Field, formValues, Modal } from '../parts';
import { late } from '../../late';
import { done } from '../toast';
import { t, word } from '../words';

const Diary = late(() => import('../care/diary').then((part) => part.Diary));

const day = (iso: string): string => dayWords(iso, language(), false);

/** Why they are under observation, until when, and the way out of it. */
export function Grounds({ household, reload }: { household: HouseholdDetail; reload: () => void }) {
  const [asking, setAsking] = useState<Ground | 'release' | null>(null);
  const observation = household.observation!;
  const over = observation.ends_on <= (session.value?.today ?? '');
  const finish = () => {
    setAsking(null);
    reload();
  };
  return (
    <>
      <ul class="grounds">
        {observation.grounds.map((one) => (
          <li class="row" key={one.id}>
            <span>
              <b>{word('ground', one.ground)}</b> {whose(household, one)}
              <br />
              <small>
                {t('observation_from_to', { from: day(one.started_on), to: day(one.ends_on) })} ·{' '}
                {word('source', one.source)}
              </small>
            </span>
            <button
              class="btn"
              onClick={() => setAsking(one)}
              aria-label={`${t('ground_change')} ${word('ground', one.ground)} ${whose(household, one)}`}
            >
              {t('ground_change')}
            </button>
          </li>
        ))}
      </ul>
      <div class="row">
        <span class={over ? 'tag over' : 'tag line'}>
          {t(over ? 'release_due' : 'release_on', { day: day(observation.ends_on) })}
        </span>
        <button class={over ? 'btn primary' : 'btn'} onClick={() => setAsking('release')}>
          {t('release')}
        </button>
      </div>
      {asking === 'release' && <Release household={household} onClose={() => setAsking(null)} onDone={finish} />}
      {asking && asking !== 'release' && (
        <Change
          ground={asking}
          whom={whose(household, asking)}
          onClose={() => setAsking(null)}
          onDone={finish}
        />
      )}
    </>
  );
}

const whose = (household: HouseholdDetail, ground: Ground): string =>
  household.people?.find((person) => person.id === ground.person)?.name ?? t('call_everyone');

interface ChangeProps {
  ground: Ground;
  whom: string;
  onClose: () => void;
  onDone: () => void;
}

/** Extended, shortened or counted again from another day: always with a reason. */
function Change({ ground, whom, onClose, onDone }: ChangeProps) {
  const { busy, error, act } = useAct();
  const submit = (event: Event) => {
    const { start_event_on, length_days, reason } = formValues(event);
    void act(async () => {
      const answer = await post<{ before: string; ends_on: string }>(`/observation-grounds/${ground.id}/change`, {
        ...(start_event_on ? { start_event_on } : {}),
        ...(length_days ? { length_days: Number(length_days) } : {}),
        reason,
      });
      done(t('ground_changed', { before: day(answer.before), day: day(answer.ends_on) }));
      onDone();
    });
  };
  return (
    <Modal title={`${t('ground_change')} · ${word('ground', ground.ground)} · ${whom}`} onClose={onClose}>
      <form onSubmit={submit}>
        <Field
          label={t('length_days')}
          name="length_days"
          inputMode="numeric"
          pattern="[0-9]{1,2}"
          hint={t('ground_length_hint')}
        />
        <Field label={t('ground_restart')} name="start_event_on" type="date" hint={t('start_event_hint')} />
        <Field label={t('ground_reason')} name="reason" required />
        {error && <Failed error={error} />}
        <button class="btn primary" disabled={busy}>
          {t('save')}
        </button>
      </form>
    </Modal>
  );
}

/** By name, when it is due, and not over a red flag; who asks for it may stay of their own will. */
function Release({ household, onClose, onDone }: { household: HouseholdDetail; onClose: () => void; onDone: () => void }) {
  const { busy, error, act } = useAct();
  const flags = useLoad(`flags ${household.id}`, async () => {
    const { rows } = await get<Page<DutyRow>>('/duties?kind=unwell&limit=1000');
    return rows.filter((row) => row.household === household.id);
  });
  const observation = household.observation!;
  const submit = (event: Event) => {
    const { voluntary_days } = formValues(event);
    void act(async () => {
      await post(`/observations/${observation.id}/end`, { reason: 'completed' });
      if (voluntary_days) {
        await post<ObservationOpened>('/observations', {
          household: household.id,
          ground: 'voluntary',
          start_event_on: session.value!.today,
          length_days: Number(voluntary_days),
        });
      }
      done(t('released_by', { name: session.value!.account.name }));
      onDone();
    });
  };
  return (
    <Modal title={t('release')} onClose={onClose}>
      <Show of={flags}>
        {(open) => (
          <form onSubmit={submit}>
            <p>{t('release_lead', { day: day(observation.ends_on), name: session.value!.account.name })}</p>
            <Diary household={household.id} />
            {open.length > 0 && (
              <p class="failed" role="alert">
                <b>{t('release_red_flag')}</b> <a href="/c/duties?kind=unwell">{t('duties')}</a>
              </p>
            )}
            <Field
              label={t('release_voluntary')}
              name="voluntary_days"
              inputMode="numeric"
              pattern="[0-9]{1,2}"
              hint={t('release_voluntary_hint')}
            />
            {error && <Failed error={error} />}
            <button class="btn primary" disabled={busy || open.length > 0}>
              {t('release_by', { name: session.value!.account.name })}
            </button>
          </form>
        )}
      </Show>
    </Modal>
  );
}
