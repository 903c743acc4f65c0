import { useEffect, useState } from 'preact/hooks';
import type { HomeParcels } from '../shapes';
import { uuid7 } from '../uuid7';
import { ask, at } from './model';
import { t, type Key } from './words';

type Row = HomeParcels['rows'][number];

/** When it comes, in one line: the step it is at, and the window it is for. */
function when(row: Row): string {
  if (row.state === 'delivered') return t('home_delivered', { time: at(row.closed_at ?? '') });
  if (row.state === 'out') return t('home_out', { time: at(row.due ?? '') });
  if (row.state === 'held' || row.state === 'returned' || row.state === 'lost')
    return `${t(`home_${row.state}` as Key)} ${t(`home_why_${row.reason ?? 'other'}` as Key)}`;
  if (row.drop_point) return t('home_drop', { point: row.drop_point, time: at(row.dropped_at ?? '') });
  if (row.state === 'expected' || row.state === 'at_checkpoint') return t(`home_${row.state}` as Key);
  return t('home_here', { from: at(row.window_from ?? ''), time: at(row.due ?? '') });
}

/** What is on its way to this door. */
export function Parcels() {
  const [goods, setGoods] = useState<HomeParcels | null>(null);
  const [failed, setFailed] = useState('');
  const load = () => ask<HomeParcels>('/home/parcels').then(setGoods, () => undefined);
  useEffect(() => {
    void load();
    const timer = setInterval(() => !document.hidden && void load(), 60_000);
    return () => clearInterval(timer);
  }, []);
  if (!goods || (!goods.rows.length && !goods.taken_away.length)) return null;
  const here = async (row: Row) => {
    try {
      const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': uuid7() };
      await ask(`/home/parcels/${row.id}/confirm`, { method: 'POST', headers, body: '{}' });
      setFailed('');
      void load();
    } catch {
      setFailed(row.id);
    }
  };
  return (
    <section>
      <h2>{t('home_goods')}</h2>
      {goods.taken_away.map((time) => (
        <p class="note" key={time}>
          {t('home_taken_away', { time: at(time) })}
        </p>
      ))}
      {goods.rows.map((row) => (
        <div class="person box" key={row.id}>
          <div>
            <b>{t(`home_${row.class}` as Key)}</b>
            {when(row)}
            {failed === row.id && <p role="alert">{t('home_failed')}</p>}
          </div>
          {(row.state === 'out' || row.drop_point || (row.state === 'delivered' && !row.proved)) && (
            <button class="btn" onClick={() => void here(row)}>
              {t('home_confirm')}
            </button>
          )}
        </div>
      ))}
    </section>
  );
}
