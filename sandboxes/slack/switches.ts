import { z } from 'zod';
import type { Deliveries } from './app/deliveries.ts';
import type { Misfortunes } from './misfortunes.ts';
import { misfortuneSchema } from './misfortunes.ts';
import { publishedPatienceMs } from './patience.ts';
import type { Rates } from './web-api/rates.ts';
import type { Triggers } from './web-api/triggers.ts';
import { localApp } from './local/workspace.ts';
import type { WorkspaceState } from './workspace-state.ts';

export interface SwitchDeps {
  target: string;
  state: WorkspaceState;
  rates: Rates;
  triggers: Triggers;
  misfortunes: Misfortunes;
  deliveries: Deliveries;
}

const channel = z.string().min(1);
const on = z.boolean().default(true);
const nothing = z.object({}).strict();

/** What each switch takes; strict-control.ts says the same to whoever turns them. */
export const switchSchemas = {
  /** An administrator archives a channel, or takes it out of the archive. */
  archive: z.object({ channel, on }).strict(),
  /** Somebody removes the bot from a channel, or invites it again. */
  'remove-bot': z.object({ channel, on }).strict(),
  /** A person leaves the company: their account is deactivated. */
  'disable-user': z.object({ user: z.string().min(1), on }).strict(),
  /** Somebody removes the app: its bot token opens nothing any more. */
  'revoke-token': z.object({ on }).strict(),
  /** The app was installed without this scope. */
  'take-scope': z.object({ scope: z.string().min(1), on }).strict(),
  /** Whoever opened something has waited too long: no trigger that was handed out opens a modal any more. */
  'expire-triggers': nothing,
  /** What happens to calls that match. */
  misfortune: misfortuneSchema,
  'clear-misfortunes': nothing,
  /** Off: as many calls as one likes. */
  rates: z.object({ on: z.boolean() }).strict(),
  /** How long Slack waits for an acknowledgement and keeps a trigger; without: as published. */
  patience: z.object({ ms: z.number().int().min(0).optional() }).strict(),
  /** After how long an event comes again, three times; without: as published. */
  redelivery: z.object({ afterMs: z.array(z.number().int().min(0)).length(3).optional() }).strict(),
  /** Slack ends the sockets of the app. */
  disconnect: z
    .object({
      reason: z.enum(['warning', 'refresh_requested', 'link_disabled']).default('refresh_requested'),
    })
    .strict(),
  /** Somebody makes a public channel with the bot in it. */
  'make-channel': z.object({ name: z.string().min(1) }).strict(),
  /** Everything as at the start; messages stay. */
  reset: nothing,
} as const;

export type SwitchName = keyof typeof switchSchemas;
export type SwitchInput<Name extends SwitchName> = z.input<(typeof switchSchemas)[Name]>;

type Turns = { [Name in SwitchName]: (input: z.output<(typeof switchSchemas)[Name]>) => unknown };

/** @returns turns a switch by its name; throws z.ZodError when the input does not fit */
export function createSwitches(deps: SwitchDeps): (name: SwitchName, input: unknown) => Promise<unknown> {
  const { state, rates, triggers, misfortunes, deliveries } = deps;
  const put = <T>(set: Set<T>, item: T, isIn: boolean) => void (isIn ? set.add(item) : set.delete(item));
  const waitFor = (ms: number = publishedPatienceMs) => {
    deliveries.waitFor(ms);
    triggers.patienceMs = ms;
  };
  const turns: Turns = {
    archive: (one) => put(state.changes.archived, one.channel, one.on),
    'remove-bot': (one) => put(state.changes.left, one.channel, one.on),
    'disable-user': (one) => put(state.changes.disabled, one.user, one.on),
    'revoke-token': (one) => void (state.changes.revoked = one.on),
    'take-scope': (one) => put(state.changes.scopes, one.scope, !one.on),
    'expire-triggers': () => triggers.expireAll(),
    misfortune: (wish) => misfortunes.add(wish),
    'clear-misfortunes': () => misfortunes.clear(),
    rates: (wish) => void (rates.on = wish.on),
    patience: ({ ms }) => waitFor(ms),
    redelivery: ({ afterMs }) => deliveries.retryAfter(afterMs),
    disconnect: ({ reason }) => deliveries.disconnect(reason),
    'make-channel': ({ name }) => makeChannel(deps.target, name),
    reset() {
      state.reset();
      rates.reset();
      misfortunes.clear();
      deliveries.retryAfter();
      waitFor();
    },
  };
  return async (name, input) =>
    (turns[name] as (input: unknown) => unknown)(switchSchemas[name].parse(input));
}

async function makeChannel(target: string, name: string): Promise<{ channel: string }> {
  const response = await fetch(`${target}/api/conversations.create`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${localApp.botToken}` },
    body: JSON.stringify({ name }),
  });
  const answer = z.object({ channel: z.object({ id: z.string() }) }).parse(await response.json());
  return { channel: answer.channel.id };
}
