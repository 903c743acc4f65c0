import { useState } from 'preact/hooks';
import type { SheetRow } from '../../shapes';
import { amount } from '../../text_pieces';
import { post } from '../api';
import { Failed, useAct } from '../load';
import { Field, formValues, Modal, Select } from '../parts';
import { t, word } from '../words';

const answers = ['accepted', 'replaced', 'out_of_stock'] as const;

/** What the supplier said on the phone to one line of its sheet. */
export function AnswerLine({ row, onClose, onDone }: { row: SheetRow; onClose: () => void; onDone: () => void }) {
  const { busy, error, act } = useAct();
  const [answer, setAnswer] = useState<string>(row.answer === 'open' ? 'accepted' : row.answer);
  const submit = (event: Event) => {
    const { supplied, instead, price } = formValues(event);
    void act(async () => {
      await post(`/purchase-lines/${row.id}/answer`, {
        answer,
        ...(answer !== 'out_of_stock' && supplied ? { supplied: Math.round(Number(supplied) * 1000) } : {}),
        ...(instead ? { instead } : {}),
        ...(price ? { price_fen: Math.round(Number(price) * 100) } : {}),
      });
      onDone();
    });
  };
  return (
    <Modal title={t('answer_set', { good: row.good })} onClose={onClose}>
      <form onSubmit={submit}>
        <Select
          label={t('sheet_answer')}
          name="answer"
          value={answer}
          options={answers.map((one) => [one, word('answer', one)])}
          onChange={setAnswer}
        />
        {answer !== 'out_of_stock' && (
          <Field label={`${t('sheet_supplied')} (${row.unit})`} name="supplied" value={amount(row.supplied ?? row.qty)} />
        )}
        {answer === 'replaced' && <Field label={t('answer_instead')} name="instead" value={row.instead} required />}
        <Field
          label={t('answer_price')}
          name="price"
          value={row.price_fen === undefined ? '' : (row.price_fen / 100).toFixed(2)}
        />
        {error && <Failed error={error} />}
        <button class="btn primary" disabled={busy}>
          {t('answer_save')}
        </button>
      </form>
    </Modal>
  );
}
