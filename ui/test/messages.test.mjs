import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { catalogue, languages, root, sources } from './dist.mjs';

const source = catalogue('zh-CN');

test('every message stands in all three languages with the same blanks', () => {
  const blanks = (text) => [...new Set(text.match(/\{\w+/g) ?? [])].sort();
  for (const lang of languages) {
    const words = catalogue(lang);
    assert.deepEqual(Object.keys(words), Object.keys(source), lang);
    for (const [section, texts] of Object.entries(source)) {
      assert.deepEqual(Object.keys(words[section]), Object.keys(texts), `${lang} ${section}`);
      for (const [key, text] of Object.entries(texts)) {
        const told = words[section][key];
        assert.ok(told.trim(), `${lang} ${section}.${key} is empty`);
        // A plural needs its number even where Chinese does not repeat it.
        const own = blanks(told).filter((blank) => blank !== '{n');
        assert.deepEqual(
          own,
          blanks(text).filter((blank) => blank !== '{n'),
          `${lang} ${section}.${key}`,
        );
        // "{n|household|households}" is the word alone: where Chinese says the number, others do too.
        for (const [said] of text.matchAll(/\{\w+\}/g)) assert.ok(told.includes(said), `${lang} ${section}.${key} lacks ${said}`);
      }
    }
  }
});

test('no key stands in two sections, as the pages merge them', () => {
  const seen = new Map();
  for (const [section, texts] of Object.entries(source)) {
    for (const key of Object.keys(texts)) {
      const rival = seen.get(key);
      const apart = (a, b) =>
        (a === 'resident' && (b === 'console' || b === 'errors')) ||
        (b === 'resident' && (a === 'console' || a === 'errors'));
      assert.ok(!rival || apart(rival, section), `${key} in ${rival} and ${section}`);
      seen.set(key, section);
    }
  }
});

test('zh-TW is generated from zh-CN', () => {
  execFileSync(process.execPath, [fileURLToPath(new URL('tools/zh_tw.mjs', root)), '--check']);
});

test('English holds no Chinese, and no message shouts or pleads', () => {
  for (const texts of Object.values(catalogue('en')))
    for (const text of Object.values(texts)) assert.doesNotMatch(text, /[\u3400-\u9fff]/);
  for (const lang of languages)
    for (const texts of Object.values(catalogue(lang)))
      for (const text of Object.values(texts)) assert.doesNotMatch(text, /[!！]/, text);
});

test('components speak through the catalogue only', () => {
  for (const path of sources('src/', ['.tsx'])) {
    const code = readFileSync(path, 'utf8')
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/^\s*\/\/.*$/gm, '');
    assert.doesNotMatch(code, /[\u3400-\u9fff]/, `Chinese in ${path}`);
    // Text between tags: letters in a row that no braces surround. Units and file formats are no language.
    const loose = [...code.matchAll(/>\s*([A-Za-z][A-Za-z ,.]{3,})\s*<\//g)]
      .map((match) => match[1].trim())
      .filter((text) => text !== 'XLSX');
    assert.deepEqual(loose, [], path);
  }
});

test('every key that the code asks for exists, and every key is asked for', () => {
  const known = new Set(Object.values(source).flatMap((texts) => Object.keys(texts)));
  const code = [...sources('src/', ['.ts', '.tsx']), fileURLToPath(new URL('r/index.html', root))]
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
  const unused = ['common', 'resident', 'console'].flatMap((section) =>
    Object.keys(source[section]).filter((key) => {
      if (code.includes(`'${key}'`) || code.includes(`%t:${key}%`)) return false;
      // A key made of a prefix and a value, such as state_safe.
      return !key
        .split('_')
        .some((_, i, parts) => i > 0 && new RegExp(`['\`]${parts.slice(0, i).join('_')}(_\\$\\{|')`).test(code));
    }),
  );
  assert.deepEqual(unused, []);
  assert.ok(known.size > 300);
});
