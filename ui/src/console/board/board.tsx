import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Board, BoardCells, Id } from '../../shapes';
import { get } from '../api';
import { setServerNow } from '../clock';
import { useKeys } from '../keys';
import { Show, useLoad } from '../load';
import { onJournal, startFrom } from '../live';
import { query, route } from '../router';
import { t } from '../words';
import { Houses } from './grids';
import { Legend } from './legend';
import { applyCells, lenses, neighbour, toModel, wants, type BoardModel } from './model';
import { Panel } from './panel';

async function loadBoard(): Promise<BoardModel> {
  const board = await get<Board>('/board');
  startFrom(board.seq);
  setServerNow(board.as_of);
  return toModel(board);
}

export function BoardPage() {
  const board = useLoad('board', loadBoard);
  return <Show of={board}>{(model) => <Map model={model} reload={board.reload} />}</Show>;
}

/** Above so many doors at once the whole board is the cheaper question; the server takes 200. */
const manyDoors = 120;

/** Follows the journal: doors that are named are asked for together, at most one question at a time. */
function useLive(model: BoardModel, reload: () => void): void {
  const wanted = useRef(new Set<Id>());
  const asking = useRef(false);
  useEffect(() => {
    const ask = async () => {
      if (asking.current || !wanted.current.size) return;
      asking.current = true;
      const doors = [...wanted.current];
      wanted.current.clear();
      try {
        if (doors.length > manyDoors) reload();
        else applyCells(model, await get<BoardCells>(`/board/cells?dwellings=${doors.join(',')}`));
      } catch {
        // What could not be asked is asked again with the next entry; the stale banner says how old the board is.
        doors.forEach((door) => wanted.current.add(door));
      }
      asking.current = false;
      if (wanted.current.size) setTimeout(ask, 60);
    };
    let timer = 0;
    const later = () => {
      clearTimeout(timer);
      timer = window.setTimeout(reload, 500);
    };
    return onJournal((event) => {
      if (event.dwelling && model.cells.has(event.dwelling)) {
        wanted.current.add(event.dwelling);
        setTimeout(ask, 20);
      } else if (!event.dwelling) later();
    }, reload);
  }, [model, reload]);
  useEffect(() => {
    // A window that closes turns doors without any entry in the journal.
    const minute = setInterval(reload, 60_000);
    return () => clearInterval(minute);
  }, [reload]);
}

/** Marks the chosen window in the page itself: ten thousand windows need not be compared for one outline. */
function useSelection(model: BoardModel, selected: Id | null): void {
  const before = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const old = before.current;
    old?.removeAttribute('aria-selected');
    old?.removeAttribute('tabindex');
    const id = selected ?? model.buildings[0]?.cells[0]?.id;
    const cell = id ? document.getElementById(`d${id}`) : null;
    cell?.setAttribute('tabindex', '0');
    if (selected) cell?.setAttribute('aria-selected', 'true');
    before.current = cell;
  });
}

function Map({ model, reload }: { model: BoardModel; reload: () => void }) {
  const asked = route.value.query;
  const selected = asked.get('d');
  const only = asked.get('only') === '1';
  const lens = lenses.find((one) => one === asked.get('lens')) ?? 'safe';
  const zoom = asked.get('building');
  const kiosk = asked.get('kiosk') === '1';
  useLive(model, reload);
  useSelection(model, selected);
  const cell = selected ? model.cells.get(selected) : undefined;
  const move = (event: KeyboardEvent) => {
    const from = cell ?? model.buildings[0]?.cells[0];
    if (!from) return;
    event.preventDefault();
    const wanted = only ? (other: typeof from) => wants(other, lens) : () => true;
    const next = cell ? neighbour(from.entrance.building, from, event.key, wanted) : from;
    if (next) select(next.id, true);
  };
  useKeys({
    ArrowUp: move,
    ArrowDown: move,
    ArrowLeft: move,
    ArrowRight: move,
    Enter: (event) => {
      if ((event.target as Element).closest('a, button')) return;
      if (cell) document.querySelector<HTMLElement>('.side h2')?.focus();
    },
    Escape: () => (selected ? query({ d: null }) : zoom ? query({ building: null }) : undefined),
    f: () => query({ only: only ? null : '1' }),
    l: () => query({ lens: lenses[(lenses.indexOf(lens) + 1) % lenses.length]!.replace('safe', '') || null }),
    z: () => query({ building: zoom ? null : (cell?.entrance.building.id ?? model.buildings[0]?.id ?? null) }),
  });
  const side = useMemo(() => !kiosk, [kiosk]);
  return (
    <div class={`body${side ? '' : ' kiosk'}${selected ? ' open' : ''}`}>
      <main class="map" onClick={onClick}>
        <h1 class="vh">{t('nav_board')}</h1>
        <Legend model={model} only={only} lens={lens} grid={asked.get('grid')} />
        <Houses
          model={model}
          only={only}
          lens={lens}
          zoom={zoom}
          grid={asked.get('grid')}
          current={cell?.entrance.building.id ?? null}
        />
      </main>
      {side && <Panel model={model} selected={selected} only={only} lens={lens} />}
    </div>
  );
}

function select(id: Id, focus = false): void {
  query({ d: id });
  if (focus) requestAnimationFrame(() => document.getElementById(`d${id}`)?.focus({ preventScroll: false }));
}

/** On a touch screen a window of 19 by 14 cannot be hit: the first tap enlarges the house. */
function onClick(event: MouseEvent): void {
  const target = event.target as Element;
  const zoomTo = target.closest<HTMLElement>('[data-zoom]')?.dataset.zoom;
  if (zoomTo) return query({ building: route.value.query.get('building') === zoomTo ? null : zoomTo });
  const window_ = target.closest('i[id^="d"]');
  const house = target.closest<HTMLElement>('.bd');
  if (!window_ || !house) return;
  const coarse = matchMedia('(pointer: coarse)').matches;
  if (coarse && !house.classList.contains('big')) return query({ building: house.dataset.building ?? null });
  select(window_.id.slice(1), true);
}
