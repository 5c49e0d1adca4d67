import type { Decimal } from '../master-data.ts';

/** Amounts of money as text with at most two decimals, added up in whole cents: no cent is lost in floating point. */
export const amountPattern = /^-?\d{1,13}(\.\d{1,2})?$/;

/** The sum with two decimals. */
export function sumOf(amounts: readonly Decimal[]): Decimal {
  return fromCents(amounts.reduce((sum, amount) => sum + cents(amount), 0n));
}

/** `21` and `21.00` are the same amount. */
export function sameAmount(one: Decimal, other: Decimal): boolean {
  return cents(one) === cents(other);
}

function cents(amount: Decimal): bigint {
  const [whole = '0', decimals = ''] = amount.replace('-', '').split('.');
  const positive = BigInt(whole + decimals.padEnd(2, '0'));
  return amount.startsWith('-') ? -positive : positive;
}

function fromCents(amount: bigint): Decimal {
  const digits = String(amount < 0n ? -amount : amount).padStart(3, '0');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
