import { signal } from '@preact/signals';

export interface Route {
  /** Path below /c/, such as "board"; empty is Today. */
  page: string;
  rest: string;
  query: URLSearchParams;
}

function read(): Route {
  const [, , page = '', ...rest] = location.pathname.split('/');
  return { page, rest: rest.join('/'), query: new URLSearchParams(location.search) };
}

export const route = signal<Route>(read());

window.addEventListener('popstate', () => (route.value = read()));

export function go(url: string, replace = false): void {
  if (url === location.pathname + location.search) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', url);
  const before = route.value.page;
  route.value = read();
  if (before !== route.value.page) window.scrollTo(0, 0);
}

/** Changes some of the query and keeps the rest; null takes a name away. */
export function query(changes: Record<string, string | null>, replace = true): void {
  const next = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') next.delete(name);
    else next.set(name, value);
  }
  const text = next.toString();
  go(location.pathname + (text ? `?${text}` : ''), replace);
}

/** Plain links stay plain links: only an unmodified click on an own address is answered inside the page. */
document.addEventListener('click', (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return;
  const link = (event.target as Element).closest?.('a');
  if (!link || link.target || link.hasAttribute('download') || !link.getAttribute('href')?.startsWith('/c/')) return;
  event.preventDefault();
  go(link.getAttribute('href')!);
});
