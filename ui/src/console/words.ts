import { say, type ConsoleKey, type Values } from '../messages';

export type Key = ConsoleKey;
export const t = (key: Key, values?: Values): string => say(key, values);
/** A word for a value that the server sends (a role, a state); unknown values are shown as they come. */
export const word = (prefix: string, value: string): string => {
  const text = say(`${prefix}_${value}`);
  return text === `${prefix}_${value}` ? value : text;
};
