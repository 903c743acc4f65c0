import type catalogue from '../messages/zh-CN.json';

export type Lang = 'zh-CN' | 'zh-TW' | 'en';
/** Each language is offered by its own name, so that nobody has to read another one to find it. */
export const languageNames: Record<Lang, string> = { 'zh-CN': '简体', 'zh-TW': '繁體', en: 'English' };
export const languages = Object.keys(languageNames) as Lang[];

type Catalogue = typeof catalogue;
export type ResidentKey =
  | keyof Catalogue['common']
  | keyof Catalogue['resident']
  | keyof Catalogue['more']
  | keyof Catalogue['symptoms']
  | keyof Catalogue['ask']
  | keyof Catalogue['home_goods'];
export type ConsoleKey =
  | keyof Catalogue['common']
  | keyof Catalogue['console']
  | keyof Catalogue['desk']
  | keyof Catalogue['symptoms']
  | keyof Catalogue['goods']
  | keyof Catalogue['orders']
  | keyof Catalogue['shared'];
export type VolunteerKey = keyof Catalogue['common'] | keyof Catalogue['volunteer'] | keyof Catalogue['shared'];
export type LetterKey = keyof Catalogue['letter'];
export type Values = Record<string, string | number>;

/** Where the words of this page lie, either side of the language; filled in by the build. */
declare const WORDS_PREFIX: string;
declare const WORDS_SUFFIX: string;
/** The same for what is fetched after the page stands; empty where the page has no such words. */
declare const WORDS_LATE: string;

let words: Record<string, string> = {};
let lang: Lang = 'zh-CN';
/** Settled once the words that come after the page are here, or are known not to come. */
export let lateWords: Promise<void> = Promise.resolve();

export const language = (): Lang => lang;

/** The language asked for: the address wins, then the server's choice in <html lang>, then Chinese. */
export function askedLanguage(): Lang {
  const asked = new URLSearchParams(location.search).get('lang') ?? document.documentElement.lang;
  return languages.find((known) => known === asked) ?? 'zh-CN';
}

/** Loads the words of a page and keeps the choice for the next visit. Throws when they cannot be fetched. */
export async function loadWords(next: Lang): Promise<void> {
  const response = await fetch(WORDS_PREFIX + next + WORDS_SUFFIX);
  if (!response.ok) throw new Error(String(response.status));
  words = await response.json();
  lang = next;
  if (WORDS_LATE) lateWords = loadLate(next);
  document.documentElement.lang = next;
  document.cookie = `lang=${next}; path=/; max-age=31536000; SameSite=Lax`;
}

/** A page without these says the code of a refusal instead of the sentence. */
async function loadLate(next: Lang): Promise<void> {
  const response = await fetch(WORDS_LATE + next + WORDS_SUFFIX).catch(() => undefined);
  if (response?.ok && lang === next) Object.assign(words, await response.json());
}

/** Fills `{name}`, and `{n|household|households}` by whether n is one. */
export function say(key: string, values: Values = {}): string {
  return (words[key] ?? key).replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (_, name, one, many) =>
    one === undefined ? String(values[name] ?? '') : values[name] === 1 ? one : many,
  );
}

/** A word for a value of the server such as a role; an unknown value is shown as it comes. */
export const word = (prefix: string, value: string): string => words[`${prefix}_${value}`] || value;

/** A refusal in plain words; a code that this page does not know is shown as it is. */
export const refusal = (code: string): string =>
  words[code] ?? words[`${code.split('.')[0]}.*`] ?? say('unknown', { code });
