import { say, type ResidentKey, type Values } from '../messages';

export { word } from '../messages';

export type Key = ResidentKey;
export const t = (key: Key, values?: Values): string => say(key, values);
