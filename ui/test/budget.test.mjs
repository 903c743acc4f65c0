import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { parse } from 'acorn';
import { built, languages } from './dist.mjs';

const files = built();

/** What a browser fetches to show a page for the first time in one language, gzipped, in bytes. */
function firstLoad(page, lang) {
  const html = files.get(`${page}/index.html`).toString('utf8');
  const linked = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((match) =>
    match[1].replace('__LANG__', lang),
  );
  assert.ok(linked.length >= 3, `${page} names its script, style and words`);
  // What a script imports before it runs counts too; what it loads later does not.
  for (const name of linked) {
    const code = name.endsWith('.js') ? files.get(name).toString('utf8') : '';
    for (const [, found] of code.matchAll(/(?:from|import)\s*["']\.\/([^"']+)["']/g))
      if (!linked.includes(`assets/${found}`)) linked.push(`assets/${found}`);
  }
  return [`${page}/index.html`, ...linked].reduce((sum, name) => {
    assert.ok(files.has(name), `${name} was built`);
    return sum + gzipSync(files.get(name), { level: 9 }).length;
  }, 0);
}

for (const [page, limit] of [
  ['r', 15_000],
  ['c', 60_000],
  ['l', 15_000],
  ['v', 20_000],
]) {
  test(`first load of /${page}/ is at most ${limit} bytes gzipped in every language`, (context) => {
    for (const lang of languages) {
      const bytes = firstLoad(page, lang);
      context.diagnostic(`/${page}/ ${lang}: ${bytes} bytes`);
      assert.ok(bytes <= limit, `${lang}: ${bytes} bytes`);
    }
  });
}

test('every script parses as ES2019, so that old engines in chat apps do not go blank', () => {
  const scripts = [...files].filter(([name]) => name.endsWith('.js'));
  assert.ok(scripts.length >= 2);
  for (const [name, code] of scripts) {
    // Loading a part later is younger than ES2019, and older than the oldest engine (Chrome 63, Safari 11.1).
    const plain = code.toString('utf8').replace(/\bimport\(/g, 'later(').replace(/\bimport\.meta\b/g, 'meta');
    assert.doesNotThrow(() => parse(plain, { ecmaVersion: 2019, sourceType: 'module' }), name);
  }
});

test('the pages hold no inline script, style or handler and no address of another origin', () => {
  for (const [name, content] of files) {
    const text = content.toString('utf8');
    if (name.endsWith('.html')) {
      assert.doesNotMatch(text, /<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/, name);
    }
    const foreign = (text.match(/https?:\/\/[^\s"'`)]+/g) ?? []).filter((url) => !url.startsWith('http://www.w3.org/'));
    assert.deepEqual(foreign, [], name);
  }
});

test('the resident page says its first sentence and posts its answer without script', () => {
  const html = files.get('r/index.html').toString('utf8');
  assert.match(html, /<form method="post" action="__ACTION__">/);
  assert.match(html, /name="key" value="__KEY__"/);
  assert.match(html, /我很好/);
  assert.match(html, /href="tel:120"/);
});
