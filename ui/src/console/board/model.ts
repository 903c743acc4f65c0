import { signal, type Signal } from '@preact/signals';
import type { Board, BoardBuilding, BoardCells, CellState, Counts, Id } from '../../api-draft';

export interface Cell {
  id: Id;
  floor: number;
  column: number;
  door: string;
  state: CellState;
  households: number;
  care: boolean;
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
  counts: Signal<Counts>;
  grids: { id: Id; name: string; head: string | null; left: Signal<number> }[];
  buildings: Building[];
  cells: Map<Id, Cell>;
}

export const needsAttention = (state: CellState): boolean =>
  state === 'due' || state === 'overdue' || state === 'alarm';
/** Most urgent first. */
export const urgency: CellState[] = ['alarm', 'overdue', 'due'];

export const leftIn = (building: Building): number =>
  building.cells.filter((cell) => needsAttention(cell.state)).length;

function toBuilding(from: BoardBuilding): Building {
  const building: Building = {
    id: from.id,
    name: from.name,
    grid: from.grid,
    floors: [],
    entrances: [],
    cells: [],
    version: signal(0),
  };
  building.entrances = from.entrances.map((entrance) => ({ name: entrance.name, building, rows: [] }));
  for (const [id, index, floor, column, door, state, households, care] of from.cells) {
    const entrance = building.entrances[index];
    if (entrance)
      building.cells.push({ id, floor, column, door, state, households, care: care > 0, changes: 0, entrance });
  }
  building.entrances.forEach((entrance) =>
    layOut(
      entrance,
      building.cells.filter((cell) => cell.entrance === entrance),
    ),
  );
  const top = Math.max(from.floors, 0, ...building.cells.map((cell) => cell.floor));
  const bottom = Math.min(1, ...building.cells.map((cell) => cell.floor));
  // There is no floor 0 in how people count.
  for (let floor = top; floor >= bottom; floor--) if (floor !== 0) building.floors.push(floor);
  return building;
}

function layOut(entrance: Entrance, cells: Cell[]): void {
  const columns = cells.map((cell) => cell.column);
  const first = Math.min(...columns);
  const width = cells.length ? Math.max(...columns) - first + 1 : 0;
  const floors = [...new Set(cells.map((cell) => cell.floor))].sort((a, b) => b - a);
  entrance.rows = floors.map((floor) => {
    const row: (Cell | null)[] = Array.from({ length: width }, () => null);
    for (const cell of cells) if (cell.floor === floor) row[cell.column - first] = cell;
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
    grids: board.grids.map((grid) => ({ ...grid, left: signal(grid.left) })),
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
  model.counts.value = answer.counts;
  for (const { id, left } of answer.grids) {
    const grid = model.grids.find((known) => known.id === id);
    if (grid) grid.left.value = left;
  }
  const changed: Cell[] = [];
  for (const { id, state } of answer.cells) {
    const cell = model.cells.get(id);
    if (!cell || cell.state === state) continue;
    cell.state = state;
    cell.changes++;
    changed.push(cell);
  }
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
