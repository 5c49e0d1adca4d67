import { z } from 'zod';
import { signInPurposes, type SignInPurpose } from '../domain/sign-in.ts';

/** Everything Slack knows us by. The same constant builds a block and registers its listener. */
export const slashCommand = '/syncuser';

export const actionIds = {
  connect: 'connect',
  reconnect: 'reconnect',
  takeUp: 'take-up',
  startWithAll: 'start-with-all',
  chooseCompanies: 'choose-companies',
  cancelInvitation: 'cancel-invitation',
  openLink: 'open-link',
  setUp: 'set-up',
  change: 'change',
  syncNow: 'sync-now',
  pause: 'pause',
  resume: 'resume',
} as const;

export const viewIds = {
  setUp: 'set-up',
  change: 'change',
  companies: 'companies',
} as const;

/** Inputs of modals. Slack shows an error of a view beside the block of this name. */
export const inputIds = {
  system: 'accounting-system',
  name: 'name',
  connection: 'connection',
  person: 'synchronisation-user',
  /** Followed by a number: Slack takes ten checkboxes a block. */
  leaveOut: 'leave-out',
  add: 'add',
} as const;

/** The one action of an input block has the name of its block. */
export const inputOf = (block: string) => ({ blockId: block, actionId: block });

/** What a Connect button carries. */
const invitationSchema = z.object({ purpose: z.enum(signInPurposes), connectionId: z.string().min(1) });

export function invitationValue(purpose: SignInPurpose, connectionId: string): string {
  return JSON.stringify({ purpose, connectionId });
}

/** @throws ZodError when the value was not made by {@link invitationValue} */
export function readInvitation(value: string): { purpose: SignInPurpose; connectionId: string } {
  return invitationSchema.parse(JSON.parse(value));
}
