import { readdirSync, readFileSync } from 'node:fs';

export const root = new URL('../', import.meta.url);
const dist = new URL('dist/', root);

/** Every file of the built pages, by its path below dist. */
export function built() {
  const paths = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath ?? entry.path}/${entry.name}`);
  const at = (path) => path.slice(path.lastIndexOf('/dist/') + 6).replace(/^\//, '');
  return new Map(paths.map((path) => [at(path), readFileSync(path)]));
}

export const read = (path) => readFileSync(new URL(path, root), 'utf8');
export const catalogue = (lang) => JSON.parse(read(`messages/${lang}.json`));
export const languages = ['zh-CN', 'zh-TW', 'en'];

/** All source files of the pages below a folder. */
export function sources(folder, ends) {
  return readdirSync(new URL(folder, root), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ends.some((end) => entry.name.endsWith(end)))
    .map((entry) => `${entry.parentPath ?? entry.path}/${entry.name}`);
}
