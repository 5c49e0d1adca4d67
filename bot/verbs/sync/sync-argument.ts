import { closest, distance } from 'fastest-levenshtein';
import { folded } from '../../../domain/typed.ts';
import { masterDataKinds, type MasterDataKind } from '../../../domain/master-data.ts';
import { kindNames } from '../../../words/kinds.ts';

/** What people call a kind besides its name in the plural. */
const otherNames: Record<MasterDataKind, readonly string[]> = {
  'gl-account': ['gl account', 'gl', 'ledger', 'ledgers', 'ledger accounts', 'accounts'],
  relation: ['relation', 'customers', 'suppliers', 'debtors', 'creditors'],
  'bank-account': ['bank account', 'iban', 'ibans'],
  'vat-code': ['vat code', 'vat', 'btw'],
  'cost-centre': ['cost centre', 'cost center', 'cost centers'],
  'cost-unit': ['cost unit'],
  journal: ['journal'],
  'payment-condition': ['payment condition', 'payment terms'],
  item: ['item', 'articles'],
  project: ['project'],
};

const kindsByWord = new Map(
  masterDataKinds.flatMap((kind) =>
    [kind, kindNames[kind].toLowerCase(), ...otherNames[kind]].map((word) => [word, kind] as const),
  ),
);
const longestName = 2;

export interface SyncArgument {
  /** What is left: a connection, a company, or nothing. */
  name: string;
  kind: MasterDataKind | null;
  /** "full": from the very beginning. */
  full: boolean;
}

/** Reads "101 VAT codes full": a company or connection, then perhaps a kind, then perhaps "full". */
export function readSyncArgument(text: string): SyncArgument {
  const typed = text.trim().split(/\s+/);
  const full = folded(typed.at(-1) ?? '') === 'full';
  const words = full ? typed.slice(0, -1) : typed;
  for (let length = Math.min(longestName, words.length); length > 0; length -= 1) {
    const kind = kindsByWord.get(folded(words.slice(-length).join(' ')));
    if (kind) return { name: words.slice(0, -length).join(' '), kind, full };
  }
  return { name: words.join(' '), kind: null, full };
}

/** What was probably meant by the end of a text in which no kind was found: "101 vatcods" -> "101 VAT codes". */
export function nearestSyncArgument(text: string): string | null {
  const words = text.trim().split(/\s+/);
  for (let length = Math.min(longestName, words.length); length > 0; length -= 1) {
    const typed = folded(words.slice(-length).join(' '));
    const nearest = closest(typed, [...kindsByWord.keys()]);
    const kind = kindsByWord.get(nearest);
    if (kind && distance(typed, nearest) <= Math.max(1, Math.floor(nearest.length / 4)))
      return [...words.slice(0, -length), kindNames[kind]].join(' ');
  }
  return null;
}
