import type { Problem, RunActionRequest, RunSheet, RunStop } from '../shapes';
import { asker } from '../link';
import { uuid7 } from '../uuid7';
import { shrink } from './photo';
import { all, drop, one, put, type KeptAction } from './store';

const receiptsKeptMs = 48 * 3_600_000;
const undoMs = 6000;

export interface Model {
  token: string;
  sheet: RunSheet | null;
  actions: KeptAction[];
  /** Nothing could be fetched and nothing is kept here. */
  failed: boolean;
  /** The server no longer knows this link: what waits has to be told to somebody. */
  ended: string;
  online: boolean;
  /** The door that is being looked at; the next one from the top where none was chosen. */
  chosen: string;
  view: 'run' | 'reasons' | 'code' | 'outbox';
  /** Of the last action, for six seconds. */
  undo: { key: string; door: string; kind: string; until: number } | null;
  /** The phone would not keep something: no room, or a private window. */
  unkept: boolean;
}

export const model: Model = {
  token: location.pathname.split('/').filter(Boolean).pop() ?? '',
  sheet: null,
  actions: [],
  failed: false,
  ended: '',
  online: navigator.onLine,
  chosen: '',
  view: 'run',
  undo: null,
  unkept: false,
};

let draw: () => void = () => undefined;
export const onChange = (callback: () => void): void => {
  draw = callback;
};

export function set(patch: Partial<Model>): void {
  Object.assign(model, patch);
  draw();
}

// ---------- what is known of a door ----------

export type StopState = 'open' | 'delivered' | 'held' | 'gone';

const taken = () => new Set(model.actions.map((action) => action.body.undoes).filter(Boolean));

/** The last thing said of a door on this phone that was not taken back; what was refused does not count. */
function said(stop: RunStop): KeptAction | undefined {
  const undone = taken();
  return model.actions
    .filter(
      (action) =>
        action.body.household === stop.household &&
        action.state !== 'refused' &&
        !undone.has(action.key) &&
        (action.body.kind === 'delivered' || action.body.kind === 'not_delivered'),
    )
    .pop();
}

/** What this phone did counts before what the server last said: it may not have heard of it yet. */
export function stateOf(stop: RunStop): StopState {
  const mine = said(stop);
  if (mine) return mine.body.kind === 'delivered' ? 'delivered' : 'held';
  const undone = taken();
  const mineOnce = model.actions.some((action) => undone.has(action.key) && action.body.household === stop.household);
  const states = stop.parcels.map((parcel) => parcel.state);
  if (mineOnce || states.some((state) => state === 'out' || !['delivered', 'held', 'returned', 'lost'].includes(state)))
    return 'open';
  if (states.every((state) => state === 'delivered')) return 'delivered';
  return states.some((state) => state === 'held') ? 'held' : 'gone';
}

export const pendingOf = (stop: RunStop): boolean => said(stop)?.state === 'waiting';
export const photoOf = (stop: RunStop): boolean =>
  model.actions.some((action) => action.to === 'photo' && action.body.household === stop.household);

/** From the top down, so that the stairs are climbed once. */
export const stopsFromTop = (): RunStop[] =>
  [...(model.sheet?.stops ?? [])].sort((a, b) => b.floor - a.floor || (a.door < b.door ? 1 : -1));

export const openStops = (): RunStop[] => stopsFromTop().filter((stop) => stateOf(stop) === 'open');
export const current = (): RunStop | undefined =>
  model.sheet?.stops.find((stop) => stop.household === model.chosen) ?? openStops()[0];
export const waiting = (): KeptAction[] => model.actions.filter((action) => action.state === 'waiting');
export const refused = (): KeptAction[] => model.actions.filter((action) => action.state === 'refused');
export const doorOf = (household?: string): string =>
  model.sheet?.stops.find((stop) => stop.household === household)?.door ?? '';

// ---------- the server ----------

const ask = asker(model.token);

export async function loadRun(): Promise<void> {
  try {
    const asked = Date.now();
    const sheet = await ask<RunSheet>('/run');
    // By how long it is still good, not by the hour: clocks of phones are wrong.
    const until = asked + (sheet.expires_at ? Date.parse(sheet.expires_at) - Date.parse(sheet.now) : receiptsKeptMs);
    set({ sheet, failed: false, ended: '', online: true });
    await put('runs', { token: model.token, sheet, until }).catch(() => set({ unkept: true }));
    await sendAgainWhatIsMissing(sheet, asked);
  } catch (thrown) {
    const problem = thrown as Problem | null;
    if (problem?.status === 401) set({ ended: problem.code ?? 'link.unknown' });
    else set(problem ? { failed: !model.sheet } : { failed: !model.sheet, online: false });
  }
}

/** A receipt that the server no longer has: it was restored from an older copy. The same key counts once. */
async function sendAgainWhatIsMissing(sheet: RunSheet, asked: number): Promise<void> {
  const known = new Set(sheet.receipts);
  for (const action of model.actions) {
    if (action.state !== 'sent' || action.to === 'photo') continue;
    // The run's picture names what was done at doors; who was seen there is known by the epoch alone.
    if (action.to === 'action' ? known.has(action.key) : action.epoch === sheet.epoch) continue;
    // What was answered while this picture was on its way is in the next one.
    if ((action.sentAt ?? 0) > asked - 5000) continue;
    await keep({ ...action, state: 'waiting' });
  }
}

async function keep(action: KeptAction): Promise<void> {
  const rest = model.actions.filter((other) => other.key !== action.key);
  set({ actions: [...rest, action].sort((a, b) => a.at - b.at) });
  await put('actions', action).catch(() => set({ unkept: true }));
}

let flushing = false;
let pause = 1000;
let timer = 0;

/** Sends what waits, oldest first: the order in which it was pressed is kept, and nothing is given up. */
export async function flush(): Promise<void> {
  if (flushing) return;
  flushing = true;
  clearTimeout(timer);
  const had = waiting().length;
  try {
    for (let action = waiting()[0]; action; action = waiting()[0]) await send(action);
    pause = 1000;
    if (had) void loadRun();
  } catch {
    set({ online: false });
    timer = window.setTimeout(flush, pause);
    pause = Math.min(pause * 2, 30_000);
  } finally {
    flushing = false;
  }
}

async function send(action: KeptAction): Promise<void> {
  try {
    await deliver(action);
    pause = 1000;
    set({ online: true });
    await keep({ ...action, state: 'sent', sentAt: Date.now(), epoch: model.sheet?.epoch ?? '' });
    if (action.to === 'photo') await drop('photos', action.key);
  } catch (thrown) {
    const problem = thrown as Problem | null;
    const status = problem?.status ?? 0;
    if (status < 400 || status >= 500 || status === 408 || status === 425 || status === 429) throw thrown;
    await keep({ ...action, state: 'refused', code: problem?.code ?? String(status) });
    if (status === 401) set({ ended: problem?.code ?? 'link.unknown' });
  }
}

async function deliver(action: KeptAction): Promise<unknown> {
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': action.key };
  if (action.to === 'photo') {
    const photo = await one('photos', action.key);
    if (!photo) return undefined;
    return ask(`/run/photos?household=${action.body.household}&key=${action.key}`, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'image/jpeg' },
      body: photo.picture,
    });
  }
  if (action.to === 'check-in') {
    const { household, at } = action.body;
    const body = JSON.stringify({ household, wellbeing: 'fine', channel: 'visit', visit_reason: 'service', occurred_at: at });
    return ask('/check-ins', { method: 'POST', headers, body });
  }
  return ask('/run/actions', { method: 'POST', headers, body: JSON.stringify(action.body) });
}

// ---------- what the volunteer does ----------

/** Written down first and sent second: from here on a closed page does not lose it. */
async function record(
  body: Omit<RunActionRequest, 'key' | 'at'>,
  to: KeptAction['to'] = 'action',
  key = uuid7(),
): Promise<string> {
  const at = Math.max(Date.now(), (model.actions[model.actions.length - 1]?.at ?? 0) + 1);
  const whole = { ...body, key, at: new Date(at).toISOString() } as RunActionRequest;
  await keep({ key, token: model.token, at, to, body: whole, state: 'waiting' });
  void flush();
  return key;
}

let undoTimer = 0;

async function say(body: Omit<RunActionRequest, 'key' | 'at'>, to: KeptAction['to'] = 'action'): Promise<void> {
  const key = await record(body, to);
  const undo = { key, door: doorOf(body.household), kind: to === 'check-in' ? 'seen' : body.kind, until: Date.now() + undoMs };
  const next = body.kind === 'delivered' || body.kind === 'not_delivered';
  set({ undo: to === 'check-in' ? null : undo, view: 'run', ...(next ? { chosen: '' } : {}) });
  clearInterval(undoTimer);
  undoTimer = window.setInterval(() => {
    if (model.undo && model.undo.until > Date.now()) return draw();
    clearInterval(undoTimer);
    set({ undo: null });
  }, 500);
}

export const take = () => record({ kind: 'take' });
export const delivered = (stop: RunStop, code?: string) =>
  say({ kind: 'delivered', household: stop.household, ...(code ? { code } : {}) });
export const notDelivered = (stop: RunStop, reason: NonNullable<RunActionRequest['reason']>) =>
  say({ kind: 'not_delivered', household: stop.household, reason });
export const alarm = (stop: RunStop, kind: 'old_bag' | 'wrong') => say({ kind, household: stop.household });
export const seen = (stop: RunStop) => say({ kind: 'take', household: stop.household }, 'check-in');

/** A bag that lay at this door and is another's: told to both. */
export const moved = (stop: RunStop, parcel: string) =>
  say({ kind: 'moved', household: stop.household, parcels: [parcel] });

export async function undo(): Promise<void> {
  if (!model.undo) return;
  const { key } = model.undo;
  const before = model.actions.find((action) => action.key === key);
  set({ undo: null });
  await record({ kind: 'undo', undoes: key });
  set({ chosen: before?.body.household ?? '' });
}

/** Before the camera takes the page's place: a phone short of memory may close it meanwhile. */
export const aimAt = (stop: RunStop): void => {
  try {
    sessionStorage.setItem('photo-for', stop.household);
  } catch {
    // The door is then the one that is shown.
  }
};

export async function photograph(file: Blob): Promise<void> {
  let household = current()?.household ?? '';
  try {
    household = sessionStorage.getItem('photo-for') ?? household;
  } catch {
    // As above.
  }
  const key = uuid7();
  try {
    await put('photos', { key, token: model.token, picture: await shrink(file) });
    await record({ kind: 'take', household }, 'photo', key);
  } catch {
    set({ unkept: true });
  }
}

export async function dismiss(action: KeptAction): Promise<void> {
  set({ actions: model.actions.filter((other) => other.key !== action.key) });
  await drop('actions', action.key);
}

// ---------- opening and forgetting ----------

/** Doors and notes go at the end of the shift and 12 hours; receipts, which are ids alone, after 48 hours. */
export async function forget(now = Date.now()): Promise<void> {
  for (const run of await all('runs')) {
    if (run.until > now) continue;
    await drop('runs', run.token);
    if (run.token === model.token) set({ sheet: null, ended: 'link.expired' });
  }
  for (const action of await all('actions')) {
    if (action.state === 'sent' && (action.sentAt ?? 0) < now - receiptsKeptMs) await drop('actions', action.key);
  }
}

export async function restore(): Promise<void> {
  await forget();
  const kept = await one('runs', model.token);
  const actions = (await all('actions')).filter((action) => action.token === model.token);
  set({ sheet: kept?.sheet ?? null, actions: actions.sort((a, b) => a.at - b.at) });
}
