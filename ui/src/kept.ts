/** Does something with one store of a database and gives its answer; rejects where the phone keeps nothing. */
export type KeptIn<Name extends string> = <T>(
  name: Name,
  mode: IDBTransactionMode,
  work: (objects: IDBObjectStore) => IDBRequest<T>,
) => Promise<T>;

/** What a page keeps on its phone: a database of these stores, each with the member that its items are found by. */
export function keptIn<Name extends string>(database: string, stores: Record<Name, string>): KeptIn<Name> {
  let opened: Promise<IDBDatabase> | null = null;
  // What failed or was closed under the page is opened again by whoever comes next.
  const forget = () => void (opened = null);
  const open = (): Promise<IDBDatabase> => {
    opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(database, 1);
      request.onupgradeneeded = () => {
        for (const name in stores) request.result.createObjectStore(name, { keyPath: stores[name] });
      };
      request.onsuccess = () => {
        request.result.onclose = forget;
        resolve(request.result);
      };
      request.onerror = () => reject(request.error);
    });
    opened.catch(forget);
    return opened;
  };
  return async <T>(name: Name, mode: IDBTransactionMode, work: (objects: IDBObjectStore) => IDBRequest<T>): Promise<T> => {
    const transaction = (await open()).transaction(name, mode);
    return new Promise<T>((resolve, reject) => {
      const request = work(transaction.objectStore(name));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  };
}
