import type { RunActionRequest } from './shapes';

/** Why goods did not get to a door, as somebody at the door says it: the same on the phone and keyed in from paper. */
export const doorReasons: NonNullable<RunActionRequest['reason']>[] = [
  'no_answer',
  'refused',
  'missing',
  'wrong_door',
  'damaged',
  'household_left',
  'in_hospital',
  'asked_later',
  'other',
];
