import { useEffect, useState } from 'preact/hooks';
import type { PaymentClaim, Payments } from '../shapes';
import { language, refusal } from '../messages';
import { yuan } from '../text_pieces';
import { dayOf, dayWords } from '../time';
import { ask, at, model } from './model';
import { useSend } from './send';
import { when } from './when';
import { t, type Key } from './words';

type Order = Payments['orders'][number];
type Claim = Payments['claims'][number];

const methods: PaymentClaim['method'][] = ['wechat', 'alipay', 'bank', 'cash'];
const askedBack = ['payment.more_than_owed', 'payment.same_again'];

const day = (order: Order): string =>
  t('pay_order', { day: dayWords(dayOf(order.at, model.home?.zone), language(), false) });

/** What is owed, where the orders stand, and saying that it was paid: for the household, and for somebody elsewhere. */
export function Pay() {
  const [money, setMoney] = useState<Payments | null>(null);
  const load = () => ask<Payments>('/payments/mine').then(setMoney, () => undefined);
  useEffect(() => {
    void load();
    const timer = setInterval(() => !document.hidden && void load(), 60_000);
    return () => clearInterval(timer);
  }, []);
  if (!money) return null;
  const { owed_fen: owed, waiting_fen: waiting = 0, orders, claims } = money;
  // Who owes nothing and has said nothing is not asked about money.
  if (owed === 0 && !orders.length && !claims.length) return null;
  return (
    <section class="pay">
      <h2>{t('pay')}</h2>
      {owed !== undefined && (
        <p class="lead">
          <b>{owed > 0 ? t('pay_owed', { yuan: yuan(owed) }) : owed < 0 ? t('pay_ahead', { yuan: yuan(-owed) }) : t('pay_none')}</b>{' '}
          {waiting > 0 && t('pay_waiting', { yuan: yuan(waiting) })}
        </p>
      )}
      {orders.map((order) => (
        <div class="box need" key={order.id}>
          <b>{day(order)}</b>
          <p>
            {order.delivered_at
              ? t('pay_delivered_at', { time: at(order.delivered_at) })
              : t(`pay_order_${order.state}` as Key, { when: when(order.drop_from, model.home) })}
            {order.fen ? ` ¥${yuan(order.fen)}` : ''}
          </p>
        </div>
      ))}
      {claims.map((claim) => (
        <Said key={claim.id} claim={claim} />
      ))}
      <details>
        <summary class="btn">{t('pay_say')}</summary>
        <Say owed={owed === undefined ? 0 : Math.max(owed - waiting, 0)} orders={orders} done={load} />
      </details>
    </section>
  );
}

/** One payment that was said, and what became of it. */
function Said({ claim }: { claim: Claim }) {
  return (
    <div class="box need" role="status">
      <b>
        {t(`pay_${claim.method}`)} ¥{yuan(claim.fen)}
      </b>
      <p>
        {at(claim.at)} {t(`pay_${claim.state}`)} {claim.reason && t(`pay_why_${claim.reason}`)} {claim.note}
      </p>
    </div>
  );
}

function Say({ owed, orders, done }: { owed: number; orders: Order[]; done: () => Promise<void> }) {
  const [amount, setAmount] = useState<string | null>(null);
  const [method, setMethod] = useState(methods[0]!);
  const [order, setOrder] = useState('');
  const [reference, setReference] = useState('');
  const [busy, failed, send] = useSend();
  const shown = amount ?? (owed > 0 ? yuan(owed) : '');
  const fen = Math.round(Number(shown.replace(/[¥￥\s]/g, '').replace('，', '.')) * 100);
  const submit = async (sure: boolean) => {
    const claim: PaymentClaim = { fen, method, reference, sure, ...(order ? { order } : {}) };
    if (!(await send('/payment-claims', claim))) return;
    setAmount('');
    setReference('');
    await done();
  };
  const asks = failed && askedBack.includes(failed.code);
  return (
    <div class="box">
      <label>
        {t('pay_amount')}
        <input type="text" inputMode="decimal" maxLength={12} value={shown} onInput={(event) => setAmount(event.currentTarget.value)} />
      </label>
      {orders.length > 0 && (
        <div class="chips" role="group" aria-label={t('pay_for')}>
          {[null, ...orders].map((one) => (
            <button key={one?.id} class="btn" aria-pressed={order === (one ? one.id : '')} onClick={() => setOrder(one ? one.id : '')}>
              {one ? day(one) : t('pay_all')}
            </button>
          ))}
        </div>
      )}
      <div class="chips" role="group" aria-label={t('pay_how')}>
        {methods.map((one) => (
          <button key={one} class="btn" aria-pressed={method === one} onClick={() => setMethod(one)}>
            {t(`pay_${one}`)}
          </button>
        ))}
      </div>
      <label>
        {t('pay_reference')}
        <input type="text" maxLength={64} value={reference} onInput={(event) => setReference(event.currentTarget.value)} />
      </label>
      {asks ? (
        <div role="alert">
          <p>{t(`pay_${failed.code.slice(8)}` as Key, { owed: yuan(Number(failed.hint ?? 0)), yuan: yuan(fen) })}</p>
          <button class="btn primary" disabled={busy} onClick={() => submit(true)}>
            {t('pay_sure')}
          </button>
        </div>
      ) : (
        failed && <p role="alert">{failed.code === 'network' ? t('ask_not_sent') : refusal(failed.code)}</p>
      )}
      <button class="btn" disabled={busy || !(fen > 0)} onClick={() => submit(false)}>
        {t('pay_send')}
      </button>
    </div>
  );
}
