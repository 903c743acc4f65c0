/** The policy of the pages takes no plain text for the address of a script where the browser knows better. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: () => string }): { createScriptURL(text: string): string };
}
const workerUrl = (path: string): string => {
  const trusted = (window as { trustedTypes?: TrustedTypes }).trustedTypes;
  return trusted ? trusted.createPolicy('worker', { createScriptURL: () => path }).createScriptURL(path) : path;
};

/**
 * Puts the page of `folder` ("/v/") where its service worker finds it without signal; the address it is kept under
 * holds no token. `scope` is the part of it that is served so.
 */
export async function keepPage(folder: string, cacheName: string, scope = folder): Promise<void> {
  if (!('serviceWorker' in navigator) || !('caches' in window)) return;
  await navigator.serviceWorker.register(workerUrl(`${folder}sw.js`), { scope });
  const cache = await caches.open(cacheName);
  const page = await fetch(folder, { credentials: 'omit' });
  if (page.ok) await cache.put(folder, page);
  const own = performance
    .getEntriesByType('resource')
    .map((entry) => new URL(entry.name))
    .filter((url) => url.origin === location.origin && url.pathname.startsWith('/assets/'))
    .map((url) => url.pathname);
  const known = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
  await cache.addAll([...new Set(own)].filter((path) => !known.has(path)));
  // Old parts of the page go once the new ones are here.
  for (const path of known) if (path !== folder && !own.includes(path)) await cache.delete(path);
}
