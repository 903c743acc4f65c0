import type { DwellingDetail, DoorFound } from '../shapes';
import { get, post } from './api';

export interface FoundHome {
  household: string;
  door: string;
}

/** The household behind a door as people write it; the word says why there is none: "none" or "many". */
export async function homeOf(text: string): Promise<FoundHome | 'none' | 'many'> {
  const found = await post<DoorFound>('/doors/resolve', { text });
  if (!found.dwelling) return found.state === 'none' ? 'none' : 'many';
  const { door, households } = await get<DwellingDetail>(`/dwellings/${found.dwelling}`);
  if (households.length > 1) return 'many';
  return households[0] ? { household: households[0].id, door: door ?? text } : 'none';
}
