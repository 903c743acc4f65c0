// Runs the browser tests against the server that DOORSTEP_URL names, or against one that it starts from the program
// DOORSTEP_BINARY. E2E_JUNIT names a file for the results as JUnit XML. Other arguments are test files.
//
// A file in which something failed is run once more, in a community of its own: what passes there is unsteady, which the
// report of the tests says with its reason (tools/results.py), and does not fail the run. E2E_ONCE=1: no second time.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer } from './with_server.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const named = process.argv.slice(2);
const files = named.length
  ? named
  : readdirSync(here)
      .filter((name) => name.endsWith('.test.mjs'))
      .map((name) => here + name);
const notes = mkdtempSync(join(tmpdir(), 'doorstep-e2e-notes-'));
process.on('exit', () => rmSync(notes, { recursive: true, force: true }));

/** Runs these files one after another: they share one community, and two browsers already fill a small machine. */
async function run(these, junit) {
  const server = process.env.DOORSTEP_URL ? null : await startServer();
  const failed = join(notes, 'failed');
  const reporters = [];
  for (const [reporter, destination] of [['spec', 'stdout'], [`${here}failed_files.mjs`, failed], ...(junit ? [['junit', junit]] : [])]) {
    reporters.push(`--test-reporter=${reporter}`, `--test-reporter-destination=${destination}`);
  }
  const child = spawn(process.execPath, ['--test', '--test-concurrency=1', ...reporters, ...these], {
    stdio: 'inherit',
    env: {
      ...process.env,
      DOORSTEP_URL: process.env.DOORSTEP_URL ?? server.url,
      DOORSTEP_LINKS: (server?.links ?? []).filter((link) => link.includes('/r/')).join(' '),
    },
  });
  const code = await new Promise((resolve) => child.on('exit', resolve));
  await server?.stop();
  const again = [...new Set(readFileSync(failed, 'utf8').split('\n').filter(Boolean))];
  return { passed: code === 0, again };
}

const junit = process.env.E2E_JUNIT;
const junitAgain = junit?.replace(/\.xml$/, '-again.xml');
if (junitAgain) rmSync(junitAgain, { force: true });
let { passed, again } = await run(files, junit);
if (!passed && again.length && !process.env.DOORSTEP_URL && !process.env.E2E_ONCE) {
  console.log(`once more, in a community of their own: ${again.map((file) => file.replace(here, '')).join(' ')}`);
  ({ passed } = await run(again, junitAgain));
}
process.exit(passed ? 0 : 1);
