import { useState } from 'preact/hooks';
import type { ShopRow } from '../../shapes';
import { get, post } from '../api';
import { Show, useLoad } from '../load';
import { Empty, Field, Select } from '../parts';
import { t, word } from '../words';
import { Ask } from './ask';

const shopKinds = ['hardware', 'pharmacy', 'phone', 'grocery', 'other'] as const;
const hour = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const minutesOf = (text: string): number => {
  const [hours = '', minutes = '0'] = text.split(/[:：]/);
  return Number(hours) * 60 + Number(minutes);
};

/** The shops nearby, and which of them are open now. */
export function Shops() {
  const list = useLoad('shops', async () => (await get<{ rows: ShopRow[] }>('/shops')).rows);
  const [editing, setEditing] = useState<Partial<ShopRow> | null>(null);
  return (
    <>
      <p class="acts">
        <button class="btn" onClick={() => setEditing({})}>
          {t('shop_add')}
        </button>
      </p>
      <Show of={list}>
        {(rows) =>
          rows.length ? (
            <section class="card">
              <ul class="lines">
                {rows.map((row) => (
                  <li key={row.id}>
                    <b>{row.name}</b> <span class="tag line">{word('shop_kind', row.kind)}</span>{' '}
                    <span class={row.open_now ? 'tag ok' : 'tag due'}>{t(row.open_now ? 'shop_open' : 'shop_closed')}</span>{' '}
                    <span class="mute">
                      {hour(row.opens)}–{hour(row.closes)} {row.phone} {row.place}
                    </span>{' '}
                    <button class="btn small" onClick={() => setEditing(row)} aria-label={`${t('sheet_change')} ${row.name}`}>
                      {t('sheet_change')}
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          ) : (
            <Empty text={t('shop_none')} />
          )
        }
      </Show>
      {editing && (
        <Ask
          title={editing.name ?? t('shop_add')}
          onClose={() => {
            setEditing(null);
            list.reload();
          }}
          send={({ name, kind, opens, closes, phone, place, closed }) =>
            post('/shops', { name, kind, opens: minutesOf(opens ?? ''), closes: minutesOf(closes ?? ''), phone, place, closed: closed === 'yes' })
          }
        >
          <Field label={t('shop_name')} name="name" value={editing.name ?? ''} required />
          <Select label={t('shop_kind')} name="kind" options={shopKinds.map((one) => [one, word('shop_kind', one)])} />
          <Field label={t('shop_opens')} name="opens" value={hour(editing.opens ?? 480)} required />
          <Field label={t('shop_closes')} name="closes" value={hour(editing.closes ?? 1080)} required />
          <Field label={t('shop_phone')} name="phone" value={editing.phone ?? ''} />
          <Field label={t('shop_place')} name="place" value={editing.place ?? ''} />
          <Select label={t('shop_now')} name="closed" options={[['no', t('shop_by_hours')], ['yes', t('shop_shut')]]} />
        </Ask>
      )}
    </>
  );
}
