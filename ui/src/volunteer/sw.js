// Serves the page of its folder where there is no signal. What it serves, the page itself has put into the cache; what
// it holds and its outbox are the page's own matter, so that phones without service workers lose nothing of them.
const shell = new URL('.', self.location.href).pathname;
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== location.origin) return;
  if (event.request.mode === 'navigate') {
    event.respondWith(fetch(event.request).catch(() => caches.match(shell, { ignoreVary: true }).then((page) => page || Response.error())));
  } else if (url.pathname.startsWith('/assets/')) {
    event.respondWith(caches.match(event.request, { ignoreVary: true }).then((kept) => kept || fetch(event.request)));
  }
});
