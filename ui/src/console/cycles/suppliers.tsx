import { useState } from 'preact/hooks';
import type { SupplierRow } from '../../shapes';
import { yuan } from '../../text_pieces';
import { get, post, session } from '../api';
import { Failed, Show, useAct, useLoad } from '../load';
import { Field, formValues, Modal, Select } from '../parts';
import { attempt, done } from '../toast';
import { t } from '../words';

type Asking = 'supplier' | 'price' | 'basket';

/** Who sells, for how much; baskets; and the link to a supplier's own page. */
export function Suppliers() {
  const list = useLoad('suppliers', async () => (await get<{ rows: SupplierRow[] }>('/suppliers')).rows);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [link, setLink] = useState('');
  const issue = (supplier: SupplierRow) =>
    attempt(async () => {
      const { token } = await post<{ token: string }>(`/suppliers/${supplier.id}/links`);
      setLink(`${location.origin}/c/supplier#${token}`);
      list.reload();
    });
  return (
    <section class="card pad noprint">
      <div class="head">
        <h2>{t('suppliers')}</h2>
        <div class="end acts">
          {(['supplier', 'price', 'basket'] as const).map((what) => (
            <button key={what} class="btn" onClick={() => setAsking(what)}>
              {t(what === 'supplier' ? 'supplier_add' : what === 'price' ? 'price_set' : 'basket_offer')}
            </button>
          ))}
        </div>
      </div>
      <Show of={list}>
        {(rows) => (
          <ul class="lines">
            {rows.map((row) => (
              <li key={row.id}>
                <b>{row.name}</b>{' '}
                <span class="mute">
                  {row.prices
                    .slice(0, 12)
                    .map((one) => `${one.good} ¥${yuan(one.price_fen)}/${one.unit}`)
                    .join('　')}
                </span>{' '}
                {session.value?.reach !== 'desk' && (
                  <button class="btn small" onClick={() => issue(row)} aria-label={`${t('supplier_link')} ${row.name}`}>
                    {t('supplier_link')}
                  </button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Show>
      {link && (
        <Modal title={t('supplier_link')} onClose={() => setLink('')}>
          <p>{t('supplier_link_more')}</p>
          <p class="secret">{link}</p>
        </Modal>
      )}
      {asking && (
        <Form
          what={asking}
          suppliers={list.data ?? []}
          onClose={() => setAsking(null)}
          onDone={(said) => {
            setAsking(null);
            done(said);
            list.reload();
          }}
        />
      )}
    </section>
  );
}

const fen = (text: string | undefined): number => Math.round(Number(text) * 100);

function Form({
  what,
  suppliers,
  onClose,
  onDone,
}: {
  what: Asking;
  suppliers: SupplierRow[];
  onClose: () => void;
  onDone: (said: string) => void;
}) {
  const { busy, error, act } = useAct();
  const title = t(what === 'supplier' ? 'supplier_add' : what === 'price' ? 'price_set' : 'basket_offer');
  const submit = (event: Event) => {
    const fields = formValues(event);
    void act(async () => {
      if (what === 'supplier') await post('/suppliers', { name: fields['name'] });
      if (what === 'price') {
        await post(`/suppliers/${fields['supplier']}/prices`, {
          good: fields['good'],
          unit: fields['unit'],
          price_fen: fen(fields['price']),
          ...(fields['market'] ? { market_fen: fen(fields['market']) } : {}),
        });
      }
      if (what === 'basket') {
        await post('/baskets', { name: fields['name'], price_fen: fen(fields['price']), contents: fields['contents'] });
      }
      onDone(what === 'price' ? t('price_saved') : what === 'basket' ? t('basket_offered') : title);
    });
  };
  return (
    <Modal title={title} onClose={onClose}>
      <form onSubmit={submit}>
        {what === 'supplier' && <Field label={t('supplier_name')} name="name" required />}
        {what === 'price' && (
          <>
            <Select label={t('suppliers')} name="supplier" options={suppliers.map((one) => [one.id, one.name])} />
            <Field label={t('price_good')} name="good" required />
            <Field label={t('price_unit')} name="unit" />
            <Field label={t('price_fen')} name="price" required />
            <Field label={t('price_market')} name="market" />
          </>
        )}
        {what === 'basket' && (
          <>
            <Field label={t('basket_name')} name="name" required />
            <Field label={t('price_fen')} name="price" required />
            <Field label={t('basket_contents')} name="contents" required />
          </>
        )}
        {error && <Failed error={error} />}
        <button class="btn primary" disabled={busy}>
          {title}
        </button>
      </form>
    </Modal>
  );
}
