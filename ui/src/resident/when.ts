import type { Home } from '../shapes';
import { language } from '../messages';
import { clock, dayOf, dayWords } from '../time';

/** "16:30" today, and with its day otherwise. */
export function when(instant: string, home: Home | null): string {
  const zone = home?.zone;
  const time = clock(instant, zone);
  const day = dayOf(instant, zone);
  return home && day === dayOf(home.now, zone) ? time : `${dayWords(day, language())} ${time}`;
}
