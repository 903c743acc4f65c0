import { useState } from 'preact/hooks';
import type { Page, PaymentClaimRow } from '../../shapes';
import { yuan } from '../../text_pieces';
import { get, post } from '../api';
import { at } from '../clock';
import { Failed, useAct, useLoad } from '../load';
import { Field, formValues, Modal, Select } from '../parts';
import { attempt, done } from '../toast';
import { t, word } from '../words';

const reasons = ['not_received', 'other_amount', 'twice', 'other'] as const;

/** What households say they paid: it counts once somebody has seen it arrive. */
export function Claims({ changed }: { changed: () => void }) {
  const list = useLoad('payment claims', () => get<Page<PaymentClaimRow>>('/payment-claims?limit=200'));
  const [rejecting, setRejecting] = useState<PaymentClaimRow | null>(null);
  const rows = list.data?.rows ?? [];
  if (!rows.length) return null;
  const decided = () => {
    setRejecting(null);
    done(t('claim_saved'));
    list.reload();
    changed();
  };
  const confirm = async (row: PaymentClaimRow) => {
    if (await attempt(() => post(`/payment-claims/${row.id}/decide`, { decision: 'confirm' }), t('claim_saved'))) {
      list.reload();
      changed();
    }
  };
  return (
    <section class="card">
      <header>
        <h2>{t('claims')}</h2>
      </header>
      <ul class="lines">
        {rows.map((row) => (
          <li key={row.id}>
            <b>{t('claim_of', { door: row.door ?? '', by: row.by ?? '' })}</b>{' '}
            {row.trusted && <span class="tag line">{t('claim_trusted')}</span>}
            {!row.trusted && !row.proved && <span class="tag due">{t('claim_unproved')}</span>}
            {row.said_elsewhere && <span class="tag over">{t('claim_elsewhere')}</span>}{' '}
            <span>
              {word('method', row.method ?? '')} ¥{yuan(row.fen ?? 0)} {row.reference}
            </span>{' '}
            <span class="mute">
              {at(row.at)} · {t('claim_owed', { yuan: yuan(row.owed_fen ?? 0) })}
            </span>{' '}
            <button class="btn small primary" onClick={() => confirm(row)} aria-label={`${t('paid_confirm')} ${row.door} ¥${yuan(row.fen ?? 0)}`}>
              {t('paid_confirm')}
            </button>{' '}
            <button class="btn small" onClick={() => setRejecting(row)} aria-label={`${t('claim_reject')} ${row.door} ¥${yuan(row.fen ?? 0)}`}>
              {t('claim_reject')}
            </button>
          </li>
        ))}
      </ul>
      {rejecting && <Reject row={rejecting} onClose={() => setRejecting(null)} onDone={decided} />}
    </section>
  );
}

function Reject({ row, onClose, onDone }: { row: PaymentClaimRow; onClose: () => void; onDone: () => void }) {
  const { busy, error, act } = useAct();
  const submit = (event: Event) => {
    const { reason, note } = formValues(event);
    void act(async () => {
      await post(`/payment-claims/${row.id}/decide`, { decision: 'reject', reason, ...(note ? { note } : {}) });
      onDone();
    });
  };
  return (
    <Modal title={`${t('claim_reject')} · ${row.door ?? ''} ¥${yuan(row.fen ?? 0)}`} onClose={onClose}>
      <form onSubmit={submit}>
        <Select label={t('claim_why')} name="reason" options={reasons.map((one) => [one, word('claim_why', one)])} />
        <Field label={t('claim_note')} name="note" />
        {error && <Failed error={error} />}
        <button class="btn primary" disabled={busy}>
          {t('claim_reject')}
        </button>
      </form>
    </Modal>
  );
}
