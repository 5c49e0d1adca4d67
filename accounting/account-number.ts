import { createHash } from 'node:crypto';

/** What is kept of a bank account: enough to see that it is another one, and to compare it with an invoice. */
export interface KnownAccount {
  ending: string | null;
  fingerprint: string | null;
}

/** So short a number would be half told by its ending. */
const shortest = 8;

/**
 * What may be known of a bank account by its numbers (an IBAN, one of the old kind, or both). Adapters let nothing else
 * pass, so what is never there can stand in no message, log or history. The fingerprint keeps a number from being read; from
 * somebody who tries all numbers there are nothing short of a secret would. But a secret is replaced one day, and then
 * every account would seem to be another one.
 *
 * @param numbers as they are written, the first of them to go by; how they are written makes no difference
 */
export function knownAccount(numbers: readonly string[]): KnownAccount {
  const bare = numbers.map(bareNumber).filter((number) => number !== '');
  const [first] = bare;
  if (first === undefined) return { ending: null, fingerprint: null };
  const hash = createHash('sha256').update(bare.toSorted().join(' '));
  return {
    ending: first.length < shortest ? null : first.slice(-4),
    fingerprint: hash.digest('base64url').slice(0, 22),
  };
}

/** `NL91 ABNA 0417 1643 00`, `nl91abna0417164300` and `NL91.ABNA…` are one number. */
function bareNumber(written: string): string {
  return written.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
