import { keptIn } from '../kept';
import type { RunActionRequest, RunSheet } from '../shapes';

/** A run as it was last fetched. Everything personal on this phone is in here and in pictures. */
export interface KeptRun {
  token: string;
  sheet: RunSheet;
  /** When names of doors and notes are gone from this phone. */
  until: number;
}

/**
 * What was pressed. It holds ids, codes and times alone, and is kept for 48 hours after its receipt: should the
 * server come back from an older copy, it is sent again.
 */
export interface KeptAction {
  key: string;
  token: string;
  /** Milliseconds since 1970: in this order it is sent. */
  at: number;
  to: 'action' | 'check-in' | 'photo';
  body: RunActionRequest;
  state: 'waiting' | 'sent' | 'refused';
  code?: string;
  sentAt?: number;
  /** Of the store that gave the receipt. */
  epoch?: string;
}

/** A picture waits here until its receipt. */
export interface KeptPhoto {
  key: string;
  token: string;
  picture: Blob;
}

type Stores = { runs: KeptRun; actions: KeptAction; photos: KeptPhoto };

const run = keptIn<keyof Stores>('doorstep-run', { runs: 'token', actions: 'key', photos: 'key' });

/** Rejects where the phone keeps nothing (a private window, no room): the page says so and does not pretend. */
export const put = <K extends keyof Stores>(name: K, item: Stores[K]): Promise<unknown> =>
  run(name, 'readwrite', (objects) => objects.put(item));

export const drop = (name: keyof Stores, key: string): Promise<unknown> =>
  run(name, 'readwrite', (objects) => objects.delete(key)).catch(() => undefined);

export const one = <K extends keyof Stores>(name: K, key: string): Promise<Stores[K] | undefined> =>
  run<Stores[K] | undefined>(name, 'readonly', (objects) => objects.get(key)).catch(() => undefined);

export const all = <K extends keyof Stores>(name: K): Promise<Stores[K][]> =>
  run<Stores[K][]>(name, 'readonly', (objects) => objects.getAll()).catch(() => []);
