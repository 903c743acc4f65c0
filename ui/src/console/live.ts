import { signal } from '@preact/signals';
import type { JournalEvent } from '../shapes';
import { readEvents, toJournal, type Frame } from './events';

type Note = { kind: 'journal'; event: JournalEvent } | { kind: 'reset' } | { kind: 'beat'; at: number };

/** When the server was last heard, in milliseconds; null before the first time. */
export const heardAt = signal<number | null>(null);
/** Since when this page wants the stream. */
export const wantedSince = signal<number | null>(null);
/** Heartbeats come every 15 s; after three missing ones what is on screen may be old. */
export const staleAfterMs = 45_000;

const listeners = new Set<(event: JournalEvent) => void>();
const resets = new Set<() => void>();
let seq = 0;
let running: AbortController | null = null;
let channel: BroadcastChannel | null = null;
let signedIn = false;

/** Hears every journal entry once, in order, from whichever tab holds the stream. Returns how to stop. */
export function onJournal(listener: (event: JournalEvent) => void, reset: () => void): () => void {
  listeners.add(listener);
  resets.add(reset);
  return () => {
    listeners.delete(listener);
    resets.delete(reset);
  };
}

/** A snapshot was taken at this seq: what is older is already in it. */
export const startFrom = (snapshot: number): void => {
  seq = Math.max(seq, snapshot);
};

function hear(note: Note): void {
  heardAt.value = Date.now();
  if (note.kind === 'journal' && note.event.seq > seq) {
    seq = note.event.seq;
    listeners.forEach((listener) => listener(note.event));
  }
  if (note.kind === 'reset') resets.forEach((reset) => reset());
}

function tell(note: Note): void {
  hear(note);
  channel?.postMessage(note);
}

function onFrame(frame: Frame): void {
  if (frame.event === 'reset') tell({ kind: 'reset' });
  if (frame.event === 'journal') tell({ kind: 'journal', event: toJournal(frame) });
}

const sleep = (ms: number, stop: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    const wake = () => {
      clearTimeout(timer);
      resolve();
    };
    stop.addEventListener('abort', wake, { once: true });
    window.addEventListener('online', wake, { once: true });
  });

/** Holds the stream until told to stop; never gives up, because a wall screen has nobody to press reload. */
async function hold(stop: AbortSignal): Promise<void> {
  for (let pause = 500; !stop.aborted; pause = Math.min(pause * 2, 15_000)) {
    const link = new AbortController();
    const end = () => link.abort();
    stop.addEventListener('abort', end, { once: true });
    let last = Date.now();
    const watch = setInterval(() => Date.now() - last > staleAfterMs && link.abort(), 5000);
    try {
      await readEvents('/api/v1/events', seq, link.signal, onFrame, () => {
        last = Date.now();
        pause = 500;
        tell({ kind: 'beat', at: last });
      });
    } catch {
      // The next turn tries again; the age of what is on screen is shown meanwhile.
    } finally {
      clearInterval(watch);
      stop.removeEventListener('abort', end);
    }
    if (!stop.aborted) await sleep(pause, stop);
  }
}

async function lead(stop: AbortSignal): Promise<void> {
  // One stream per browser: six tabs with six streams would block every other request on HTTP/1.1.
  if (!navigator.locks) return hold(stop);
  try {
    await navigator.locks.request('doorstep-events', { signal: stop }, () => hold(stop));
  } catch {
    // Hidden before the turn came: another tab leads.
  }
}

function update(): void {
  const wanted = signedIn && !document.hidden;
  if (wanted && !running) {
    running = new AbortController();
    void lead(running.signal);
  } else if (!wanted && running) {
    running.abort();
    running = null;
  }
}

/** Starts or ends the stream with the session; a hidden tab lets another one lead. */
export function setSignedIn(value: boolean): void {
  signedIn = value;
  wantedSince.value = value ? (wantedSince.value ?? Date.now()) : null;
  if (!channel && 'BroadcastChannel' in window) {
    channel = new BroadcastChannel('doorstep-events');
    channel.onmessage = (message) => hear(message.data as Note);
  }
  update();
}

document.addEventListener('visibilitychange', update);
