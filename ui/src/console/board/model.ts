import { signal, type Signal } from '@preact/signals';
import type { Board, BoardBuilding, BoardCells, CellState, DutyDoors, GoodsBoard, Id } from '../../shapes';

type GoodsState = GoodsBoard['cells'][number]['s'];
/** What is owed at a door. `later` is the server's `waiting`, which of goods means another thing. */
type OwedState = Exclude<DutyDoors['cells'][number]['s'], 'waiting'> | 'later';
/** How a door stands under a lens other than that of safety. */
export type Mark = GoodsState | OwedState;
export const lenses = ['safe', 'needs', 'goods', 'alerts', 'care'] as const;
export type Lens = (typeof lenses)[number];

export interface Cell {
  id: Id;
  floor: number;
  column: number;
  door: string;
  state: CellState;
  households: number;
  /** Somebody here is looked after more closely. */
  care: boolean;
  /** How it stands under the lens; null: there is nothing here. */
  mark: Mark | null;
  /** Counts the changes since the page opened; its parity restarts the flash. */
  changes: number;
  entrance: Entrance;
}

export interface Entrance {
  name: string;
  building: Building;
  /** Top floor first; a missing door leaves a hole so that columns stay above each other. */
  rows: { floor: number; cells: (Cell | null)[] }[];
}

export interface Building {
  id: Id;
  name: string;
  grid: Id | null;
  floors: number[];
  entrances: Entrance[];
  cells: Cell[];
  /** Bumped when a cell changes: only this house is drawn again. */
  version: Signal<number>;
}

export interface BoardModel {
  seq: number;
  asOf: string;
  counts: Signal<Board['counts']>;
  grids: { id: Id; name: string; head: string | null; left: Signal<number> }[];
  buildings: Building[];
  cells: Map<Id, Cell>;
}

export const needsAttention = (state: CellState): boolean =>
  state === 'due' || state === 'overdue' || state === 'alarm';
const goodsUrgency: Mark[] = ['overdue', 'held', 'out', 'waiting'];
const owedUrgency: Mark[] = ['climbed', 'raised', 'taken'];
/** Most urgent first, by lens: what somebody has to see to. */
export const marksOf = (lens: Lens): Mark[] => (lens === 'goods' ? goodsUrgency : owedUrgency);
/** What comes later, and asks for nobody yet. */
export const quietMark = (lens: Lens): Mark => (lens === 'goods' ? 'coming' : 'later');
export const wants = (cell: Cell, lens: Lens): boolean =>
  lens === 'safe' ? needsAttention(cell.state) : cell.mark !== null && cell.mark !== quietMark(lens);
/** Most urgent first. */
export const urgency: CellState[] = ['alarm', 'overdue', 'due'];

export const leftIn = (building: Building, lens: Lens): number =>
  building.cells.filter((cell) => wants(cell, lens)).length;

/** Puts what a lens shows on the board; only houses in which something changed are drawn again. */
export function applyMarks(model: BoardModel, known: Map<Id, Mark>): void {
  const touched = new Set<Building>();
  for (const cell of model.cells.values()) {
    const mark = known.get(cell.id) ?? null;
    if (cell.mark === mark) continue;
    cell.mark = mark;
    touched.add(cell.entrance.building);
  }
  for (const building of touched) building.version.value++;
}

function toBuilding(from: BoardBuilding): Building {
  const building: Building = {
    id: from.id,
    name: from.name,
    grid: from.grid ?? null,
    floors: [],
    entrances: [],
    cells: [],
    version: signal(0),
  };
  building.entrances = from.entrances.map((entrance) => ({ name: entrance.name, building, rows: [] }));
  for (const { id, e, f, n, s, h, c } of from.cells) {
    const entrance = building.entrances[e];
    if (entrance)
      building.cells.push({ id, floor: f, column: 0, door: n, state: s, households: h, care: Boolean(c), mark: null, changes: 0, entrance });
  }
  building.entrances.forEach((entrance) =>
    layOut(
      entrance,
      building.cells.filter((cell) => cell.entrance === entrance),
    ),
  );
  const heights = from.entrances.map((entrance) => entrance.floors);
  const top = Math.max(0, ...heights, ...building.cells.map((cell) => cell.floor));
  const bottom = Math.min(1, ...building.cells.map((cell) => cell.floor));
  // There is no floor 0 in how people count.
  for (let floor = top; floor >= bottom; floor--) if (floor !== 0) building.floors.push(floor);
  return building;
}

/**
 * Where a door stands on its floor: what its number has beyond the floor's (301 and 401 stand above each other).
 * Numbers that do not follow their floors stand in the order in which the server gives them.
 */
function stack(cell: Cell): string | null {
  const floor = String(cell.floor);
  return cell.door.startsWith(floor) && cell.door.length > floor.length ? cell.door.slice(floor.length) : null;
}

function layOut(entrance: Entrance, cells: Cell[]): void {
  const stacks = cells.map(stack);
  const regular = cells.length > 0 && stacks.every((name) => name !== null);
  const names = [...new Set(stacks)].sort((a, b) => a!.length - b!.length || (a! < b! ? -1 : 1));
  const floors = [...new Set(cells.map((cell) => cell.floor))].sort((a, b) => b - a);
  entrance.rows = floors.map((floor) => {
    const here = cells.filter((cell) => cell.floor === floor);
    here.forEach((cell, i) => (cell.column = regular ? names.indexOf(stack(cell)) : i));
    const row: (Cell | null)[] = Array.from({ length: regular ? names.length : here.length }, () => null);
    for (const cell of here) row[cell.column] = cell;
    return { floor, cells: row };
  });
}

export function toModel(board: Board): BoardModel {
  const buildings = board.buildings.map(toBuilding);
  const cells = new Map<Id, Cell>();
  for (const building of buildings) for (const cell of building.cells) cells.set(cell.id, cell);
  return {
    seq: board.seq,
    asOf: board.as_of,
    counts: signal(board.counts),
    grids: board.grids.map(({ id, name, head, left }) => ({ id, name, head: head ?? null, left: signal(left) })),
    buildings,
    cells,
  };
}

/** Puts an answer of /board/cells into the model; returns the doors that really changed. */
export function applyCells(model: BoardModel, answer: BoardCells): Cell[] {
  // An answer that overtook a newer one would turn doors back.
  if (answer.seq < model.seq) return [];
  model.seq = answer.seq;
  model.asOf = answer.as_of;
  const counts = { ...model.counts.value };
  const changed: Cell[] = [];
  for (const { id, s, c } of answer.cells) {
    const cell = model.cells.get(id);
    if (!cell || (cell.state === s && cell.care === Boolean(c))) continue;
    cell.care = Boolean(c);
    // A door with several households counts as one here; the next whole board puts that right.
    counts[cell.state]--;
    counts[s]++;
    const grid = model.grids.find((known) => known.id === cell.entrance.building.grid);
    if (grid) grid.left.value += Number(needsAttention(s)) - Number(needsAttention(cell.state));
    cell.state = s;
    cell.changes++;
    changed.push(cell);
  }
  if (changed.length) model.counts.value = counts;
  for (const building of new Set(changed.map((cell) => cell.entrance.building))) building.version.value++;
  return changed;
}

/** The next door in the direction of an arrow: by floor, or by position across entrances and houses. */
export function neighbour(building: Building, cell: Cell, key: string, wanted: (cell: Cell) => boolean): Cell | null {
  const place = (other: Cell) => building.entrances.indexOf(other.entrance) * 100 + other.column;
  const candidates = building.cells.filter((other) => other !== cell && wanted(other));
  const here = { x: place(cell), y: cell.floor };
  let best: Cell | null = null;
  let bestScore = Infinity;
  for (const other of candidates) {
    const dx = place(other) - here.x;
    const dy = other.floor - here.y;
    const along = key === 'ArrowUp' ? dy : key === 'ArrowDown' ? -dy : key === 'ArrowRight' ? dx : -dx;
    const across = key === 'ArrowUp' || key === 'ArrowDown' ? Math.abs(dx) : Math.abs(dy);
    if (along <= 0) continue;
    const score = across * 1000 + along;
    if (score < bestScore) [best, bestScore] = [other, score];
  }
  return best;
}
