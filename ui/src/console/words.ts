import { say, type ConsoleKey, type Values } from '../messages';

export { word } from '../messages';

export type Key = ConsoleKey;
export const t = (key: Key, values?: Values): string => say(key, values);
