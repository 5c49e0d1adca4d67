import { byCode } from './connections/company.ts';

/** What has an id that its package gave it and that stays, and perhaps a code that people gave it. */
export interface Nameable {
  externalId: string;
  code: string | null;
}

/**
 * Whether a name may mean this one. Ids and codes are two name spaces that meet: a package may number its suppliers 1, 2, 3
 * and let people call another one "3". `id:3` and `code:3` say which of the two; "3" may be either, so whoever finds more
 * than one does nothing and asks.
 */
export function mayMean(name: string, row: Nameable): boolean {
  const { externalId, code } = row;
  return [externalId, code, ...exactNames(row)].includes(name) || isGuidOf(name, externalId);
}

function isGuidOf(name: string, externalId: string): boolean {
  return inOneForm(name.replace(/^id:/, '')) === inOneForm(externalId);
}

const guidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * A GUID in small letters, for it is the same in capital ones (RFC 9562 section 4). Any other id is another one with other
 * letters, and stays as it is.
 */
export function inOneForm(id: string): string {
  return guidPattern.test(id) ? id.toLowerCase() : id;
}

/** The names of which one says that it is an id, and the other that it is a code. */
export function exactNames({ externalId, code }: Nameable): string[] {
  return [idName({ externalId }), ...(code === null ? [] : [`code:${code}`])];
}

/** The name that means this one and no other, whatever codes there will be. */
export function idName({ externalId }: Pick<Nameable, 'externalId'>): string {
  return `id:${externalId}`;
}

/** The ids and codes of all that a name may mean. */
export function keysIn(name: string): string[] {
  const keys = ['', 'id:', 'code:'].flatMap((space) =>
    name.startsWith(space) ? name.slice(space.length) : [],
  );
  return [...new Set(keys.concat(keys.map(inOneForm)))];
}

const told = 5;

/** Which ones a name may mean, for whoever has to say it: "id:4 is Garage Peters (code 7), id:9 is …". */
export function whichOnes(found: readonly (Nameable & { name: string })[]): string {
  const words = found
    .toSorted(byCode)
    .slice(0, told)
    .map((one) => `${idName(one)} is ${one.name}${one.code === null ? '' : ` (code ${one.code})`}`);
  return words.concat(found.length > told ? `${found.length - told} more` : []).join(', ');
}
