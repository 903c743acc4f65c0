const formats: Record<string, Intl.DateTimeFormat> = {};

/** Making a format costs more than a hundred uses of it, and a list has a time in each row. */
const format = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  (formats[locale + options.timeZone] ??= new Intl.DateTimeFormat(locale, options));

/** Clock time such as 09:12 of an instant, in the community's zone where it is known. */
export function clock(instant: string, zone?: string): string {
  const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone } as const;
  return format('en-GB', options).format(new Date(instant));
}

/** The hour 0 to 23 of an instant in the zone. */
export function hourOf(instant: string, zone?: string): number {
  return Number(clock(instant, zone).slice(0, 2));
}

/** The civil date YYYY-MM-DD of an instant in the zone. */
export function dayOf(instant: string, zone?: string): string {
  const options = { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: zone } as const;
  return format('en-CA', options).format(new Date(instant));
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
