import { signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';

const stored = (() => {
  try {
    return localStorage.getItem('single-keys') !== 'off';
  } catch {
    return true;
  }
})();

/** Single-letter keys can be switched off (they get in the way of speech input). */
export const singleKeys = signal(stored);

export function setSingleKeys(on: boolean): void {
  singleKeys.value = on;
  try {
    localStorage.setItem('single-keys', on ? 'on' : 'off');
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Listens for keys by their name ("f", "?", "ArrowUp", "Escape"). Keys of the browser are never taken. */
export function useKeys(handlers: Record<string, (event: KeyboardEvent) => void>): void {
  // Both the newest and the listener itself, from the moment the page is drawn: an effect runs after the paint, and on a
  // busy machine a key comes before it and would be lost.
  const latest = useRef(handlers);
  latest.current = handlers;
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
      const handler = latest.current[event.key];
      if (!handler || (event.key !== 'Escape' && isTyping(event.target))) return;
      if (event.key.length === 1 && !singleKeys.value) return;
      handler(event);
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
