import { clock, dayOf } from '../time';

/** The instant of a civil date and time in a zone: the desk may stand in another one than the community. */
export function zonedInstant(day: string, time: string, zone: string): string {
  const wanted = Date.parse(`${day}T${time}:00Z`);
  let guess = wanted;
  // Two rounds settle it even across a change of the clock.
  for (let round = 0; round < 2; round++) {
    const instant = new Date(guess).toISOString();
    const shown = Date.parse(`${dayOf(instant, zone)}T${clock(instant, zone)}:00Z`);
    guess += wanted - shown;
  }
  return new Date(guess).toISOString();
}
