import { render } from 'preact';
import { askedLanguage, language, loadWords } from '../messages';
import { flush, forget, loadRun, onChange, restore, set } from './model';
import { App } from './view';

const root = document.getElementById('app')!;
const cacheName = 'run-1';

/** Puts the page itself where the service worker finds it; the address it is kept under holds no token. */
async function keepPage(): Promise<void> {
  if (!('serviceWorker' in navigator) || !('caches' in window)) return;
  await navigator.serviceWorker.register('/v/sw.js', { scope: '/v/' });
  const cache = await caches.open(cacheName);
  const page = await fetch('/v/', { credentials: 'omit' });
  if (page.ok) await cache.put('/v/', page);
  const own = performance
    .getEntriesByType('resource')
    .map((entry) => new URL(entry.name))
    .filter((url) => url.origin === location.origin && url.pathname.startsWith('/assets/'))
    .map((url) => url.pathname);
  const known = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
  await cache.addAll([...new Set(own)].filter((path) => !known.has(path)));
  // Old parts of the page go once the new ones are here.
  for (const path of known) if (path !== '/v/' && !own.includes(path)) await cache.delete(path);
}

async function start(): Promise<void> {
  const kept = restore();
  await loadWords(askedLanguage());
  await kept;
  onChange(() => render(<App key={language()} />, root));
  set({});
  await loadRun();
  void flush();
  void keepPage().catch(() => undefined);
}

const wake = () => {
  if (document.hidden) return;
  void forget();
  void loadRun();
  void flush();
};

void start();
window.addEventListener('online', wake);
window.addEventListener('offline', () => set({ online: false }));
document.addEventListener('visibilitychange', wake);
setInterval(() => {
  void forget();
  if (!document.hidden) void loadRun();
}, 60_000);
