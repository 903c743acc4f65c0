import { useState } from 'preact/hooks';
import type { GoodsToday, Page, ParcelRow, Received } from '../../shapes';
import { ApiError, get, post } from '../api';
import { at, now } from '../clock';
import { Show, useLoad } from '../load';
import { age, Field, formValues } from '../parts';
import { query, route } from '../router';
import { attempt, done } from '../toast';
import { t, word } from '../words';
import { Parcels } from './parcels';
import { ClassSeg, isDoor, ScanField, useGoodsLive, type GoodsClass } from './parts';

const givers = ['courier', 'supplier', 'volunteer', 'neighbour', 'relative', 'police'] as const;
const lists = ['waiting', 'held', 'late', 'overdue', 'unknown', 'unproved', 'open'] as const;

/** The receiving point: scan, say what it is, see what lies here and whether it adds up. */
export function ReceivePage() {
  const goods = useLoad('goods', () => get<GoodsToday>('/goods'));
  const filter = lists.find((one) => one === route.value.query.get('list')) ?? 'waiting';
  const list = useLoad(`parcels ${filter}`, () => get<Page<ParcelRow>>(`/parcels?filter=${filter}&limit=200`));
  const reload = () => {
    goods.reload();
    list.reload();
  };
  useGoodsLive(goods.reload);
  useGoodsLive(list.reload);
  return (
    <Show of={goods}>
      {(today) =>
        today.points.some((point) => point.kind === 'workstation') ? (
          <div class="desk">
            <div>
              <Desk today={today} reload={reload} />
              <section class="card">
                <header>
                  <div class="seg wrap" role="group" aria-label={t('goods_lists')}>
                    {lists.map((one) => (
                      <button key={one} aria-pressed={one === filter} onClick={() => query({ list: one })}>
                        {word('goods_list', one)}
                      </button>
                    ))}
                  </div>
                </header>
                <Show of={list}>{(page) => <Parcels page={page} reload={reload} />}</Show>
              </section>
            </div>
            <Counts today={today} reload={reload} />
          </div>
        ) : (
          <FirstPoint reload={reload} />
        )
      }
    </Show>
  );
}

function FirstPoint({ reload }: { reload: () => void }) {
  const add = async (event: Event) => {
    const { name } = formValues(event);
    if (await attempt(() => post('/points', { kind: 'workstation', name }))) reload();
  };
  return (
    <section class="card pad">
      <h1>{t('goods_receive')}</h1>
      <p>{t('goods_no_point')}</p>
      <form onSubmit={add}>
        <Field name="name" label={t('goods_point_name')} value={t('goods_point_usual')} required />
        <button class="btn primary">{t('goods_point_add')}</button>
      </form>
    </section>
  );
}

interface Asked {
  scan: string;
  code: string;
  words: string;
}

function Desk({ today, reload }: { today: GoodsToday; reload: () => void }) {
  const [kind, setKind] = useState<GoodsClass | ''>('');
  const [giver, setGiver] = useState('');
  const [point, setPoint] = useState('');
  const [last, setLast] = useState<Received[]>([]);
  const [asked, setAsked] = useState<Asked | null>(null);
  const receive = async (body: Record<string, unknown>, scan: string): Promise<void> => {
    const words = body.words ?? (body.kind ? undefined : scan);
    try {
      const answer = await post<Received>('/parcels/receive', {
        ...body,
        ...(words ? { words } : {}),
        ...(kind ? { class: kind } : {}),
        ...(giver ? { giver } : {}),
        ...(point ? { point } : {}),
      });
      setAsked(null);
      setLast((before) => [answer, ...before.filter((one) => one.parcel.id !== answer.parcel.id)].slice(0, 6));
      reload();
    } catch (error) {
      // What is not known needs one more word; it stays in sight until it is said.
      setAsked({ scan, code: error instanceof ApiError ? error.words : '', words: '' });
    }
  };
  const scanned = (text: string) => {
    if (asked?.scan && !isDoor(asked.scan) && isDoor(text)) return void receive({ scan: asked.scan, door: text }, text);
    return void receive(isDoor(text) ? { door: text } : { scan: text }, text);
  };
  return (
    <section class="card pad">
      <div class="head">
        <h1>{t('goods_receive')}</h1>
      </div>
      <ScanField label={asked ? t('goods_scan_door') : t('goods_scan')} onScan={scanned} />
      {asked && (
        <div class="failed" role="alert">
          <p>
            <b>{asked.scan}</b> {asked.code}
          </p>
          <button class="btn" onClick={() => void receive({ scan: asked.scan, nobody_knows: true }, asked.scan)}>
            {t('goods_nobody_knows')}
          </button>
          <button class="btn quiet" onClick={() => setAsked(null)}>
            {t('close')}
          </button>
        </div>
      )}
      <div class="opts">
        <ClassSeg label={t('goods_class')} value={kind} none={t('goods_class_auto')} onChange={setKind} />
        <select aria-label={t('goods_giver')} value={giver} onChange={(event) => setGiver(event.currentTarget.value)}>
          <option value="">{t('goods_giver')}</option>
          {givers.map((one) => (
            <option key={one} value={one}>
              {word('giver', one)}
            </option>
          ))}
        </select>
        {today.points.length > 1 && (
          <select aria-label={t('goods_point')} value={point} onChange={(event) => setPoint(event.currentTarget.value)}>
            <option value="">{t('goods_point')}</option>
            {today.points.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        )}
      </div>
      <ol class="last" aria-live="polite">
        {last.map((one) => (
          <li key={one.parcel.id}>
            <b>{one.parcel.door || t('goods_unknown')}</b>
            <span class="tag line">{one.parcel.code}</span>
            <ClassSeg
              label={t('goods_class')}
              value={one.parcel.class}
              onChange={(next) =>
                void attempt(async () => {
                  const parcel = await post<Received['parcel']>(`/parcels/${one.parcel.id}`, { class: next });
                  setLast((before) => before.map((old) => (old.parcel.id === parcel.id ? { ...old, parcel } : old)));
                })
              }
            />
            <span class="mute">
              {one.again ? t('goods_again') : one.created ? t('goods_created') : t('goods_expected')}{' '}
              {one.parcel.due && t('goods_until', { time: at(one.parcel.due) })}
              {one.parcel.late && <span class="tag due">{t('goods_late')}</span>}
              {one.parcel.reason && <span class="tag over">{word('reason', one.parcel.reason)}</span>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Counts({ today, reload }: { today: GoodsToday; reload: () => void }) {
  const disinfect = () =>
    attempt(async () => {
      const answer = await post<{ done: number }>('/parcels/disinfect', { all: true });
      done(t('goods_disinfected', { n: answer.done }));
      reload();
    });
  return (
    <aside>
      <section class="card pad">
        <h2>{t('goods_today')}</h2>
        <table class="counts">
          <thead>
            <tr>
              <td />
              {(['received', 'waiting', 'out', 'delivered', 'returned'] as const).map((one) => (
                <th key={one} class="num">
                  {word('goods_col', one)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {today.classes.map((one) => (
              <tr key={one.class}>
                <th>
                  {word('class', one.class)}
                  <small>
                    {one.window_from && at(one.window_from)}–{one.window_until && at(one.window_until)}
                  </small>
                </th>
                <td class="num">{one.received}</td>
                <td class="num">{one.waiting}</td>
                <td class="num">{one.out}</td>
                <td class="num">{one.delivered}</td>
                <td class="num">{one.returned + one.lost}</td>
              </tr>
            ))}
            <tr class="all">
              <th>{t('goods_all')}</th>
              {(['received', 'waiting', 'out', 'delivered'] as const).map((key) => (
                <td key={key} class="num">
                  {today.classes.reduce((sum, one) => sum + one[key], 0)}
                </td>
              ))}
              <td class="num">{today.classes.reduce((sum, one) => sum + one.returned + one.lost, 0)}</td>
            </tr>
          </tbody>
        </table>
        {today.disinfect !== 'none' && (
          <button class="btn primary wide" onClick={disinfect}>
            {t('goods_disinfect_all')}
          </button>
        )}
      </section>
      <section class="card pad">
        <h2>{t('goods_points')}</h2>
        <ul class="plain">
          {today.points.map((point) => (
            <li key={point.id}>
              <b>{point.name}</b> {word('point', point.kind) !== point.name && word('point', point.kind)}{' '}
              {point.outside && <span class="tag line">{t('goods_outside')}</span>}
              <br />
              {t('goods_point_says', { received: point.received, on: point.handed_on, waiting: point.waiting })}
              {point.oldest && ` ${t('goods_oldest', { age: age(now.value - Date.parse(point.oldest)) })}`}
            </li>
          ))}
        </ul>
        <AddPoint reload={reload} />
      </section>
    </aside>
  );
}

function AddPoint({ reload }: { reload: () => void }) {
  const [open, setOpen] = useState(false);
  const add = async (event: Event) => {
    const { name, kind } = formValues(event);
    const body = { kind: kind === 'outside' ? 'checkpoint' : kind, name, outside: kind === 'outside' };
    if (await attempt(() => post('/points', body))) {
      setOpen(false);
      reload();
    }
  };
  if (!open)
    return (
      <button class="btn" onClick={() => setOpen(true)}>
        {t('goods_point_add')}
      </button>
    );
  return (
    <form onSubmit={add}>
      <Field name="name" label={t('goods_point_name')} required />
      <label class="field">
        {t('goods_point_kind')}
        <select name="kind">
          {['outside', 'checkpoint', 'workstation', 'drop_point'].map((kind) => (
            <option key={kind} value={kind}>
              {kind === 'outside' ? t('goods_point_gate') : word('point', kind)}
            </option>
          ))}
        </select>
      </label>
      <button class="btn primary">{t('goods_point_add')}</button>
    </form>
  );
}
