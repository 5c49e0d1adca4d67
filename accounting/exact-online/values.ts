import type { Day, Decimal, Moment } from '../../domain/master-data.ts';

/** Wire values of Exact Online in the words of the domain. Dates arrive as milliseconds (see schemas.ts). */

export function moment(ms: number | null): Moment | null {
  return ms === null ? null : new Date(ms).toISOString();
}

/** A day is sent as its midnight. */
export function day(ms: number | null): Day | null {
  return moment(ms)?.slice(0, 'yyyy-mm-dd'.length) ?? null;
}

/** A fraction (0.21) as a percentage ("21"): the point is moved in the text, so that no digit is lost on the way. */
export function percentage(fraction: string | null): Decimal | null {
  if (fraction === null) return null;
  // Only a number below 0.000001 is written with an exponent.
  const plain = fraction.includes('e') ? Number(fraction).toFixed(20) : fraction;
  const [, sign = '', whole = '', decimals = ''] = /^(-?)(\d+)(?:\.(\d*))?$/.exec(plain) ?? [];
  const digits = decimals.padEnd(2, '0');
  const left = `${whole}${digits.slice(0, 2)}`.replace(/^0+(?=\d)/, '');
  const right = digits.slice(2).replace(/(?<!0)0+$/, '');
  return `${sign}${left}${right && `.${right}`}`;
}
