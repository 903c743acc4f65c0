import { useState } from 'preact/hooks';
import type { Account, AccountRow, BalanceRow, Page as Rest } from '../../shapes';
import { yuan } from '../../text_pieces';
import { get, post } from '../api';
import { at } from '../clock';
import { Failed, Show, useAct, useLoad } from '../load';
import { Downloads } from '../download';
import { Empty, Field, formValues, Modal, Select } from '../parts';
import { attempt, done } from '../toast';
import { t, word } from '../words';
import { Claims } from './claims';

type Asking = { kind: 'payment' | 'outlay' | 'repayment' | 'settlement'; row: BalanceRow };

/** Who owes what, and to whom; a payment is one form, a mistake is corrected by its opposite. */
export function Page() {
  const list = useLoad('ledger', async () => (await get<Rest<BalanceRow>>('/ledger?limit=1000')).rows);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [account, setAccount] = useState('');
  return (
    <main class="page money">
      <div class="head">
        <h1>{t('money')}</h1>
        <p class="end acts noprint">
          <a class="btn" href="/c/cycles">
            {t('cycles')}
          </a>
          <Downloads path="/ledger" formats={['xlsx']} />
        </p>
      </div>
      <Claims changed={list.reload} />
      <Show of={list}>
        {(rows) =>
          rows.length ? (
            <div class="scroll card" tabIndex={0}>
              <table class="rows">
                <thead>
                  <tr>
                    <th>{t('money_door')}</th>
                    <th>{t('money_owed')}</th>
                    <th>{t('money_paid')}</th>
                    <td />
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.household ?? row.helper ?? row.supplier}>
                      <td>
                        <b>{row.door || row.helper_name}</b>
                        {row.helper && <span class="tag line">{t('money_helpers')}</span>}
                        {row.supplier && <span class="tag line">{t('suppliers')}</span>}
                      </td>
                      <td>{(row.owed_fen ?? 0) < 0 ? t('money_ahead', { yuan: yuan(-row.owed_fen!) }) : `¥${yuan(row.owed_fen ?? 0)}`}</td>
                      <td>¥{yuan(row.paid_fen ?? 0)}</td>
                      <td class="noprint">
                        {row.household ? (
                          <>
                            <button class="btn small" onClick={() => setAsking({ kind: 'payment', row })} aria-label={`${t('money_pay')} ${row.door}`}>
                              {t('money_pay')}
                            </button>{' '}
                            <button class="btn small" onClick={() => setAsking({ kind: 'outlay', row })} aria-label={`${t('money_outlay')} ${row.door}`}>
                              {t('money_outlay')}
                            </button>{' '}
                            <button class="btn small" onClick={() => setAccount(row.household!)} aria-label={`${t('money_see')} ${row.door}`}>
                              {t('money_see')}
                            </button>
                          </>
                        ) : (
                          <button
                            class="btn small"
                            onClick={() => setAsking({ kind: row.supplier ? 'settlement' : 'repayment', row })}
                            aria-label={`${t(row.supplier ? 'entry_settlement' : 'money_repay')} ${row.helper_name}`}
                          >
                            {t(row.supplier ? 'entry_settlement' : 'money_repay')}
                          </button>
                        )}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          ) : (
            <Empty text={t('money_none')} />
          )
        }
      </Show>
      {asking && (
        <Record
          {...asking}
          onClose={() => setAsking(null)}
          onDone={() => {
            setAsking(null);
            done(t('money_saved'));
            list.reload();
          }}
        />
      )}
      {account && <Entries household={account} onClose={() => setAccount('')} changed={list.reload} />}
    </main>
  );
}

function Record({ kind, row, onClose, onDone }: Asking & { onClose: () => void; onDone: () => void }) {
  const { busy, error, act } = useAct();
  const accounts = useLoad(kind === 'outlay' ? 'accounts' : '', async () =>
    kind === 'outlay' ? (await get<Rest<AccountRow>>('/accounts?limit=1000')).rows : [],
  );
  const submit = (event: Event) => {
    const { yuan: text, note, helper } = formValues(event);
    void act(async () => {
      await post('/ledger', {
        kind,
        fen: Math.round(Number(text) * 100),
        ...(kind === 'payment' || kind === 'outlay' ? { household: row.household } : {}),
        ...(kind === 'settlement' ? { supplier: row.supplier } : {}),
        ...(kind === 'outlay' ? { helper } : {}),
        ...(kind === 'repayment' ? { helper: row.helper } : {}),
        ...(note ? { note } : {}),
      });
      onDone();
    });
  };
  const owed = Math.abs(row.owed_fen ?? 0);
  const title = t(kind === 'payment' ? 'money_pay' : kind === 'outlay' ? 'money_outlay' : kind === 'settlement' ? 'entry_settlement' : 'money_repay');
  return (
    <Modal title={`${title} · ${row.door || row.helper_name}`} onClose={onClose}>
      <form onSubmit={submit}>
        {kind === 'outlay' && (
          <Select label={t('money_helper')} name="helper" options={(accounts.data ?? []).map((one) => [one.id, one.name])} />
        )}
        <Field label={t('money_amount')} name="yuan" value={kind === 'outlay' ? '' : yuan(owed)} required />
        <Field label={t('money_note')} name="note" />
        {error && <Failed error={error} />}
        <button class="btn primary" disabled={busy}>
          {title}
        </button>
      </form>
    </Modal>
  );
}

function Entries({ household, onClose, changed }: { household: string; onClose: () => void; changed: () => void }) {
  const account = useLoad(`account ${household}`, () => get<Account>(`/households/${household}/ledger`));
  const correct = async (id: string) => {
    const note = prompt(t('money_why'));
    if (!note || !(await attempt(() => post(`/ledger/${id}/correct`, { note }), t('money_corrected')))) return;
    account.reload();
    changed();
  };
  return (
    <Modal title={t('money_account', { door: account.data?.door ?? '' })} onClose={onClose}>
      <Show of={account}>
        {(data) => (
          <ul class="lines">
            {(data.entries ?? []).map((entry) => (
              <li key={entry.id}>
                <span class="mute">{at(entry.at)}</span> <b>{word('entry', entry.kind)}</b> <span>¥{yuan(entry.fen)}</span>{' '}
                <span>{entry.note}</span>{' '}
                {entry.corrected ? (
                  <span class="tag line">{t('money_corrected')}</span>
                ) : (
                  entry.kind !== 'correction' && (
                    <button class="btn small" onClick={() => correct(entry.id)} aria-label={`${t('money_correct')} ${word('entry', entry.kind)}`}>
                      {t('money_correct')}
                    </button>
                  )
                )}
              </li>
            ))}
          </ul>
        )}
      </Show>
    </Modal>
  );
}
