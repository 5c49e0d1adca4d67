import type { Moment } from '../domain/master-data.ts';

/** How a moment is said to people: `14:02` today, else `23 November at 14:02`, with the year when it is another one. */
export type SayMoment = (moment: Moment) => string;

export function createSayMoment(clock: { now: () => Date; timeZone?: string }): SayMoment {
  const { now, timeZone } = clock;
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { ...(timeZone && { timeZone }), ...options });
  const time = format({ hour: '2-digit', minute: '2-digit' });
  const day = format({ day: 'numeric', month: 'long' });
  const year = format({ year: 'numeric' });
  return (moment) => {
    const [then, today] = [new Date(moment), now()];
    const sameYear = year.format(then) === year.format(today);
    if (sameYear && day.format(then) === day.format(today)) return time.format(then);
    return `${day.format(then)}${sameYear ? '' : ` ${year.format(then)}`} at ${time.format(then)}`;
  };
}
