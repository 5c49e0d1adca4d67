import { z } from 'zod';
import type { Books } from './books/books.ts';
import type { Clock } from './clock.ts';
import type { Divisions } from './api/divisions.ts';
import type { Grants } from './login/grants.ts';
import { findKind, kindIds, kinds } from './books/kinds.ts';
import type { People } from './login/people.ts';
import type { StateStore } from './state.ts';
import type { WebhookPost } from './api/webhook-post.ts';

/** Something that can be broken or mended by hand. It changes the state and says in one sentence what is so now. */
export interface Switch {
  /** @throws z.ZodError for a body it cannot read, SwitchRefusal for a name it does not know */
  turn(body: unknown): string;
}

export type Switches = Record<string, Switch>;

export class SwitchRefusal extends Error {}

export interface SwitchDeps {
  store: StateStore;
  clock: Clock;
  grants: Grants;
  people: People;
  divisions: Divisions;
  books: Books;
  post: WebhookPost;
}

export function createSwitch<T>(schema: z.ZodType<T>, turn: (body: T) => string): Switch {
  return { turn: (body) => turn(schema.parse(body ?? {})) };
}

/** Forms send text, scripts send JSON: both are read. */
export const yesField = z.union([
  z.boolean(),
  z.enum(['true', 'false']).transform((text) => text === 'true'),
]);
export const divisionField = z.coerce.number().int();
/** Left out or empty: every company. */
export const anyDivisionField = z.union([z.literal('').transform(() => undefined), divisionField]).optional();
export const userField = z.string().min(1);
/** A kind by its id (`vat-code`) or its resource (`vat/VATCodes`). */
export const kindField = z.string().transform((name, context) => {
  const found = findKind(name);
  if (!found) context.addIssue(`unknown kind "${name}"; known are ${kindIds.join(', ')}`);
  return found ?? kinds[0]!;
});

/** Left out or empty: every kind. */
export const anyKindField = z.union([z.literal('').transform(() => undefined), kindField]).optional();

/** The user name as it is written. @throws SwitchRefusal when nobody has it */
export function nameOfUser({ people }: SwitchDeps, wanted: string): string {
  const found = people.find(wanted);
  if (!found) throw new SwitchRefusal(`There is no user "${wanted}".`);
  return found.userName;
}

/** `101 Bakkerij Jansen B.V.` @throws SwitchRefusal when there is no such division */
export function nameOfCompany({ divisions }: SwitchDeps, division: number): string {
  const found = divisions.find(division);
  if (!found) throw new SwitchRefusal(`There is no company ${division}.`);
  return `${found.code} ${found.name}`;
}
