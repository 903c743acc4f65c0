import { keptIn } from './kept';
import type { CheckInRequest } from './shapes';

/** What a resident pressed and the community has not yet received, would not take, or has a receipt for. */
export interface OutboxItem {
  /** Idempotency key: the same report sent twice counts once. */
  key: string;
  /** Which link pressed it: one phone may hold the links of several households. */
  token: string;
  body: CheckInRequest;
  /** When it was received (ms) and the store's epoch then: a store that came back from an older copy is sent it again. */
  sent?: number;
  epoch?: string;
  /** Set when the server refused it: it is kept until the resident decides. */
  refused?: string;
}

const run = keptIn('doorstep', { outbox: 'key' });

/** Some private windows have no database: then the item lives only as long as the page, and is sent at once. */
const quietly = <T>(promise: Promise<T>, otherwise: T): Promise<T> => promise.catch(() => otherwise);

export const outbox = {
  all: (token: string): Promise<OutboxItem[]> =>
    quietly(
      run<OutboxItem[]>('outbox', 'readonly', (objects) => objects.getAll()).then((items) =>
        items.filter((item) => item.token === token),
      ),
      [],
    ),
  put: (item: OutboxItem) =>
    quietly(
      run('outbox', 'readwrite', (objects) => objects.put(item)),
      undefined,
    ),
  remove: (key: string) =>
    quietly(
      run('outbox', 'readwrite', (objects) => objects.delete(key)),
      undefined,
    ),
};
