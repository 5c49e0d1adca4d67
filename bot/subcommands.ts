import { closest, distance } from 'fastest-levenshtein';

/** What can be typed after `/syncuser`; help shows them in this order. */
export const subcommands = [
  { name: 'status', argument: '[connection]', what: 'how a connection is doing' },
  { name: 'setup', argument: '', what: 'set up a connection with an accounting system (superuser)' },
  {
    name: 'change',
    argument: '[undo] [connection]',
    what: 'choose another synchronisation user, or undo that (superuser)',
  },
  { name: 'reconnect', argument: '[connection]', what: 'log in again when a connection is disconnected' },
  {
    name: 'verify',
    argument: '[connection]',
    what: 'see what the synchronisation user may read in every company',
  },
  { name: 'companies', argument: '[connection]', what: 'choose which companies are linked (superuser)' },
  {
    name: 'unlink',
    argument: 'company',
    what: 'stop keeping a company up to date; its data stays (superuser)',
  },
  {
    name: 'sync',
    argument: '[connection or company] [kind] [full]',
    what: 'synchronise now, all or a part of it',
  },
  {
    name: 'changes',
    argument: '[connection or company] [since]',
    what: 'VAT codes, ledgers, suppliers and bank accounts that are new, closed or changed',
  },
  { name: 'pause', argument: '[connection]', what: 'stop synchronising until you resume it (superuser)' },
  { name: 'resume', argument: '[connection]', what: 'synchronise again after a pause (superuser)' },
  {
    name: 'standin',
    argument: '[connection]',
    what: 'choose who stands in for the synchronisation user (superuser)',
  },
  {
    name: 'handover',
    argument: '[connection]',
    what: 'plan who takes over as synchronisation user, and when (superuser)',
  },
  { name: 'history', argument: '[connection]', what: 'who connected as whom, and what was changed' },
  { name: 'incidents', argument: '[month]', what: 'what broke in a month, and how long it took to mend it' },
  { name: 'help', argument: '', what: 'this list' },
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
  const lower = word.toLowerCase();
  const known = subcommands.find(({ name }) => name === lower);
  if (known) return { kind: 'subcommand', name: known.name, argument: rest.join(' ') };
  const nearest = closest(
    lower,
    subcommands.map(({ name }) => name),
  ) as Subcommand;
  const near = distance(lower, nearest) <= Math.max(2, Math.floor(nearest.length / 2));
  return { kind: 'unknown', word, nearest: near ? nearest : null };
}
