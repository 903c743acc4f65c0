import { say, type Values, type VolunteerKey } from '../messages';

export { refusal, word } from '../messages';

export const t = (key: VolunteerKey, values?: Values): string => say(key, values);
