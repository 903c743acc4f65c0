// Runs the browser tests against the server that DOORSTEP_URL names, or against one that it starts from the program
// DOORSTEP_BINARY. E2E_JUNIT names a file for the results as JUnit XML. Other arguments are test files.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startServer } from './with_server.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const server = process.env.DOORSTEP_URL ? null : await startServer();
const named = process.argv.slice(2);
const files = named.length
  ? named
  : readdirSync(here)
      .filter((name) => name.endsWith('.test.mjs'))
      .map((name) => here + name);
const reporters = ['--test-reporter=spec', '--test-reporter-destination=stdout'];
if (process.env.E2E_JUNIT)
  reporters.push('--test-reporter=junit', `--test-reporter-destination=${process.env.E2E_JUNIT}`);
// One file after another: the tests share one community, and two browsers already fill a small machine.
const run = spawn(process.execPath, ['--test', '--test-concurrency=1', ...reporters, ...files], {
  stdio: 'inherit',
  env: {
    ...process.env,
    DOORSTEP_URL: process.env.DOORSTEP_URL ?? server.url,
    DOORSTEP_LINKS: (server?.links ?? []).filter((link) => link.includes('/r/')).join(' '),
  },
});
run.on('exit', async (code) => {
  await server?.stop();
  process.exit(code ?? 1);
});
