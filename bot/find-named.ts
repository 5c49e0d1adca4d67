import type { ConnectionState } from '../domain/connection.ts';
import { idName, mayMean } from '../domain/meant.ts';
import { folded } from '../domain/typed.ts';
import { RefusedError } from './asking/refused.ts';
import type { KnownCompany } from '../store/connections/companies.ts';
import { chooseConnection } from './choose-connection.ts';
import type { BotDeps } from './deps.ts';
import { slashCommand } from './ids.ts';
import { listed } from './messages/words.ts';

export interface Named {
  connection: ConnectionState;
  /** Null: all of its companies. */
  company: KnownCompany | null;
}

export interface HowToFind {
  /** The whole command with another name in it, for whoever has to say which one. */
  retype: (name: string) => string;
  /** Companies that are known and not linked as well, after those that are. @default false */
  unlinked?: boolean;
  /** The beginning of a connection's name will do. @default true */
  beginnings?: boolean;
}

type NamedCompany = Named & { company: KnownCompany };

/**
 * A connection by its name or the beginning of it; or a linked company by its code, its name or both, or its id, and where
 * that is one of more, with the connection before it ("Exact Online 104").
 *
 * @returns null when there is neither
 * @throws RefusedError when more than one is meant, or nothing was typed and there is no or more than one connection
 */
export async function findNamed(
  { facts, store }: Pick<BotDeps, 'facts' | 'store'>,
  typed: string,
  { retype, unlinked = false, beginnings = true }: HowToFind,
): Promise<Named | null> {
  const connections = await facts.connections();
  const wanted = folded(typed);
  const isCalled = ({ name }: ConnectionState) => folded(name) === wanted;
  if (wanted === '' || connections.length === 0 || connections.some(isCalled))
    return { connection: chooseConnection(connections, typed), company: null };
  const known: NamedCompany[] = [];
  for (const connection of connections)
    for (const company of await store.companies[unlinked ? 'all' : 'linked'](connection.id))
      known.push({ connection, company });
  const found = meantBy(known, wanted);
  if (found.length > 1) throw new RefusedError(whichOne(found, known, typed, retype));
  if (found[0]) return found[0];
  return beginnings && connections.some(({ name }) => folded(name).startsWith(wanted))
    ? { connection: chooseConnection(connections, typed), company: null }
    : null;
}

function meantBy(known: readonly NamedCompany[], wanted: string): NamedCompany[] {
  const named = known.filter(({ company }) => isOne(company, wanted));
  const fitting = named.length > 0 ? named : behindConnection(known, wanted);
  const linked = fitting.filter(({ company }) => company.linked);
  return linked.length > 0 ? linked : fitting;
}

/** "Exact Online 104": behind the name of a connection, else behind the beginning of one. */
function behindConnection(known: readonly NamedCompany[], wanted: string): NamedCompany[] {
  const behind = (fits: (name: string, typed: string) => boolean) =>
    known.filter(({ connection, company }) =>
      splits(wanted).some(([name, rest]) => fits(folded(connection.name), name) && isOne(company, rest)),
    );
  const exact = behind((name, typed) => name === typed);
  return exact.length > 0 ? exact : behind((name, typed) => name.startsWith(typed));
}

function splits(words: string): [string, string][] {
  return [...words.matchAll(/ /g)].map(({ index }) => [words.slice(0, index), words.slice(index + 1)]);
}

/** By every name it has for programs (domain/meant.ts), and by those that people read. */
function isOne({ externalId, code, name }: KnownCompany, wanted: string): boolean {
  const folds = { externalId: folded(externalId), code: folded(code) };
  return mayMean(wanted, folds) || [name, `${code} ${name}`].some((word) => folded(word) === wanted);
}

const shown = 5;

/** For each of them the shortest words that mean it and no other. */
function whichOne(
  found: readonly NamedCompany[],
  known: readonly NamedCompany[],
  typed: string,
  retype: (name: string) => string,
): string {
  const words = found.map(({ connection, company }) => {
    const { code, name } = company;
    const exact = `${connection.name} ${idName(company)}`;
    const readable = [code, `${code} ${name}`].map((one) => `${connection.name} ${one}`);
    return readable.find((one) => meantBy(known, folded(one)).length === 1) ?? exact;
  });
  const rest = words.length - shown;
  const commands = words.slice(0, shown).map((name) => `\`${slashCommand} ${retype(name)}\``);
  const more = rest > 0 ? `, or with one of ${rest} others` : '';
  return `More than one linked company is called “${typed.trim()}”, so nothing was done. Which one do you mean? Type ${listed(commands, 'or')}${more}.`;
}
