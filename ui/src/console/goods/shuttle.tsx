import { useState } from 'preact/hooks';
import type { Page, ParcelRow, ShuttleDraft, ShuttleRow, Shuttles, ShuttleSite } from '../../shapes';
import { get, post } from '../api';
import { at } from '../clock';
import { Failed, Show, useAct, useLoad } from '../load';
import { Empty, Field, formValues, Modal, Select } from '../parts';
import { attempt, done } from '../toast';
import { t, word } from '../words';
import { useGoodsLive } from './parts';

const km = (metres: number): string => (metres / 1000).toFixed(1);
const kg = (grams: number): string => (grams / 1000).toFixed(1);

/** What shops have for the compound, and who fetches it: drafted, looked at, sent out, stop by stop. */
export function ShuttlePage() {
  const shuttles = useLoad('shuttles', () => get<Shuttles>('/shuttles'));
  const expected = useLoad('expected', async () => (await get<Page<ParcelRow>>('/parcels?filter=expected&limit=1000')).rows);
  const reload = () => {
    shuttles.reload();
    expected.reload();
  };
  useGoodsLive(reload);
  return (
    <>
      <div class="head noprint">
        <h1>{t('goods_shuttle')}</h1>
        <p>{t('shuttle_lead')}</p>
      </div>
      <Show of={shuttles}>
        {({ rows, sites }) => {
          const taken = new Set(
            rows.flatMap((row) =>
              row.stops.flatMap((stop) => stop.bags.filter((bag) => bag.state === 'planned' || bag.state === 'taken').map((bag) => bag.parcel)),
            ),
          );
          return (
            <>
              <Sites sites={sites} reload={reload} />
              {sites.some((site) => site.kind === 'shop') && (
                <Planner sites={sites} parcels={(expected.data ?? []).filter((one) => !taken.has(one.id))} reload={reload} />
              )}
              {rows.length ? rows.map((row) => <Shuttle key={row.id} row={row} reload={reload} />) : <Empty text={t('shuttle_none')} />}
            </>
          );
        }}
      </Show>
    </>
  );
}

function Sites({ sites, reload }: { sites: ShuttleSite[]; reload: () => void }) {
  const [adding, setAdding] = useState(false);
  const add = async (event: Event) => {
    const { name, kind, east, north, outside } = formValues(event);
    const body = { kind, name, outside: outside === 'yes', east_m: Math.round(Number(east)), north_m: Math.round(Number(north)) };
    if (!(await attempt(() => post('/points', body)))) return;
    setAdding(false);
    reload();
  };
  return (
    <section class="card pad noprint">
      <div class="head">
        <h2>{t('shuttle_sites')}</h2>
        <button class="btn end" onClick={() => setAdding(true)}>
          {t('shuttle_site_add')}
        </button>
      </div>
      <ul class="rows">
        {sites.map((site) => (
          <li key={site.id}>
            <b>{site.name}</b>
            <span class="tag line">{word('point', site.kind)}</span>
            {site.outside && <span class="tag due">{t('goods_outside')}</span>}
            <span class="mute">{t('shuttle_where', { east: site.east_m, north: site.north_m })}</span>
          </li>
        ))}
      </ul>
      {adding && (
        <Modal title={t('shuttle_site_add')} onClose={() => setAdding(false)}>
          <form onSubmit={add}>
            <Field name="name" label={t('goods_point_name')} required />
            <Select
              name="kind"
              label={t('goods_point_kind')}
              options={['shop', 'checkpoint', 'workstation', 'drop_point'].map((one): [string, string] => [one, word('point', one)])}
            />
            <Select name="outside" label={t('shuttle_side')} options={[['no', t('shuttle_inside')], ['yes', t('goods_outside')]]} />
            <Field name="east" label={t('shuttle_east')} value="0" required />
            <Field name="north" label={t('shuttle_north')} value="0" required />
            <button class="btn primary">{t('shuttle_site_add')}</button>
          </form>
        </Modal>
      )}
    </section>
  );
}

interface Load {
  shop: string;
  point: string;
  parcels: string[];
}

function Planner({ sites, parcels, reload }: { sites: ShuttleSite[]; parcels: ParcelRow[]; reload: () => void }) {
  const shops = sites.filter((site) => site.kind === 'shop');
  const points = sites.filter((site) => site.kind !== 'shop');
  const [shop, setShop] = useState(shops[0]?.id ?? '');
  const [point, setPoint] = useState(points[0]?.id ?? '');
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [loads, setLoads] = useState<Load[]>([]);
  const [drafts, setDrafts] = useState<{ shuttles: ShuttleDraft[]; left_out: string[] } | null>(null);
  const { busy, error, act } = useAct();
  const loaded = new Set(loads.flatMap((load) => load.parcels));
  const free = parcels.filter((one) => !loaded.has(one.id));
  const named = (id: string) => sites.find((site) => site.id === id)?.name ?? '';
  const pick = (id: string) => {
    const next = new Set(picked);
    if (!next.delete(id)) next.add(id);
    setPicked(next);
  };
  const add = () => {
    setLoads([...loads, { shop, point, parcels: free.filter((one) => picked.has(one.id)).map((one) => one.id) }]);
    setPicked(new Set());
    setDrafts(null);
  };
  const draft = () => act(async () => setDrafts(await post('/shuttles/draft', { loads })));
  const send = () =>
    act(async () => {
      const shuttles = drafts!.shuttles.map(({ carrier, leave, stops }) => ({ carrier, leave, stops }));
      await post('/shuttles', { shuttles });
      setDrafts(null);
      setLoads([]);
      done(t('runs_sent', { n: shuttles.length }));
      reload();
    });
  if (!free.length && !loads.length) return null;
  return (
    <section class="card pad noprint">
      <h2>{t('shuttle_plan')}</h2>
      <div class="opts">
        <SiteChoice label={t('shuttle_from')} sites={shops} value={shop} onChange={setShop} />
        <SiteChoice label={t('shuttle_to')} sites={points} value={point} onChange={setPoint} />
        <button class="btn" onClick={() => setPicked(new Set(free.map((one) => one.id)))}>
          {t('shuttle_all', { n: free.length })}
        </button>
        <button class="btn" disabled={!picked.size || !shop || !point} onClick={add}>
          {t('shuttle_load', { n: picked.size })}
        </button>
      </div>
      <ul class="picks">
        {free.map((one) => (
          <li key={one.id}>
            <label>
              <input type="checkbox" checked={picked.has(one.id)} onChange={() => pick(one.id)} /> {one.door} <span class="tag line">{one.code}</span>
            </label>
          </li>
        ))}
      </ul>
      {loads.length > 0 && (
        <ul class="rows">
          {loads.map((load, index) => (
            <li key={index}>
              <b>
                {named(load.shop)} → {named(load.point)}
              </b>
              <span>{t('goods_n', { n: load.parcels.length })}</span>
              <button class="btn quiet" onClick={() => setLoads(loads.filter((other) => other !== load))}>
                {t('runs_cancel')}
              </button>
            </li>
          ))}
        </ul>
      )}
      <p class="acts">
        <button class="btn primary" disabled={busy || !loads.length} onClick={draft}>
          {t('runs_draft')}
        </button>
        {drafts && drafts.shuttles.length > 0 && (
          <button class="btn primary" disabled={busy} onClick={send}>
            {t('runs_send', { n: drafts.shuttles.length })}
          </button>
        )}
      </p>
      {error && <Failed error={error} retry={drafts ? send : draft} />}
      {drafts && (
        <>
          <ul class="rows">
            {drafts.shuttles.map((one, index) => (
              <li key={index}>
                <b>{one.carrier_name}</b>
                <span>
                  {at(one.leave)}–{at(one.back)}
                </span>
                <span>{t('shuttle_way', { km: km(one.metres), kg: kg(one.grams) })}</span>
                <span class="mute">
                  {one.stops.map((stop) => `${stop.kind === 'pickup' ? '↑' : '↓'}${stop.name} ${stop.parcels.length}`).join('　')}
                </span>
              </li>
            ))}
          </ul>
          {drafts.left_out.length > 0 && <p class="failed">{t('shuttle_left_out', { n: drafts.left_out.length })}</p>}
        </>
      )}
    </section>
  );
}

function SiteChoice({ label, sites, value, onChange }: { label: string; sites: ShuttleSite[]; value: string; onChange: (id: string) => void }) {
  return (
    <label>
      {label}{' '}
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {sites.map((site) => (
          <option key={site.id} value={site.id}>
            {site.name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Shuttle({ row, reload }: { row: ShuttleRow; reload: () => void }) {
  const [short, setShort] = useState<ReadonlySet<string>>(new Set());
  const open = row.state === 'planned' || row.state === 'out';
  const aboard = row.stops.some((stop) => stop.bags.some((bag) => bag.state === 'taken'));
  const make = (position: number, missing: string[]) =>
    attempt(async () => {
      await post(`/shuttles/${row.id}/stops/${position}`, missing.length ? { missing } : {});
      reload();
    });
  const cancel = () =>
    attempt(async () => {
      await post(`/shuttles/${row.id}/cancel`, { version: row.version });
      reload();
    });
  const over = (scans: string[], to: string) =>
    attempt(async () => {
      const said = await post<{ done: number }>('/parcels/hand-over', { scans, to, giver: row.carrier });
      done(t('shuttle_over', { n: said.done }));
      reload();
    });
  const toggle = (id: string) => {
    const next = new Set(short);
    if (!next.delete(id)) next.add(id);
    setShort(next);
  };
  return (
    <section class="card pad">
      <div class="head">
        <h2>
          {row.carrier_name} {at(row.leave)} <span class={row.state === 'done' ? 'tag safe' : row.state === 'out' ? 'tag bring' : 'tag line'}>{word('run', row.state)}</span>
        </h2>
        <p class="mute">{t('shuttle_way', { km: km(row.metres), kg: kg(row.grams) })}</p>
        {open && !aboard && (
          <button class="btn quiet end noprint" onClick={cancel}>
            {t('runs_cancel')}
          </button>
        )}
      </div>
      <ol class="rows">
        {row.stops.map((stop) => {
          const bags = stop.bags.filter((bag) => bag.state !== 'cancelled');
          const missing = bags.filter((bag) => short.has(bag.parcel)).map((bag) => bag.parcel);
          const dropped = stop.bags.filter((bag) => bag.state === 'dropped').map((bag) => bag.parcel);
          const ready = stop.kind === 'pickup' || bags.every((bag) => bag.state !== 'planned');
          return (
            <li key={stop.position}>
              <b>
                {t(stop.kind === 'pickup' ? 'shuttle_pickup' : 'shuttle_drop')} {stop.name}
              </b>
              <span>{at(stop.done_at ?? stop.at)}</span>
              <span>
                {stop.kind === 'pickup' && !stop.done_at && open
                  ? bags.map((bag) => (
                      <button key={bag.parcel} class={short.has(bag.parcel) ? 'tag over' : 'tag line'} aria-pressed={short.has(bag.parcel)} onClick={() => toggle(bag.parcel)}>
                        {bag.code}
                      </button>
                    ))
                  : bags.map((bag) => (
                      <span key={bag.parcel} class={bag.state === 'missing' ? 'tag over' : 'tag line'}>
                        {bag.code}
                      </span>
                    ))}
              </span>
              {stop.done_at && (
                <span class="tag safe">
                  {t('shuttle_made')} {stop.done_by}
                </span>
              )}
              {stop.then && stop.kind === 'drop' && <span class="tag due">{t('shuttle_then', { name: stop.then_name ?? '' })}</span>}
              {open && !stop.done_at && (
                <button class="btn" disabled={!ready} onClick={() => make(stop.position, missing)}>
                  {stop.kind === 'drop' ? t('shuttle_laid', { n: bags.filter((bag) => bag.state === 'taken').length }) : t('shuttle_took', { n: bags.length - missing.length })}
                </button>
              )}
              {stop.then && stop.done_at && dropped.length > 0 && (
                <button class="btn" onClick={() => over(dropped, stop.then!)}>
                  {t('shuttle_hand_over', { name: stop.then_name ?? '' })}
                </button>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
