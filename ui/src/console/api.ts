import { signal } from '@preact/signals';
import type { Problem, Session } from '../shapes';
import { refusal } from '../messages';
import { uuid7 } from '../uuid7';

/** A refusal of the server, or `network` when nobody answered. The code is stable, the words are the page's. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly hint?: string,
  ) {
    super(code);
  }
  get words(): string {
    return refusal(this.code) + (this.hint ? ` ${this.hint}` : '');
  }
}

/** Undefined while the page does not know, null when nobody is signed in. */
export const session = signal<Session | null | undefined>(undefined);

/** The session sleeps: its PIN wakes it. */
export const locked = signal(false);

async function request<T>(method: string, path: string, init: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, { method, cache: 'no-store', credentials: 'same-origin', ...init });
  } catch {
    throw new ApiError(0, 'network');
  }
  const body = response.status === 204 ? {} : await response.json().catch(() => ({}));
  if (response.ok) return body as T;
  const problem = body as Partial<Problem>;
  if (response.status === 401) {
    locked.value = problem.code === 'session.pin';
    if (session.value) session.value = null;
  }
  throw new ApiError(response.status, problem.code ?? `http.${response.status}`, problem.hint);
}

export const get = <T>(path: string): Promise<T> => request<T>('GET', path, {});

/** A write under a key of the caller's, who keeps it until an answer has come. */
export const send = <T>(key: string, path: string, body: unknown): Promise<T> =>
  request<T>('POST', path, {
    headers: { 'Content-Type': 'application/json', 'X-Doorstep': '1', 'Idempotency-Key': key },
    body: JSON.stringify(body),
  });

/** Writes whose answer never came, by what they asked: nobody knows whether they happened. */
const unanswered = new Map<string, { key: string; until: number }>();
const rememberMs = 10 * 60_000;

/**
 * A write. Sent again after a lost answer, the same words to the same address carry the same key, so that they
 * count once however often somebody presses.
 */
export async function post<T>(path: string, body: unknown = {}): Promise<T> {
  const text = JSON.stringify(body);
  const before = unanswered.get(path + text);
  const key = before && before.until > Date.now() ? before.key : uuid7();
  unanswered.set(path + text, { key, until: Date.now() + rememberMs });
  try {
    const answer = await send<T>(key, path, body);
    unanswered.delete(path + text);
    return answer;
  } catch (error) {
    const { status } = error as ApiError;
    if (status >= 400 && status < 500 && status !== 408 && status !== 429) unanswered.delete(path + text);
    throw error;
  }
}

export const remove = <T>(path: string): Promise<T> =>
  request<T>('DELETE', path, { headers: { 'X-Doorstep': '1', 'Idempotency-Key': uuid7() } });

/** Sends a file as the raw body and reports how much has left; `fetch` cannot tell. */
export function upload<T>(path: string, file: File, progress: (share: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open('POST', `/api/v1${path}`);
    call.setRequestHeader('Content-Type', 'text/csv');
    call.setRequestHeader('X-Doorstep', '1');
    call.setRequestHeader('Idempotency-Key', uuid7());
    call.upload.onprogress = (event) => progress(event.total ? event.loaded / event.total : 0);
    call.onerror = () => reject(new ApiError(0, 'network'));
    call.onload = () => {
      const body = parse(call.responseText);
      if (call.status < 300) resolve(body as T);
      else reject(new ApiError(call.status, (body as Problem).code ?? `http.${call.status}`, (body as Problem).hint));
    };
    call.send(file);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
