// A pretended import: it reads the first lines of the file and moves through the states by time.
import { newId } from './fumin.mjs';

const fields = {
  dwellings: [
    ['building', true],
    ['entrance', true],
    ['floor', true],
    ['door', true],
    ['grid', false],
    ['lift', false],
  ],
  residents: [
    ['building', true],
    ['entrance', true],
    ['door', true],
    ['name', true],
    ['phone', false],
    ['birth_date', false],
    ['sex', false],
  ],
};
const guesses = {
  楼栋: 'building',
  单元: 'entrance',
  楼层: 'floor',
  门牌: 'door',
  网格: 'grid',
  电梯: 'lift',
  姓名: 'name',
  电话: 'phone',
  building: 'building',
  entrance: 'entrance',
  floor: 'floor',
  door: 'door',
  name: 'name',
  phone: 'phone',
};

export function importRoutes() {
  const batches = new Map();
  const move = (batch, moving, end, ms) => {
    const started = Date.now();
    batch.state = moving;
    batch.step = () => {
      const share = Math.min(1, (Date.now() - started) / ms);
      batch.progress = { done: Math.round(share * batch.total), total: batch.total };
      if (share === 1) Object.assign(batch, { state: end, step: null });
    };
  };
  const show = ({ step: _, ...batch }) => batch;
  const find = (id) => batches.get(id);
  return [
    ['GET', /^\/imports$/, () => ({ rows: [...batches.values()].reverse().map(show), next: null })],
    [
      'POST',
      /^\/imports$/,
      ({ url, input }) => {
        const kind = url.searchParams.get('kind');
        const lines = String(input).trim().split(/\r?\n/);
        const names = lines[0].split(',');
        const batch = {
          id: newId(),
          kind,
          file_name: url.searchParams.get('file_name'),
          state: 'reading',
          created_at: new Date().toISOString(),
          columns: names.map((name, i) => ({
            name,
            sample: lines.slice(1, 4).map((line) => line.split(',')[i] ?? ''),
            field: guesses[name] ?? null,
          })),
          fields: fields[kind].map(([field, required]) => ({ field, required })),
          total: lines.length - 1,
          counts: { new: 0, changed: 0, same: 0, invalid: 0 },
          preview: null,
          progress: null,
          error: null,
        };
        batches.set(batch.id, batch);
        move(batch, 'reading', 'mapping', 600);
        return { id: batch.id };
      },
    ],
    [
      'GET',
      /^\/imports\/(\w+)$/,
      ({ match }) => {
        const batch = find(match[1]);
        if (!batch) return { problem: 404, code: 'not_found' };
        batch.step?.();
        return show(batch);
      },
    ],
    [
      'POST',
      /^\/imports\/(\w+)\/mapping$/,
      ({ match, input }) => {
        const batch = find(match[1]);
        batch.columns.forEach((column, i) => (column.field = input.columns[i]));
        const invalid = Math.min(2, batch.total - 1);
        batch.counts = { new: batch.total - invalid, changed: 0, same: 0, invalid };
        batch.preview =
          batch.kind === 'dwellings'
            ? { buildings: 20, entrances: 68, dwellings: 950, households: 950, persons: 0 }
            : { buildings: 0, entrances: 0, dwellings: 0, households: 950, persons: 1987 };
        batch.state = 'ready';
        return show(batch);
      },
    ],
    [
      'GET',
      /^\/imports\/(\w+)\/rows$/,
      ({ match }) => ({
        rows: Array.from({ length: find(match[1]).counts.invalid }, (_, i) => ({
          number: i + 3,
          state: 'invalid',
          reason: i ? 'import.floor' : 'import.duplicate_door',
          cells: find(match[1]).columns.map((column) => column.sample[0] ?? ''),
        })),
        next: null,
      }),
    ],
    [
      'POST',
      /^\/imports\/(\w+)\/(apply|undo|cancel)$/,
      ({ match }) => {
        const batch = find(match[1]);
        if (match[2] === 'apply') move(batch, 'applying', 'applied', 1500);
        else if (match[2] === 'undo') move(batch, 'undoing', 'undone', 1000);
        else batch.state = 'cancelled';
        return show(batch);
      },
    ],
  ];
}
