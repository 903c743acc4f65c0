import type { JournalEvent } from '../shapes';

export interface Frame {
  id: string;
  event: string;
  data: string;
}

/**
 * Reads server-sent events by `fetch`, and not by EventSource, because the page must start at a known `seq`, must
 * notice missing heartbeats, and must retry for ever at its own pace. Resolves when the server ends the stream.
 */
export async function readEvents(
  url: string,
  lastId: number,
  stop: AbortSignal,
  onFrame: (frame: Frame) => void,
  onByte: () => void,
): Promise<void> {
  const response = await fetch(url, {
    headers: { Accept: 'text/event-stream', ...(lastId ? { 'Last-Event-ID': String(lastId) } : {}) },
    cache: 'no-store',
    credentials: 'same-origin',
    signal: stop,
  });
  if (!response.ok || !response.body) throw new Error(String(response.status));
  onByte();
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    onByte();
    rest += decoder.decode(value, { stream: true });
    const blocks = rest.split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? '';
    blocks.map(parseFrame).forEach((frame) => frame && onFrame(frame));
  }
}

/** One block of the stream; a block of comments only (the heartbeat) is null. */
export function parseFrame(block: string): Frame | null {
  const frame: Frame = { id: '', event: 'message', data: '' };
  let filled = false;
  for (const line of block.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).replace(/^ /, '');
    filled = true;
    if (name === 'id') frame.id = value;
    if (name === 'event') frame.event = value;
    if (name === 'data') frame.data += (frame.data && '\n') + value;
  }
  return filled ? frame : null;
}

export const toJournal = (frame: Frame): JournalEvent => JSON.parse(frame.data) as JournalEvent;
