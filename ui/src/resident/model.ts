import type { CheckInReceipt, CheckInRequest, Home, Problem, Symptom } from '../shapes';
import { asker } from '../link';
import { outbox, type OutboxItem } from '../outbox';
import { clock, hourOf } from '../time';
import { uuid7 } from '../uuid7';

export interface HealthDraft {
  degrees: number | null;
  tenths: number | null;
  noThermometer: boolean;
  symptoms: Symptom[];
  /** Key of the report that was sent last, to show its receipt in the same place. */
  sentKey: string | null;
  receivedAt: string | null;
}

export const emptyHealth = (): HealthDraft => ({
  degrees: null,
  tenths: null,
  noThermometer: false,
  symptoms: [],
  sentKey: null,
  receivedAt: null,
});

type Because = NonNullable<Home['unwell']>['because'];

export interface Model {
  token: string;
  home: Home | null;
  homeFailed: boolean;
  revoked: boolean;
  items: OutboxItem[];
  /** False once a try has failed: then the page says "waiting for signal" and not "sending". */
  trying: boolean;
  view: 'home' | 'unwell';
  /** The resident took back "done" and sees the buttons again. */
  changing: boolean;
  person: string | null;
  callBack: boolean;
  health: HealthDraft;
  /** When the present "unwell" left this page, for the minute after which nobody has seen it. */
  unwellAt: number | null;
  size: number;
  /** What is loaded once the page stands. */
}

export const model: Model = {
  token: location.pathname.split('/').filter(Boolean).pop() ?? '',
  home: null,
  homeFailed: false,
  revoked: false,
  items: [],
  trying: true,
  view: location.hash === '#unwell' ? 'unwell' : 'home',
  changing: false,
  person: null,
  callBack: false,
  health: emptyHealth(),
  unwellAt: null,
  size: 1,
};

const now = (): string => new Date().toISOString();

/** Clock time of an instant as the community reads it. */
export const at = (instant: string): string => clock(instant, model.home?.zone);
export const hourNow = (): number =>
  model.home ? hourOf(model.home.now, model.home.zone) : new Date().getHours();
export const emergencyNumber = (): string => model.home?.emergency_phone || '120';

let draw: () => void = () => undefined;
export const onChange = (callback: () => void): void => {
  draw = callback;
};

export function set(patch: Partial<Model>): void {
  Object.assign(model, patch);
  draw();
}

export const ask = asker(model.token);

export async function loadHome(): Promise<void> {
  try {
    const home = await ask<Home>('/home');
    set({ home, homeFailed: false, revoked: false });
    void sendToRestored(home.epoch);
  } catch (problem) {
    const status = (problem as Problem | null)?.status ?? 0;
    set(status === 401 || status === 404 || status === 410 ? { revoked: true } : { homeFailed: true });
  }
}

/** Receipts are kept for 48 hours: a store that was restored from an older copy has another epoch. The same key counts once. */
async function sendToRestored(epoch: string): Promise<void> {
  for (const { sent, ...item } of await outbox.all(model.token)) {
    if (!sent) continue;
    if (Date.now() - sent > 48 * 3_600_000) await outbox.remove(item.key);
    else if (item.epoch !== epoch && !model.items.some((other) => other.key === item.key)) {
      set({ items: [...model.items, item] });
      await outbox.put(item);
      void flush();
    }
  }
}

export const waiting = (): OutboxItem[] => model.items.filter((item) => !item.refused);
export const refused = (): OutboxItem[] => model.items.filter((item) => item.refused);

let flushing = false;
let pause = 1000;
let timer = 0;

/** Sends what waits, oldest first, and tries for ever: the order in which it was pressed is kept. */
export async function flush(): Promise<void> {
  if (flushing) return;
  flushing = true;
  clearTimeout(timer);
  try {
    for (let item = waiting()[0]; item; item = waiting()[0]) await send(item);
    pause = 1000;
  } catch {
    set({ trying: false });
    timer = window.setTimeout(flush, pause);
    pause = Math.min(pause * 2, 30_000);
  } finally {
    flushing = false;
  }
}

async function send(item: OutboxItem): Promise<void> {
  try {
    // The time of this try: the server learns how long the report waited here.
    const receipt = await ask<CheckInReceipt>(`/check-ins?sent_at=${now()}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': item.key },
      body: JSON.stringify(item.body),
    });
    accept(item, receipt);
    await outbox.put({ ...item, sent: Date.now(), epoch: model.home?.epoch ?? '' });
    void loadHome();
  } catch (thrown) {
    const problem = thrown as Problem | null;
    const status = problem?.status ?? 0;
    // Not now (no answer, a timeout, too fast, or the server's own trouble) is tried again; only a real no ends it.
    if (status < 400 || status >= 500 || status === 408 || status === 425 || status === 429) throw thrown;
    const marked = { ...item, refused: problem?.code ?? String(status) };
    set({
      items: model.items.map((other) => (other.key === item.key ? marked : other)),
      ...(status === 401 ? { revoked: true } : {}),
    });
    await outbox.put(marked);
  }
}

function accept(item: OutboxItem, receipt: CheckInReceipt): void {
  const { home, health } = model;
  const at = receipt.received_at;
  // Whoever said "unwell" stays an alarm for the desk until somebody took it up, whatever is said after it.
  const because: Because = item.body.wellbeing === 'fine' ? 'temperature' : 'unwell';
  const open = receipt.call_back ? { ...item.body, at, because } : home && home.unwell;
  set({
    items: model.items.filter((other) => other.key !== item.key),
    callBack: receipt.call_back,
    health: health.sentKey === item.key ? { ...health, receivedAt: at } : health,
    home: home && {
      ...home,
      ...(home.state === 'none' ? {} : { state: open && !open.seen_at ? 'alarm' : 'safe', reported_at: at }),
      ...(open ? { unwell: open } : {}),
    },
  });
}

/** Writes the report down first and sends it second: from here on it cannot be lost by a closed page. */
export async function report(body: CheckInRequest): Promise<string> {
  const item: OutboxItem = {
    key: uuid7(),
    token: model.token,
    body: { occurred_at: now(), ...(model.person ? { person: model.person } : {}), ...body },
  };
  set({ items: [...model.items, item], trying: navigator.onLine, changing: false });
  await outbox.put(item);
  void flush();
  return item.key;
}

export async function sendAgain(item: OutboxItem): Promise<void> {
  // A new key and the old time: the server may keep the refusal under the old key.
  await report(item.body);
  await drop(item);
}

export async function drop(item: OutboxItem): Promise<void> {
  set({ items: model.items.filter((other) => other.key !== item.key) });
  await outbox.remove(item.key);
}

export function feelUnwell(): void {
  set({ view: 'unwell', unwellAt: Date.now(), changing: false });
  void report({ wellbeing: 'unwell' });
}

export function sayFine(): void {
  set({ view: 'home', unwellAt: null });
  void report({ wellbeing: 'fine' });
}
