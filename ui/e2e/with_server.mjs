// Starts the program that DOORSTEP_BINARY names, on a folder of its own and a free port, and ends it whatever happens.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const children = new Set();
const folders = new Set();

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function endAll() {
  for (const child of children) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  children.clear();
  folders.clear();
}
process.on('exit', endAll);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));

/**
 * A server of its own. `demo: false` is a fresh installation that nobody has set up; `clock` is what it takes the time to be;
 * `more`: other flags; `https`: they turn TLS on; `from`: the folder and address of one that ended before, to go on with.
 * Answers its address, the lines it printed (links to residents, or to set it up), its folder and how to end it; with
 * `stop({ keep: true })` the folder stays.
 */
export async function startServer({ demo = true, clock = '', from, more = [], https = false } = {}) {
  const binary = process.env.DOORSTEP_BINARY;
  if (!binary) throw new Error('DOORSTEP_BINARY names no program');
  const data = from?.data ?? mkdtempSync(join(tmpdir(), 'doorstep-e2e-'));
  folders.add(data);
  const url = from?.url ?? `${https ? 'https' : 'http'}://127.0.0.1:${await freePort()}`;
  const pages = process.env.DOORSTEP_WEB_ROOT ? ['--web-root', process.env.DOORSTEP_WEB_ROOT] : [];
  const child = spawn(
    binary,
    ['serve', ...(demo ? ['--demo'] : []), '--data', data, '--listen', new URL(url).host, ...(clock ? ['--clock', clock] : []), ...more, ...pages],
    // A demo in which nothing has happened yet, unless `more` names another: each test makes what it looks at.
    { stdio: ['ignore', 'pipe', 'pipe'], env: { DOORSTEP_PRESET: 'fumin-bare', ...process.env } },
  );
  children.add(child);
  let said = '';
  child.stdout.on('data', (text) => (said += text));
  child.stderr.on('data', (text) => (said += text));
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const until = Date.now() + 120_000;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server ended:\n${said}`);
    if (Date.now() > until) throw new Error(`the server is not ready after two minutes:\n${said}`);
    // A certificate of its own is trusted by nobody who asks from here.
    const ready = https || (await fetch(`${url}/readyz`).catch(() => null))?.ok;
    // What it prints and what it logs come through two pipes: either may be read first.
    if (ready && /\bready on\b/.test(said) && /^Console: .*\n/m.test(said)) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const stop = async ({ keep = false } = {}) => {
    child.kill('SIGKILL');
    await ended;
    children.delete(child);
    if (keep) return;
    rmSync(data, { recursive: true, force: true });
    folders.delete(data);
  };
  const links = [...said.matchAll(/(https?:\/\/\S+)/g)].map((match) => match[1]);
  return { url, said, links, data, stop };
}
