import { render } from 'preact';
import { askedLanguage, language, loadWords } from '../messages';
import { flush, forget, loadRun, onChange, restore, set } from './model';
import { App } from './view';

const root = document.getElementById('app')!;
const cacheName = 'run-1';

/** The policy of the pages takes no plain text for the address of a script where the browser knows better. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: () => string }): { createScriptURL(text: string): string };
}
const workerUrl = (): string => {
  const path = '/v/sw.js';
  const trusted = (window as { trustedTypes?: TrustedTypes }).trustedTypes;
  return trusted ? trusted.createPolicy('worker', { createScriptURL: () => path }).createScriptURL(path) : path;
};

/** Puts the page itself where the service worker finds it; the address it is kept under holds no token. */
async function keepPage(): Promise<void> {
  if (!('serviceWorker' in navigator) || !('caches' in window)) return;
  await navigator.serviceWorker.register(workerUrl(), { scope: '/v/' });
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

/** On the stairs even what is kept may not come at the first time of asking; a blank page helps nobody. */
async function wordsAtLast(): Promise<void> {
  for (;;) {
    const come = await loadWords(askedLanguage()).then(
      () => true,
      () => false,
    );
    if (come) return;
    await new Promise((later) => setTimeout(later, 500));
  }
}

async function start(): Promise<void> {
  const kept = restore();
  await wordsAtLast();
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
