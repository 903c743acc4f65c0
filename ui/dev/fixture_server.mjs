// Serves ui/dist and answers the HTTP contract from memory, to look at the pages without the real server. It keeps
// nothing and proves nothing; no part of it is built into the product.
// Usage: node dev/fixture_server.mjs [--port 8099] [--doors 10000] [--empty] [--setup]
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { consoleRoutes } from './fixture_console.mjs';
import { residentRoutes } from './fixture_resident.mjs';
import { makeCompound } from './fumin.mjs';

const { values: flags } = parseArgs({
  options: {
    port: { type: 'string', default: '8099' },
    doors: { type: 'string', default: '0' },
    empty: { type: 'boolean' },
    setup: { type: 'boolean' },
  },
});
const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const csp = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "require-trusted-types-for 'script'",
].join('; ');

const world = makeCompound(Number(flags.doors));
if (flags.empty) {
  world.buildings.length = 0;
  world.households.clear();
  world.dwellings.clear();
  world.places.splice(0, world.places.length, world.root);
  world.grids.length = 0;
}
world.setup = Boolean(flags.setup);
world.seq = 1000;
world.streams = new Set();
world.started = Date.now();
/** Says to every open stream that something happened. */
world.publish = (kind, subject, dwelling) => {
  const event = {
    seq: ++world.seq,
    kind,
    subject,
    dwelling: dwelling?.id ?? null,
    building: dwelling?.building.id ?? null,
    at: new Date().toISOString(),
  };
  for (const stream of world.streams)
    stream.write(`id: ${event.seq}\nevent: journal\ndata: ${JSON.stringify(event)}\n\n`);
};

const routes = [...residentRoutes(world), ...consoleRoutes(world)];

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};

function send(response, status, body, headers = {}) {
  response.writeHead(status, {
    'Content-Security-Policy': csp,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
    ...headers,
  });
  response.end(body);
}

function uuid7() {
  const time = Date.now().toString(16).padStart(12, '0');
  const noise = Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${noise.slice(1, 4)}-8${noise.slice(5, 8)}-${noise.slice(8)}`;
}

function page(name, request, url, response) {
  const cookie = /(?:^|; )lang=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1];
  const lang = ['zh-CN', 'zh-TW', 'en'].find((known) => known === (url.searchParams.get('lang') ?? cookie)) ?? 'zh-CN';
  const html = readFileSync(join(dist, name, 'index.html'), 'utf8')
    .replaceAll('__LANG__', lang)
    .replaceAll('__KEY_UNWELL__', uuid7())
    .replaceAll('__KEY__', uuid7())
    .replaceAll('__ACTION__', `${url.pathname}/check-in`);
  send(response, 200, html, { 'Content-Type': types['.html'] });
}

async function body(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

async function api(request, response, url) {
  const path = url.pathname.slice('/api/v1'.length);
  for (const [method, pattern, handle] of routes) {
    const match = method === request.method && pattern.exec(path);
    if (!match) continue;
    const text = await body(request);
    const input = request.headers['content-type']?.includes('json') && text ? JSON.parse(text) : text;
    const answer = await handle({ match, input, url, request, response });
    if (answer === undefined) return;
    const status = answer.problem ?? 200;
    const headers = { 'Content-Type': 'application/json', ...(answer.cookie ? { 'Set-Cookie': answer.cookie } : {}) };
    return send(
      response,
      status,
      JSON.stringify(
        answer.problem
          ? { type: 'about:blank', title: answer.code, status, code: answer.code, hint: answer.hint }
          : answer,
      ),
      headers,
    );
  }
  send(response, 404, JSON.stringify({ status: 404, code: 'not_found' }), { 'Content-Type': 'application/json' });
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost');
  try {
    if (url.pathname.startsWith('/api/v1/')) return await api(request, response, url);
    if (request.method === 'POST' && /^\/r\/\w+\/check-in$/.test(url.pathname)) {
      await body(request);
      return send(response, 200, '<!doctype html><meta charset="utf-8"><title>今天</title><p>社区收到了。', {
        'Content-Type': types['.html'],
      });
    }
    if (url.pathname.startsWith('/r/')) return page('r', request, url, response);
    if (url.pathname === '/' || url.pathname.startsWith('/c')) return page('c', request, url, response);
    const file = join(dist, normalize(url.pathname));
    if (!file.startsWith(dist) || !existsSync(file) || !statSync(file).isFile())
      return send(response, 404, 'not found');
    response.writeHead(200, {
      'Content-Type': types[extname(file)] ?? 'application/octet-stream',
      'Content-Security-Policy': csp,
    });
    createReadStream(file).pipe(response);
  } catch (error) {
    console.error(error);
    send(response, 500, JSON.stringify({ status: 500, code: 'http.500' }), { 'Content-Type': 'application/json' });
  }
});
server.listen(Number(flags.port), '127.0.0.1', () =>
  console.log(
    `http://127.0.0.1:${server.address().port}/c/  resident: /r/proved /r/unproved /r/overdue /r/after /r/revoked`,
  ),
);
