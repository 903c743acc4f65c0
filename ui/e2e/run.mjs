// Runs the browser tests against the server that DOORSTEP_URL names, or against the fixture server when it names
// none. E2E_JUNIT names a file for the results as JUnit XML. Other arguments are test files.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

async function startFixture() {
  const child = spawn(process.execPath, [`${here}../dev/fixture_server.mjs`, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise((resolve, reject) => {
    child.stdout.on('data', (data) => resolve(/http:\/\/[\d.:]+/.exec(String(data))?.[0]));
    child.on('exit', () => reject(new Error('the fixture server ended')));
  });
  return { child, url };
}

const fixture = process.env.DOORSTEP_URL ? null : await startFixture();
const url = process.env.DOORSTEP_URL ?? fixture.url;
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
  env: { ...process.env, DOORSTEP_URL: url },
});
run.on('exit', (code) => {
  fixture?.child.kill();
  process.exit(code ?? 1);
});
