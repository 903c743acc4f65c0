import type { PersonDetail } from '../../shapes';
import { session, post } from '../api';
import { Failed, useAct } from '../load';
import { Field, formValues, Modal, Select } from '../parts';
import { done } from '../toast';
import { t, word } from '../words';

const states = ['hospital', 'central', 'away', 'home', 'deceased'] as const;

/** Where somebody is who is not at home: with a place, whom to call there, and when they are expected back. */
export function Whereabouts({ person, onClose, onDone }: { person: PersonDetail; onClose: () => void; onDone: () => void }) {
  const { busy, error, act } = useAct();
  const submit = (event: Event) => {
    const { state, place, contact, expected_on, override_reason } = formValues(event);
    void act(async () => {
      const answer = await post<{ confirmed: boolean }>(`/people/${person.id}/whereabouts`, {
        state,
        ...(place ? { place } : {}),
        ...(contact ? { contact } : {}),
        ...(expected_on ? { expected_on } : {}),
        ...(override_reason ? { override_reason } : {}),
      });
      done(t(answer.confirmed ? 'saved' : 'where_second'));
      onDone();
    });
  };
  return (
    <Modal title={`${t('where')} · ${person.name ?? ''}`} onClose={onClose}>
      <form onSubmit={submit}>
        <Select
          label={t('where_state')}
          name="state"
          value={person.where?.state ?? 'hospital'}
          options={states.map((one): [string, string] => [one, word('where', one)])}
        />
        <Field label={t('where_place')} name="place" value={person.where?.place ?? ''} />
        <Field label={t('where_contact')} name="contact" value={person.where?.contact ?? ''} />
        <Field
          label={t('where_expected')}
          name="expected_on"
          type="date"
          min={session.value?.today ?? ''}
          value={person.where?.expected_on ?? ''}
        />
        <Field label={t('where_override')} name="override_reason" hint={t('where_override_hint')} />
        {error && <Failed error={error} />}
        <button class="btn primary" disabled={busy}>
          {t('save')}
        </button>
      </form>
    </Modal>
  );
}
