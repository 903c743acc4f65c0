import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { home_goods as cn } from '../../messages/zh-CN.json';
import { home_goods as tw } from '../../messages/zh-TW.json';
import { home_goods as en } from '../../messages/en.json';
import { language } from '../messages';
import type { HomeParcels } from '../shapes';
import { uuid7 } from '../uuid7';
import { at, model } from './model';

type Row = HomeParcels['rows'][number];
type Key = keyof typeof cn;

/** This part has its words with it: the page does not wait for them, and nobody else downloads them. */
const say = (key: string, values: Record<string, string> = {}): string => {
  const lang = language();
  const words: Record<string, string> = lang === 'en' ? en : lang === 'zh-TW' ? tw : cn;
  return (words[key as Key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
};

/** Below the household's own part of the interface. */
const own = 'home/parcels';

const call = async <T,>(path: string, init: RequestInit = {}): Promise<T> => {
  const headers = { Authorization: `Link ${model.token}`, ...(init.headers as Record<string, string>) };
  const response = await fetch(`/api/v1/${path}`, { ...init, cache: 'no-store', credentials: 'omit', headers });
  if (!response.ok) throw new Error(String(response.status));
  return response.json() as Promise<T>;
};

/** When it comes, in one line: the step it is at, and the window it is for. */
function when(row: Row): string {
  if (row.state === 'delivered') return say('home_delivered', { time: at(row.closed_at ?? '') });
  if (row.state === 'out') return say('home_out', { time: at(row.due ?? '') });
  if (row.state === 'held' || row.state === 'returned' || row.state === 'lost')
    return `${say(`home_${row.state}`)} ${say(`home_why_${row.reason ?? 'other'}`)}`;
  if (row.state === 'expected' || row.state === 'at_checkpoint') return say(`home_${row.state}`);
  return say('home_here', { from: at(row.window_from ?? ''), time: at(row.due ?? '') });
}

function Goods() {
  const [goods, setGoods] = useState<HomeParcels | null>(null);
  const [failed, setFailed] = useState('');
  const load = () => call<HomeParcels>(own).then(setGoods, () => undefined);
  useEffect(() => {
    void load();
    const timer = setInterval(() => !document.hidden && void load(), 60_000);
    return () => clearInterval(timer);
  }, []);
  if (!goods || (!goods.rows.length && !goods.taken_away.length)) return null;
  const here = async (row: Row) => {
    try {
      const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': uuid7() };
      await call(`${own}/${row.id}/confirm`, { method: 'POST', headers, body: '{}' });
      setFailed('');
      void load();
    } catch {
      setFailed(row.id);
    }
  };
  return (
    <section class="page">
      <h2>{say('home_goods')}</h2>
      {goods.taken_away.map((time) => (
        <p class="note" key={time}>
          {say('home_taken_away', { time: at(time) })}
        </p>
      ))}
      {goods.rows.map((row) => (
        <div class="person box" key={row.id}>
          <div>
            <b>{say(`home_${row.class}`)}</b>
            {when(row)}
            {failed === row.id && <p role="alert">{say('home_failed')}</p>}
          </div>
          {(row.state === 'out' || (row.state === 'delivered' && !row.proved)) && (
            <button class="btn" onClick={() => void here(row)}>
              {say('home_confirm')}
            </button>
          )}
        </div>
      ))}
    </section>
  );
}

const root = document.createElement('div');
// The page keeps room for its fixed button below itself; with goods after it, they keep that room.
document.styleSheets[0]?.insertRule('#app:not(:last-child) .page { padding-bottom: 0 }');
document.getElementById('app')!.after(root);
render(<Goods key={language()} />, root);
