import { useRef, useState } from 'preact/hooks';
import type { Bin, GoodsToday, Page, Sorted } from '../../shapes';
import { ApiError, get, post } from '../api';
import { at, now } from '../clock';
import { useKeys } from '../keys';
import { Show, useLoad } from '../load';
import { Downloads } from '../download';
import { query, route } from '../router';
import { attempt } from '../toast';
import { t, word } from '../words';
import { classes, ClassSeg, isDoor, ScanField, useGoodsLive, type GoodsClass } from './parts';

/** One scan, one bin: the grid and the building in letters to be read across the room, and spoken. */
export function SortPage() {
  const kind = classes.find((one) => one === route.value.query.get('class')) ?? 'fresh';
  const goods = useLoad('goods', () => get<GoodsToday>('/goods'));
  const bins = useLoad(`bins ${kind}`, () => get<Page<Bin>>(`/manifest?stage=grid&class=${kind}&limit=1000`));
  useGoodsLive(bins.reload);
  return <Show of={bins}>{(page) => <Sort kind={kind} bins={page.rows} goods={goods.data} reload={bins.reload} />}</Show>;
}

interface Shown {
  sorted: Sorted | null;
  error: string;
  ms: number;
}

function Sort({
  kind,
  bins,
  goods,
  reload,
}: {
  kind: GoodsClass;
  bins: Bin[];
  goods: GoodsToday | null;
  reload: () => void;
}) {
  const [shown, setShown] = useState<Shown>({ sorted: null, error: '', ms: 0 });
  const [past, setPast] = useState<{ at: number; sorted: Sorted }[]>([]);
  const [stage, setStage] = useState<'building' | 'door' | ''>('');
  const turn = useRef(0);
  const scan = async (text: string) => {
    const mine = ++turn.current;
    const since = performance.now();
    try {
      const sorted = await post<Sorted>('/parcels/sort', { ...(isDoor(text) ? { door: text } : { scan: text }), class: kind });
      setPast((before) => [{ at: Date.now(), sorted }, ...before].slice(0, 8));
      speak(sorted);
      if (mine === turn.current) setShown({ sorted, error: '', ms: performance.now() - since });
      reload();
    } catch (error) {
      if (mine === turn.current) setShown({ sorted: null, error: error instanceof ApiError ? error.words : '', ms: 0 });
    }
  };
  const undo = () => {
    const [last, ...rest] = past;
    if (!last) return;
    void attempt(async () => {
      await post('/parcels/sort', { undo: last.sorted.parcel.id });
      setPast(rest);
      setShown({ sorted: null, error: '', ms: 0 });
      reload();
    }, t('undone'));
  };
  useKeys({ u: undo, p: () => setStage('door') });
  const window_ = goods?.classes.find((one) => one.class === kind);
  const total = bins.reduce((sum, bin) => sum + bin.total, 0);
  const sorted = bins.reduce((sum, bin) => sum + bin.sorted, 0);
  const left = window_?.window_until ? Math.round((Date.parse(window_.window_until) - now.value) / 60_000) : 0;
  return (
    <>
      <div class="head noprint">
        <h1>{t('goods_sort')}</h1>
        <ClassSeg label={t('goods_class')} value={kind} onChange={(next) => query({ class: next })} />
        <p class="end">
          {window_?.window_from && window_.window_until && `${at(window_.window_from)}–${at(window_.window_until)} `}
          <b>{t('sort_done', { done: sorted, all: total })}</b> {left > 0 && t('sort_left', { n: left })}
        </p>
      </div>
      <div class="desk noprint">
        <div>
          <Big shown={shown} />
          <div class="card pad">
            <ScanField label={t('sort_scan')} onScan={scan} />
            <p class="acts">
              <button class="btn" onClick={undo} disabled={!past.length}>
                {t('undo')} <kbd class="kbd">U</kbd>
              </button>
              <button class="btn" onClick={() => setStage('building')}>
                {t('sort_manifest_building')}
              </button>
              <button class="btn" onClick={() => setStage('door')}>
                {t('sort_manifest_door')} <kbd class="kbd">P</kbd>
              </button>
            </p>
          </div>
        </div>
        <aside>
          <section class="card pad">
            <h2>{t('sort_bins')}</h2>
            <ul class="bins">
              {bins.map((bin) => (
                <li key={bin.grid} class={shown.sorted?.parcel.grid === bin.grid ? 'on' : ''}>
                  <b>{bin.grid || t('goods_unknown')}</b>
                  <progress value={bin.sorted} max={bin.total} aria-label={bin.grid} />
                  <span class="num">
                    {bin.sorted} / {bin.total}
                  </span>
                </li>
              ))}
            </ul>
          </section>
          <section class="card pad">
            <h2>{t('sort_past')}</h2>
            <ol class="plain">
              {past.map(({ at: when, sorted: one }) => (
                <li key={`${one.parcel.id}${when}`}>
                  {one.parcel.grid} {one.parcel.door} <span class="tag line">{one.parcel.code}</span>
                </li>
              ))}
            </ol>
          </section>
        </aside>
      </div>
      {stage && <Manifest kind={kind} stage={stage} total={total} onClose={() => setStage('')} />}
    </>
  );
}

function speak({ parcel, other_wave }: Sorted): void {
  if (!('speechSynthesis' in window)) return;
  const text = other_wave ? t('sort_other') : `${parcel.grid} ${parcel.building} ${parcel.entrance}`;
  speechSynthesis.cancel();
  const said = new SpeechSynthesisUtterance(text);
  said.lang = document.documentElement.lang;
  speechSynthesis.speak(said);
}

const numberOf = (name: string): [string, string] => {
  // Chinese numerals one to ten, perhaps after the character that makes an ordinal.
  const found = /^\u7b2c?(\d+|[\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341]+)(.*)$/.exec(name);
  return found ? [found[1]!, found[2]!] : [name, ''];
};

function Big({ shown }: { shown: Shown }) {
  const { sorted, error } = shown;
  if (error)
    return (
      <section class="card big no" role="alert">
        <p>{error}</p>
      </section>
    );
  if (!sorted)
    return (
      <section class="card big none">
        <p>{t('sort_ready')}</p>
      </section>
    );
  const { parcel } = sorted;
  const [grid, gridWord] = numberOf(parcel.grid);
  const [building, buildingWord] = numberOf(parcel.building);
  return (
    <section class={sorted.other_wave ? 'card big other' : 'card big'} role="status">
      <p class="grid">
        <b>{grid}</b>
        {gridWord}
      </p>
      <div>
        <p class="house">
          <b>{building}</b>
          {buildingWord}
        </p>
        <p class="door">
          {parcel.entrance} {parcel.dwelling}
        </p>
      </div>
      <p class="foot">
        {sorted.other_wave ? (
          <b>
            {t('sort_other')} {word('class', parcel.class)}{' '}
            {parcel.window_from && t('sort_other_from', { time: at(parcel.window_from) })}
          </b>
        ) : (
          <>
            <b>{word('class', parcel.class)}</b> {parcel.of > 1 && t('sort_bag', { n: parcel.number, of: parcel.of })}{' '}
            {sorted.again && <span class="tag due">{t('goods_again')}</span>}
          </>
        )}
        {parcel.disinfected_at && <span class="tag safe">{t('sort_clean')}</span>}
      </p>
    </section>
  );
}

/** What goes with the goods on paper: its total is that of the bins. */
function Manifest({
  kind,
  stage,
  total,
  onClose,
}: {
  kind: GoodsClass;
  stage: 'building' | 'door';
  total: number;
  onClose: () => void;
}) {
  const list = useLoad(`manifest ${stage} ${kind}`, () => get<Page<Bin>>(`/manifest?stage=${stage}&class=${kind}`));
  return (
    <section class="card pad manifest">
      <div class="head">
        <h2>
          {t(stage === 'door' ? 'sort_manifest_door' : 'sort_manifest_building')} {word('class', kind)}
        </h2>
        <p class="end acts noprint">
          <Downloads path={`/manifest?stage=${stage}&class=${kind}`} formats={['xlsx']} />
          <button class="btn primary" onClick={() => print()}>
            {t('goods_print')}
          </button>
          <button class="btn quiet" onClick={onClose}>
            {t('close')}
          </button>
        </p>
      </div>
      <Show of={list}>
        {(page) => {
          const sum = page.rows.reduce((all, row) => all + row.total, 0);
          return (
            <table class="counts">
              <tbody>
                {page.rows.map((row) => (
                  <tr key={`${row.grid}${row.building}${row.entrance}${row.dwelling ?? ''}`}>
                    <td>{row.grid}</td>
                    <th>
                      {row.building} {row.entrance} {row.dwelling}
                    </th>
                    <td>{row.codes?.join(' ')}</td>
                    <td class="num">{row.total}</td>
                  </tr>
                ))}
                <tr class="all">
                  <td />
                  <th>{t('goods_all')}</th>
                  <td>{sum === total ? '' : t('sort_disagree', { n: total })}</td>
                  <td class="num">{sum}</td>
                </tr>
              </tbody>
            </table>
          );
        }}
      </Show>
    </section>
  );
}
