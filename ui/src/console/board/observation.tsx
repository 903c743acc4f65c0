import { useState } from 'preact/hooks';
import type { EndReason, HouseholdDetail, Observation, ObservationOpened, OpenObservation } from '../../shapes';
import { language } from '../../messages';
import { dayWords } from '../../time';
import { post, session } from '../api';
import { Ending } from '../ending';
import { Failed, useAct } from '../load';
import { Field, formValues, Modal, Select } from '../parts';
import { done } from '../toast';
import { t, word } from '../words';

const grounds: OpenObservation['ground'][] = ['area', 'exposed', 'case_contact', 'returnee', 'voluntary', 'other'];
const sources: NonNullable<OpenObservation['source']>[] = ['worker', 'self', 'screened', 'pushed', 'captain', 'hotline'];
const reasons: EndReason[] = ['became_case', 'transferred', 'deceased', 'entered_in_error', 'lost', 'merged'];
const options = (prefix: string, values: readonly string[]): [string, string][] =>
  values.map((value) => [value, word(prefix, value)]);

/** The fields that one household and a whole building share. */
export function ObservationForm({
  target,
  count,
  onDone,
}: {
  target: { household: string } | { place: string };
  count: number | null;
  onDone: () => void;
}) {
  const { busy, error, act } = useAct();
  const submit = (event: Event) => {
    const { ground, source, start_event_on, length_days } = formValues(event);
    void act(async () => {
      const answer = await post<ObservationOpened>('/observations', {
        ...target,
        ground,
        source,
        start_event_on,
        ...(length_days ? { length_days: Number(length_days) } : {}),
      });
      const said = t('observation_opened', { n: answer.opened, day: dayWords(answer.ends_on, language()) });
      done(answer.skipped ? `${said} ${t('observation_skipped', { n: answer.skipped })}` : said);
      onDone();
    });
  };
  return (
    <form onSubmit={submit}>
      <Select label={t('ground')} name="ground" options={options('ground', grounds)} />
      <Select label={t('ground_source')} name="source" options={options('source', sources)} />
      <Field
        label={t('start_event_on')}
        name="start_event_on"
        type="date"
        value={session.value?.today ?? ''}
        hint={t('start_event_hint')}
        required
      />
      <Field
        label={t('length_days')}
        name="length_days"
        inputMode="numeric"
        pattern="[0-9]{1,2}"
        hint={t('length_hint')}
      />
      {error && <Failed error={error} />}
      <button class="btn primary" disabled={busy}>
        {count === null ? t('observation_start') : t('observation_start_n', { n: count })}
      </button>
    </form>
  );
}

export function StartObservation({ household, reload }: { household: HouseholdDetail; reload: () => void }) {
  const [open, setOpen] = useState(false);
  return (
    <div class="row">
      <span class="mute">{t('not_observed')}</span>
      <button class="btn" onClick={() => setOpen(true)}>
        {t('observation_start')}
      </button>
      {open && (
        <Modal title={household.label ? `${t('observation_start')} · ${household.label}` : t('observation_start')} onClose={() => setOpen(false)}>
          <ObservationForm
            target={{ household: household.id }}
            count={null}
            onDone={() => {
              setOpen(false);
              reload();
            }}
          />
        </Modal>
      )}
    </div>
  );
}

export function EndObservation({
  observation,
  people,
  reload,
}: {
  observation: Observation;
  people: HouseholdDetail['people'];
  reload: () => void;
}) {
  const said = observation.claim;
  return (
    <>
      <div class="row">
        <span class="mute">{t('observation_end_early')}</span>
        <Ending
          title={t('observation_end')}
          path={`/observations/${observation.id}/end`}
          reasons={reasons}
          note={t('observation_end_note')}
          said={({ confirmed }) => t(confirmed === false ? 'observation_claimed' : 'observation_ended')}
          onDone={reload}
        />
      </div>
      {said && <Claimed id={observation.id} said={said} people={people} reload={reload} />}
    </>
  );
}

/** One person said that they, or one of them, are not to be looked after: another one confirms it. */
function Claimed({
  id,
  said,
  people,
  reload,
}: {
  id: string;
  said: NonNullable<Observation['claim']>;
  people: HouseholdDetail['people'];
  reload: () => void;
}) {
  const { busy, error, act } = useAct();
  const who = people?.find((one) => one.id === said.person)?.name;
  const reason = word('reason', said.reason);
  const confirm = () =>
    void act(async () => {
      await post(said.person ? `/people/${said.person}/leave` : `/observations/${id}/end`, { reason: said.reason });
      done(t('observation_ended'));
      reload();
    });
  return (
    <div class="row">
      <span>{t('claim_waits', { reason: who ? `${who} ${reason}` : reason, note: said.note })}</span>
      {!said.own && (
        <button class="btn" disabled={busy} onClick={confirm}>
          {t('claim_confirm')}
        </button>
      )}
      {error && <Failed error={error} />}
    </div>
  );
}
