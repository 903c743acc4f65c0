import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogue, languages, root } from './dist.mjs';

const server = new URL('../src/', root);
const ours = ['care', 'api', 'access', 'net', 'store'];
/** Told to programs and operators, never to somebody in front of a page. */
const inside = /^(client|net|listen|demo|store|test|bench|note|doors|toy|none|alias|claim|x|seven)(\.|$)/;

const files = (folder) =>
  readdirSync(new URL(`${folder}/`, server), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(cpp|h)$/.test(entry.name))
    .filter((entry) => !/(_test|_bench|_fuzz|testing|test_house)\.(cpp|h)$/.test(entry.name))
    .map((entry) => `${entry.parentPath ?? entry.path}/${entry.name}`);

/** Every stable code that the sources name where a refusal is made. */
function codes() {
  const found = new Set();
  for (const path of ours.flatMap(files)) {
    const text = readFileSync(path, 'utf8');
    const made = [
      /\{\s*ErrorKind::\w+,\s*"([a-z_.]+)"/g,
      /transport_problem\(\d+,\s*"([a-z_.]+)"/g,
      /(?:some|clean_\w+|invalid|refuse)\([^;{}]*?"([a-z_]+\.[a-z_]+)"\)/g,
    ];
    // The reasons beside the rows of an import are codes too.
    if (/import_(cells|residents|dwellings|undo|file)|match_doors|resident_index/.test(path))
      made.push(/"(import\.[a-z_]+)"/g);
    for (const pattern of made) for (const match of text.matchAll(pattern)) found.add(match[1]);
  }
  return [...found].filter((code) => !inside.test(code)).sort();
}

test('every code that the server refuses with has a sentence in all three languages', () => {
  const named = codes();
  assert.ok(named.length > 90, `${named.length} codes were found in the sources`);
  for (const lang of languages) {
    const { refusals, errors, run_refusals, proof } = catalogue(lang);
    const words = { ...refusals, ...errors, ...run_refusals, ...proof };
    const silent = named.filter((code) => !words[code] && !words[`${code.split('.')[0]}.*`]);
    assert.deepEqual(silent, [], lang);
  }
});

test('no sentence is kept for a code that the server no longer knows', () => {
  // The check of a rule pack refuses below them all.
  const all = [...ours, 'base']
    .flatMap(files)
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
  const { refusals, errors, run_refusals, proof } = catalogue('zh-CN');
  const own = /^(network|unknown|page\.error|http\.\d+|.*\.\*)$/;
  const stale = Object.keys({ ...refusals, ...errors, ...run_refusals, ...proof }).filter((code) => !own.test(code) && !all.includes(`"${code}"`));
  assert.deepEqual(stale, []);
});

test('every kind of duty that is declared has a name in all three languages', () => {
  const kinds = new Set();
  for (const path of ours.flatMap(files))
    for (const line of readFileSync(path, 'utf8').split('\n').filter((one) => !one.trimStart().startsWith('//')))
      for (const match of line.matchAll(/\bKind \w+\{"([a-z_]+)"/g)) kinds.add(match[1]);
  assert.ok(kinds.size > 25, `${kinds.size} kinds were found in the sources`);
  for (const lang of languages) {
    const words = Object.assign({}, ...Object.values(catalogue(lang)));
    for (const kind of kinds) assert.ok(words[`duty_${kind}`], `${lang}: duty_${kind}`);
  }
  // The filter of the duties page offers each of them.
  const page = readFileSync(new URL('src/console/duties.tsx', root), 'utf8');
  assert.deepEqual(page.match(/^const kinds = '([a-z_ ]+)'/m)[1].split(' ').sort(), [...kinds].sort());
});

test('the lenses of the board ask for kinds of duty that are declared', () => {
  const text = ours.flatMap(files).map((path) => readFileSync(path, 'utf8')).join('\n');
  const lenses = readFileSync(new URL('src/console/board/lenses.tsx', root), 'utf8');
  const asked = [...lenses.matchAll(/^ {2}(?:needs|alerts|care): \[(.*)\],$/gm)].flatMap((one) => one[1].match(/[a-z_]+/g));
  assert.ok(asked.length > 12, `${asked.length} kinds are asked for`);
  for (const kind of asked) assert.match(text, new RegExp(`\\bKind \\w+\\{\\s*"${kind}"`), kind);
});
