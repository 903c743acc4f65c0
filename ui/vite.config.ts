import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';

const languages = { 'zh-CN': 'cn', 'zh-TW': 'tw', en: 'en' };
type Words = Record<string, Record<string, string>>;

const catalogue = (lang: string): Words =>
  JSON.parse(readFileSync(new URL(`messages/${lang}.json`, import.meta.url), 'utf8'));

/** Which sections of the catalogue each page loads: nobody downloads words of a page they do not open. */
const sections: Record<string, string[]> = {
  r: ['common', 'resident', 'roles', 'refusals'],
  c: ['common', 'symptoms', 'console', 'roles'],
  v: ['common', 'volunteer', 'shared', 'refusals', 'run_refusals'],
  l: ['letter', 'proof'],
};

/** What a page fetches once it stands: the words of what is loaded after it, and of refusals. */
const late: Record<string, string[]> = {
  r: ['more', 'symptoms', 'home_goods', 'ask', 'services', 'errors_ask'],
  c: ['refusals', 'errors', 'desk', 'run_refusals', 'proof', 'goods', 'shared', 'services', 'orders'],
  v: [],
  l: [],
};

/** The refusals that somebody who asks can meet. */
const askRefusals = /^(need|limit|note|order|basket|payment)\.|^money\.amount$/;

const section = (lang: string, name: string): Record<string, string> =>
  name === 'errors_ask'
    ? Object.fromEntries(Object.entries(catalogue(lang)['errors']!).filter(([code]) => askRefusals.test(code)))
    : catalogue(lang)[name]!;

/** The words of one page in one language, sections merged: keys are unique across sections. */
const wordsOf = (page: string, lang: string, from = sections): string =>
  JSON.stringify(Object.assign({}, ...from[page]!.map((name) => section(lang, name))));

/** One hash for the three languages, so that the page's address holds with only the language filled in. */
const wordsHash = (page: string): string =>
  createHash('sha256')
    .update(
      Object.keys(languages)
        .map((lang) => wordsOf(page, lang) + wordsOf(page, lang, late))
        .join(),
    )
    .digest('hex')
    .slice(0, 8);

/**
 * Messages as files of their own. The server puts the language into `__LANG__` of the page, so the browser
 * fetches the right words beside the script; one language is loaded, not three.
 */
function messages(page: string): Plugin {
  return {
    name: 'messages',
    generateBundle() {
      for (const lang of Object.keys(languages)) {
        this.emitFile({
          type: 'asset',
          fileName: `assets/words-${page}-${lang}-${wordsHash(page)}.json`,
          source: wordsOf(page, lang),
        });
        if (!late[page]!.length) continue;
        this.emitFile({
          type: 'asset',
          fileName: `assets/late-${page}-${lang}-${wordsHash(page)}.json`,
          source: wordsOf(page, lang, late),
        });
      }
    },
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const hint = `<link rel="preload" as="fetch" crossorigin href="/assets/words-${page}-__LANG__-${wordsHash(page)}.json">`;
        return fillStatic(html).replace('</head>', `${hint}</head>`).replace(/>\s+</g, '><');
      },
    },
  };
}

/** The worker that serves a page without signal lies beside it, so that it reaches no other page. */
function serviceWorker(page: string): Plugin {
  return {
    name: 'service-worker',
    generateBundle() {
      const source = readFileSync(new URL('src/volunteer/sw.js', import.meta.url), 'utf8');
      this.emitFile({ type: 'asset', fileName: `${page}/sw.js`, source });
    },
  };
}

/**
 * What a part that is fetched late waits for: its stylesheet. The bundler's own helper is twenty times as long and
 * speaks a newer language than the oldest chat apps.
 */
function lateParts(page: string): Plugin {
  const plain = 'export const __vitePreload = (load) => load();';
  const styled = `export const __vitePreload = (load, parts) => Promise.all((parts || []).map((part) => part.endsWith('.css') &&
    !document.querySelector('link[href="/' + part + '"]') && new Promise((loaded, failed) => {
      const link = document.createElement('link');
      link.rel = 'stylesheet'; link.href = '/' + part; link.onload = loaded; link.onerror = failed;
      document.head.append(link);
    }))).then(load);`;
  return {
    name: 'late-parts',
    enforce: 'pre',
    load: (id) => (id.includes('vite/preload-helper') ? (page === 'r' ? plain : styled) : undefined),
  };
}

// The resident page says its first sentence before any script runs, so the words must already stand in the
// HTML. `%t:key%` becomes one span per language; the stylesheet shows the one that <html lang> names.
function fillStatic(html: string): string {
  return html.replace(/%t:(\w+)%/g, (_, key: string) =>
    Object.entries(languages)
      .map(([lang, css]) => {
        const text = catalogue(lang)['resident']?.[key];
        if (text === undefined) throw new Error(`no message "${key}" in ${lang}`);
        return `<span class="${css}">${text}</span>`;
      })
      .join(''),
  );
}

/**
 * Puts the value of a custom property that has only one (sizes, not colours) where it is read: fewer bytes. `all` is
 * every stylesheet of the page: what is fetched late reads what the first one says.
 */
function inlineConstants(css: string, all: string): string {
  const values = new Map<string, string[]>();
  for (const [, name, value] of all.matchAll(/(--[\w-]+):([^;{}]*)/g))
    values.set(name!, [...(values.get(name!) ?? []), value!.trim()]);
  return css.replace(/var\((--[\w-]+)\)/g, (read, name: string) =>
    values.get(name)?.length === 1 ? values.get(name)![0]! : read,
  );
}

/** Two custom properties that are alike in every theme are one on the wire. */
function mergeTwins(css: string, all: string): string {
  const values = new Map<string, string>();
  for (const [, name, value] of all.matchAll(/(--[\w-]+):([^;{}]*)/g))
    values.set(name!, `${values.get(name!) ?? ''}|${value!.trim()}`);
  const first = new Map<string, string>();
  for (const [name, all] of values) if (!first.has(all)) first.set(all, name);
  return css.replace(/var\((--[\w-]+)\)/g, (_, name: string) => `var(${first.get(values.get(name) ?? '') ?? name})`);
}

/** Drops rules for classes that a page never names: the shared part serves both pages. */
const dropUnused = (css: string, page: string): string =>
  css.replace(/(?<=[{}])\.([\w-]+)\{[^{}]*\}/g, (rule, name: string) => (page.includes(name) ? rule : ''));

/** Drops custom properties that a page's stylesheet never reads: the tokens serve all pages, a phone needs few. */
function pruneTokens(page: string): Plugin {
  return {
    name: 'prune-tokens',
    generateBundle(_, bundle) {
      const readByScript = Object.values(bundle)
        .map((file) => (file.type === 'chunk' ? file.code : ''))
        .join();
      const sheets = Object.values(bundle).filter((file) => file.type === 'asset' && file.fileName.endsWith('.css'));
      const textOf = (file: (typeof sheets)[number]): string => (file.type === 'asset' ? String(file.source) : '');
      const all = sheets.map(textOf).join('');
      const read = sheets.map((file) => mergeTwins(inlineConstants(textOf(file), all), all));
      for (const [at, file] of sheets.entries()) {
        if (file.type !== 'asset') continue;
        let css = read[at]!;
        const others = read.filter((_, other) => other !== at).join('');
        // The desk makes some names from a state or a number; the resident's page names each in full.
        if (page === 'r') css = dropUnused(css, readByScript);
        for (let before = ''; before !== css;) {
          before = css;
          css = css.replace(/(--[\w-]+):[^;{}]*(;|(?=}))/g, (declaration, name: string) =>
            css.includes(`var(${name})`) || others.includes(`var(${name})`) || readByScript.includes(name)
              ? declaration
              : '',
          );
        }
        // Where nothing moves, nothing has to be stilled.
        if (!/(transition|animation):(?!none)/.test(css))
          css = css.replace(/@media \(prefers-reduced-motion:reduce\)\{[^{}]*\{[^{}]*\}\}/, '');
        file.source = css.replace(/;}/g, '}').replace(/, "/g, ',"').replace(/", /g, '",');
      }
    },
  };
}

// Each page is built alone (`--mode r`, `--mode c`, ..): nobody opens two, and one file compresses better than two.
export default defineConfig(({ mode }) => ({
  root: import.meta.dirname,
  publicDir: false,
  plugins: [lateParts(mode), messages(mode), pruneTokens(mode), ...(mode === 'v' || mode === 'c' ? [serviceWorker(mode)] : [])],
  define: {
    WORDS_PREFIX: JSON.stringify(`/assets/words-${mode}-`),
    WORDS_SUFFIX: JSON.stringify(`-${wordsHash(mode)}.json`),
    WORDS_LATE: JSON.stringify(late[mode]!.length ? `/assets/late-${mode}-` : ''),
  },
  resolve: { alias: { 'preact/jsx-runtime': new URL('src/jsx-runtime.ts', import.meta.url).pathname } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist',
    emptyOutDir: mode === 'r',
    // Chat apps embed old engines; the default target would leave their users with a blank page.
    target: ['es2019', 'chrome79', 'safari13.1'],
    cssTarget: ['chrome79', 'safari13.1', 'ios13.4'],
    // The content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    // The resident's page has one script and one that comes later: nothing to load ahead.
    modulePreload: mode === 'r' ? false : { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: { input: { [mode]: `${mode}/index.html` } },
  },
}));
