/** Clock time such as 09:12 of an instant, in the community's zone where it is known. */
export function clock(instant: string, zone?: string): string {
  return new Date(instant).toLocaleTimeString('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  });
}

/** The hour 0 to 23 of an instant in the zone. */
export function hourOf(instant: string, zone?: string): number {
  return Number(clock(instant, zone).slice(0, 2));
}

/** The civil date YYYY-MM-DD of an instant in the zone. */
export function dayOf(instant: string, zone?: string): string {
  return new Date(instant).toLocaleDateString('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    timeZone: zone,
  });
}

/** A civil date in words, such as "11月28日 周一" or "Mon 28 Nov". A date has no zone, so it is read as UTC. */
export function dayWords(day: string, lang: string, weekday = true): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString(lang === 'en' ? 'en-GB' : lang, {
    month: lang === 'en' ? 'short' : 'long',
    day: 'numeric',
    weekday: weekday ? 'short' : undefined,
    timeZone: 'UTC',
  });
}
