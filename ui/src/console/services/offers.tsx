import { useState } from 'preact/hooks';
import type { OfferRow, ShopRow } from '../../shapes';
import { amount } from '../../text_pieces';
import { base64, shrunk } from '../../resident/photo';
import { get, post } from '../api';
import { at } from '../clock';
import { Failed, Show, useAct, useLoad } from '../load';
import { Empty, Field, formValues, Modal, Select } from '../parts';
import { attempt, done } from '../toast';
import { t, word } from '../words';

/** A helper's own page: what is offered to me, what I have taken, and what I bought for it. */
export function Page() {
  const list = useLoad('offers', async () => (await get<{ rows: OfferRow[] }>('/offers')).rows);
  const [buying, setBuying] = useState<OfferRow | null>(null);
  const answer = (offer: OfferRow, accept: boolean) =>
    attempt(() => post(`/offers/${offer.id}/answer`, { accept }), t(accept ? 'offer_taken' : 'offer_declined')).then(list.reload);
  const finish = (offer: OfferRow) => attempt(() => post(`/needs/${offer.need}/finish`), t('offer_done')).then(list.reload);
  return (
    <main class="page">
      <div class="head">
        <h1>{t('offers')}</h1>
        <p>{t('offers_lead')}</p>
      </div>
      <Show of={list}>
        {(rows) =>
          rows.length ? (
            <>
              {rows.map((row) => (
                <section class="card pad" key={row.id}>
                  <h2>
                    {row.door || row.building} <span class="tag line">{word('service', row.service)}</span>
                  </h2>
                  <p class="mute">{at(row.offered_at)}</p>
                  {row.lines.length > 0 && <p>{row.lines.map((line) => `${line.name} ${amount(line.qty)}${line.unit}`).join('、')}</p>}
                  <p class="acts">
                    {row.state === 'open' ? (
                      <>
                        <button class="btn primary" onClick={() => answer(row, true)}>
                          {t('offer_take')}
                        </button>
                        <button class="btn" onClick={() => answer(row, false)}>
                          {t('offer_decline')}
                        </button>
                      </>
                    ) : (
                      <>
                        <button class="btn primary" onClick={() => finish(row)}>
                          {t('offer_finish')}
                        </button>
                        <button class="btn" onClick={() => setBuying(row)}>
                          {t('offer_buy')}
                        </button>
                        {row.service === 'print' && (
                          <a class="btn" href={`/api/v1/needs/${row.need}/file`} download>
                            {t('offer_file')}
                          </a>
                        )}
                      </>
                    )}
                  </p>
                </section>
              ))}
            </>
          ) : (
            <Empty text={t('offers_none')} />
          )
        }
      </Show>
      {buying && <Buy row={buying} onClose={() => setBuying(null)} />}
    </main>
  );
}

function Buy({ row, onClose }: { row: OfferRow; onClose: () => void }) {
  const shops = useLoad('shops', async () => (await get<{ rows: ShopRow[] }>('/shops')).rows);
  const [receipt, setReceipt] = useState<File | null>(null);
  const { busy, error, act } = useAct();
  const submit = (event: Event) => {
    const { thing, yuan, shop } = formValues(event);
    void act(async () => {
      await post(`/needs/${row.need}/buy`, {
        thing,
        fen: Math.round(Number(yuan) * 100),
        ...(shop ? { shop } : {}),
        ...(receipt ? { receipt: await base64(await shrunk(receipt)) } : {}),
      });
      done(t('offer_bought'));
      onClose();
    });
  };
  return (
    <Modal title={t('offer_buy')} onClose={onClose}>
      <form onSubmit={submit}>
        <Field label={t('offer_thing')} name="thing" required />
        <Field label={t('money_amount')} name="yuan" inputMode="text" required />
        <Select
          label={t('offer_shop')}
          name="shop"
          options={[['', t('offer_elsewhere')], ...(shops.data ?? []).map((one): [string, string] => [one.id, `${one.name} ${t(one.open_now ? 'shop_open' : 'shop_closed')}`])]}
        />
        <label class="btn">
          {receipt ? receipt.name : t('offer_receipt')}
          <input type="file" accept="image/*" capture="environment" hidden onChange={(event) => setReceipt(event.currentTarget.files?.[0] ?? null)} />
        </label>
        {error && <Failed error={error} />}
        <button class="btn primary" disabled={busy}>
          {t('offer_save')}
        </button>
      </form>
    </Modal>
  );
}
