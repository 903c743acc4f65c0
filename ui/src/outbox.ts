import type { CheckInRequest } from './shapes';

/** What a resident pressed and the community has not yet received, or would not take. */
export interface OutboxItem {
  /** Idempotency key: the same report sent twice counts once. */
  key: string;
  /** Which link pressed it: one phone may hold the links of several households. */
  token: string;
  body: CheckInRequest;
  /** Set when the server refused it: it is kept until the resident decides. */
  refused?: string;
}

const name = 'doorstep';
const store = 'outbox';

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: 'key' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function run<T>(mode: IDBTransactionMode, work: (objects: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(store, mode);
      const request = work(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** Some private windows have no database: then the item lives only as long as the page, and is sent at once. */
const quietly = <T>(promise: Promise<T>, otherwise: T): Promise<T> => promise.catch(() => otherwise);

export const outbox = {
  all: (token: string): Promise<OutboxItem[]> =>
    quietly(
      run<OutboxItem[]>('readonly', (objects) => objects.getAll()).then((items) =>
        items.filter((item) => item.token === token),
      ),
      [],
    ),
  put: (item: OutboxItem) =>
    quietly(
      run('readwrite', (objects) => objects.put(item)),
      undefined,
    ),
  remove: (key: string) =>
    quietly(
      run('readwrite', (objects) => objects.delete(key)),
      undefined,
    ),
};
