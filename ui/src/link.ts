import type { Problem } from './shapes';

/** Asks the server as whoever holds the link; a refusal is thrown as a Problem, no connection as null. */
export const asker =
  (token: string) =>
  async <T>(path: string, init: RequestInit = {}): Promise<T> => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), 20_000);
    let response: Response;
    try {
      response = await fetch(`/api/v1${path}`, {
        ...init,
        cache: 'no-store',
        credentials: 'omit',
        signal: stop.signal,
        headers: { Authorization: `Link ${token}`, ...(init.headers as Record<string, string>) },
      });
    } catch {
      throw null;
    } finally {
      clearTimeout(timer);
    }
    const body = await response.json().catch(() => ({}));
    if (!response.ok) throw { ...(body as object), status: response.status } as Problem;
    return body as T;
  };
