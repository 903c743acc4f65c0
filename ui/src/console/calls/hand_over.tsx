import type { CallRow } from '../../shapes';
import { post } from '../api';
import { Failed, useAct } from '../load';
import { Field, formValues, Modal } from '../parts';
import { t } from '../words';

/** The police, an ambulance or a hospital has them in hand: said with whom. */
export function HandOver({ row, onClose, onDone }: { row: CallRow; onClose: () => void; onDone: (said: string) => void }) {
  const { busy, error, act } = useAct();
  const submit = (event: Event) => {
    const { note } = formValues(event);
    void act(async () => {
      await post(`/households/${row.household}/attempts`, { rung: row.rung, outcome: 'handed_over', note });
      onDone(t('call_handed_over', { door: row.door ?? '' }));
    });
  };
  return (
    <Modal title={`${t('call_hand_over')} · ${row.door}`} onClose={onClose}>
      <form onSubmit={submit}>
        <Field label={t('call_hand_over_to')} name="note" required />
        {error && <Failed error={error} />}
        <button class="btn primary" disabled={busy}>
          {t('call_hand_over')}
        </button>
      </form>
    </Modal>
  );
}
