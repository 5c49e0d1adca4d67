import { z } from 'zod';

/**
 * Tryton's own JSON classes as text: a Decimal stays the digits it was, dates and moments become ISO 8601
 * (trytond/protocols/jsonrpc.py, `JSONEncoder`). Moments are stored in UTC: trytond sets TZ=UTC on start.
 */
export const decimal = z
  .object({ __class__: z.literal('Decimal'), decimal: z.string().regex(/^-?\d+(\.\d+)?(E[+-]?\d+)?$/i) })
  .transform((value) => plainDecimal(value.decimal));

export const day = z
  .object({ __class__: z.literal('date'), year: z.int(), month: z.int(), day: z.int() })
  .transform((value) => dayText(value));

export const moment = z
  .object({
    __class__: z.literal('datetime'),
    year: z.int(),
    month: z.int(),
    day: z.int(),
    hour: z.int(),
    minute: z.int(),
    second: z.int(),
    microsecond: z.int(),
  })
  .transform((value) => {
    const time = [value.hour, value.minute, value.second].map((part) => padded(part, 2)).join(':');
    return `${dayText(value)}T${time}.${padded(value.microsecond, 6)}Z`;
  });

/** A day in the shape in which Tryton takes it. */
export function asTrytonDay(iso: string): Record<string, string | number> {
  const [year = 0, month = 0, date = 0] = iso.split('-').map(Number);
  return { __class__: 'date', year, month, day: date };
}

/** A decimal in the shape in which Tryton takes it, digit by digit. */
export function asTrytonDecimal(digits: string): Record<string, string> {
  return { __class__: 'Decimal', decimal: digits };
}

/** SQLite gives 0 and 1 where PostgreSQL gives false and true. */
export const flag = z.union([z.boolean(), z.literal(0), z.literal(1)]).transform(Boolean);

/** A moment as `moment` reads it, in the shape in which Tryton takes it back: to the microsecond. */
export function asTrytonMoment(iso: string): Record<string, string | number> {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?Z$/.exec(iso);
  if (!parts) throw new Error(`not a moment in UTC: ${iso}`);
  const [year, month, date, hour, minute, second] = parts.slice(1, 7).map(Number);
  const microsecond = Number((parts[7] ?? '').padEnd(6, '0'));
  return { __class__: 'datetime', year, month, day: date, hour, minute, second, microsecond } as Record<
    string,
    string | number
  >;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** In English Tryton writes 11/12/2026 for 12 November (ir/lang.xml), which our readers take for 11 December. */
export function withReadableDays(said: string, context: unknown): string {
  if ((context as { language?: string } | undefined)?.language !== 'en') return said;
  return said.replace(
    /\b(\d\d)\/(\d\d)\/(\d{4})\b/g,
    (written, month: string, date: string, year: string) => {
      const name = months[Number(month) - 1];
      return name === undefined ? written : `${Number(date)} ${name} ${year}`;
    },
  );
}

/** A rate as a percentage: `0.21` becomes `21`, `0.0900` becomes `9.00`. Digits only move, none is lost. */
export function asPercentage(rate: string): string {
  return plainDecimal(`${rate}E2`);
}

/** A decimal without an exponent: Python writes small and large ones as `1E-7`. */
function plainDecimal(text: string): string {
  const [mantissa = '', ...exponents] = text.toUpperCase().split('E');
  const exponent = exponents.reduce((sum, part) => sum + Number(part), 0);
  const negative = mantissa.startsWith('-');
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const point = whole.length + exponent;
  const digits = (whole + fraction).padEnd(point, '0');
  const before = point > 0 ? digits.slice(0, point).replace(/^0+(?=\d)/, '') : '0';
  const after = point > 0 ? digits.slice(point) : '0'.repeat(-point) + digits;
  return `${negative ? '-' : ''}${before}${after === '' ? '' : `.${after}`}`;
}

function dayText(value: { year: number; month: number; day: number }): string {
  return `${padded(value.year, 4)}-${padded(value.month, 2)}-${padded(value.day, 2)}`;
}

function padded(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
