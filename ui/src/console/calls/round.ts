import type { CallRound, CallRow, CheckInRequest, DwellingDetail } from '../../shapes';
import { get, post } from '../api';

export type Channel = 'phone' | 'video' | 'visit';
export const channels: Channel[] = ['phone', 'video', 'visit'];
export type Wellbeing = CheckInRequest['wellbeing'];

/** What is filled in beside the result; it starts empty for each household: no value is preset. */
export interface Draft {
  person: string;
  readings: [string, string];
  noThermometer: boolean;
  needs: string;
  /** For how many days there is food; empty where it was not asked. */
  food: string;
  visitReason: string;
}
export const emptyDraft = (): Draft => ({
  person: '',
  readings: ['', ''],
  noThermometer: false,
  needs: '',
  food: '',
  visitReason: '',
});

/** A reading as people write it: 36.7, 36,7, ３６．７ or 367. Null where it is no number; the server judges the range. */
export function reading(text: string): number | null {
  const plain = text.normalize('NFKC').trim().replace(/[,。．]/g, '.').replace(/℃|°c/i, '');
  if (!/^\d{2,3}(\.\d)?$/.test(plain)) return null;
  const value = Number(plain);
  return /^\d{3}$/.test(plain) ? value / 10 : value;
}

export const loadRound = (mine: boolean, after: string): Promise<CallRound> => {
  const query = new URLSearchParams({ mine: String(mine), ...(after ? { after } : {}) });
  return get<CallRound>(`/call-round?${query}`);
};

/** What was taken down in this page: a call that is sent again after a lost answer asks for nothing twice. */
const told = new Set<string>();

/** What they need is a need like any other, with an owner and a time; the contact keeps the words as well. */
async function tellNeeds(household: string, text: string, channel: Channel): Promise<void> {
  const one = `${household} ${text}`;
  if (!text || told.has(one)) return;
  await post('/needs', { household, text, channel: channel === 'visit' ? 'visit' : 'phone' });
  told.add(one);
}

/** Two readings are two reports: both are kept, the second is the one that counts. */
export async function record(row: CallRow, draft: Draft, channel: Channel, wellbeing: Wellbeing, seconds: number): Promise<boolean> {
  const known = draft.readings.map(reading).filter((value): value is number => value !== null);
  const body = (temperature: number | undefined, last: boolean): CheckInRequest => ({
    household: row.household,
    wellbeing,
    channel,
    ...(draft.person ? { person: draft.person } : {}),
    ...(temperature === undefined ? {} : { temperature }),
    ...(last && draft.noThermometer && temperature === undefined ? { no_thermometer: true } : {}),
    ...(last ? { duration_seconds: seconds } : {}),
    ...(last && draft.needs.trim() ? { note: draft.needs.trim() } : {}),
    ...(last && /^\d{1,3}$/.test(draft.food) ? { food_days: Number(draft.food) } : {}),
    ...(channel === 'visit' && draft.visitReason
      ? { visit_reason: draft.visitReason as NonNullable<CheckInRequest['visit_reason']> }
      : {}),
  });
  await tellNeeds(row.household, draft.needs.trim(), channel);
  let callBack = false;
  const sent = known.length ? known : [undefined];
  for (const [i, temperature] of sent.entries()) {
    const answer = await post<{ call_back: boolean }>('/check-ins', body(temperature, i === sent.length - 1));
    callBack = callBack || answer.call_back;
  }
  return callBack;
}

/** Doors by id, so that the next one is on screen before anybody asks for it. */
const doors = new Map<string, Promise<DwellingDetail>>();

export function loadDoor(dwelling: string): Promise<DwellingDetail> {
  const kept = doors.get(dwelling) ?? get<DwellingDetail>(`/dwellings/${dwelling}`);
  doors.set(dwelling, kept);
  kept.catch(() => doors.delete(dwelling));
  return kept;
}
/** What was said changes the door: it is asked for anew when it comes again. */
export const forgetDoor = (dwelling: string): boolean => doors.delete(dwelling);
