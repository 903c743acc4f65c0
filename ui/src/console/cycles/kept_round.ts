import { keptIn } from '../../kept';
import type { CollectingRound } from '../../shapes';

/** The round as it was last fetched: doors and notes, gone from this phone some hours after its cut-off. */
interface KeptRound {
  id: 'round';
  round: CollectingRound;
  until: number;
}

/** What was said at a door and the community has not yet received, or would not take. */
export interface Visit {
  key: string;
  household: string;
  outcome: 'ordered' | 'nothing' | 'absent';
  /** What they want, in their words; sent first, under a key of its own. */
  text: string;
  at: string;
  refused?: string;
}

type Stores = { rounds: KeptRound; visits: Visit };

const keptMs = 12 * 3_600_000;

const run = keptIn<keyof Stores>('doorstep-round', { rounds: 'id', visits: 'key' });

/** Rejects where the phone keeps nothing: then the page says so and does not pretend. */
export const keepVisit = (visit: Visit): Promise<unknown> => run('visits', 'readwrite', (all) => all.put(visit));
export const dropVisit = (key: string): Promise<unknown> =>
  run('visits', 'readwrite', (all) => all.delete(key)).catch(() => undefined);
export const keptVisits = (): Promise<Visit[]> =>
  run<Visit[]>('visits', 'readonly', (all) => all.getAll()).then(
    (visits) => visits.sort((a, b) => (a.at < b.at ? -1 : 1)),
    () => [],
  );

export const keepRound = (round: CollectingRound): Promise<unknown> =>
  run('rounds', 'readwrite', (all) =>
    all.put({ id: 'round', round, until: Date.parse(round.cut_off) + keptMs } satisfies KeptRound),
  ).catch(() => undefined);

/** The kept round, unless its time is over: then it is forgotten. */
export async function keptRound(now: number): Promise<CollectingRound | null> {
  const kept = await run<KeptRound | undefined>('rounds', 'readonly', (all) => all.get('round')).catch(() => undefined);
  if (kept && kept.until > now) return kept.round;
  if (kept) await forgetRound();
  return null;
}
export const forgetRound = (): Promise<unknown> =>
  run('rounds', 'readwrite', (all) => all.delete('round')).catch(() => undefined);
