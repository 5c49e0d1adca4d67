import { nearest } from '../domain/nearest.ts';
import { folded } from '../domain/typed.ts';

/**
 * What can be typed after `/syncuser`; help shows them in this order, to those who may. `users` are those who work with
 * connections: superusers and accountants.
 */
export const subcommands = [
  {
    name: 'status',
    who: 'everybody',
    argument: '[connection or company]',
    what: 'how a connection is doing, or whether documents of a company can be booked',
  },
  { name: 'setup', who: 'superusers', argument: '', what: 'set up a connection with an accounting system' },
  {
    name: 'change',
    who: 'superusers',
    argument: '[undo] [connection]',
    what: 'choose another synchronisation user, or undo that',
  },
  {
    name: 'reconnect',
    who: 'everybody',
    argument: '[connection]',
    what: 'log in again when a connection is disconnected',
  },
  {
    name: 'verify',
    who: 'users',
    argument: '[connection]',
    what: 'see what the synchronisation user may read in every company',
  },
  {
    name: 'companies',
    who: 'superusers',
    argument: '[connection]',
    what: 'see which companies are brought in, and add or remove some',
  },
  {
    name: 'unlink',
    who: 'superusers',
    argument: 'company',
    what: 'stop keeping a company up to date; its data stays',
  },
  {
    name: 'sync',
    who: 'users',
    argument: '[connection or company] [kind] [full]',
    what: 'synchronise now, all or a part of it',
  },
  {
    name: 'changes',
    who: 'users',
    argument: '[connection or company] [since]',
    what: 'VAT codes, ledgers, suppliers and bank accounts that are new, closed or changed',
  },
  {
    name: 'pause',
    who: 'superusers',
    argument: '[connection]',
    what: 'stop synchronising until you resume it',
  },
  { name: 'resume', who: 'superusers', argument: '[connection]', what: 'synchronise again after a pause' },
  {
    name: 'standin',
    who: 'superusers',
    argument: '[connection]',
    what: 'choose who stands in for the synchronisation user',
  },
  {
    name: 'handover',
    who: 'superusers',
    argument: '[connection]',
    what: 'plan who takes over as synchronisation user, and when',
  },
  {
    name: 'history',
    who: 'users',
    argument: '[connection]',
    what: 'who connected as whom, and what was changed',
  },
  {
    name: 'incidents',
    who: 'users',
    argument: '[month]',
    what: 'what broke in a month, and how long it took to mend it',
  },
  { name: 'help', who: 'everybody', argument: '', what: 'this list' },
] as const;
export type Subcommand = (typeof subcommands)[number]['name'];

export type Typed =
  | { kind: 'overview' }
  | { kind: 'subcommand'; name: Subcommand; argument: string }
  | { kind: 'unknown'; word: string; nearest: Subcommand | null };

/** Reads what was typed after `/syncuser`. An unknown word comes with the subcommand that was probably meant. */
export function readTyped(text: string): Typed {
  const [word = '', ...rest] = text.trim().split(/\s+/);
  if (word === '') return { kind: 'overview' };
  const lower = folded(word);
  const known = subcommands.find(({ name }) => name === lower);
  if (known) return { kind: 'subcommand', name: known.name, argument: rest.join(' ') };
  const names = subcommands.map(({ name }) => name);
  const meant = nearest(lower, names, ({ length }) => Math.max(2, Math.floor(length / 2)));
  return { kind: 'unknown', word, nearest: meant };
}
