import { z } from 'zod';
import { signInPurposes, type SignInPurpose } from '../domain/logins/sign-in.ts';
import { idSchema, numberSchema, readCarried } from './carried-value.ts';
import type { ConnectionId } from '../domain/ids.ts';

/** Everything Slack knows us by. The same constant builds a block and registers its listener. */
export const slashCommand = '/syncuser';

export const actionIds = {
  connect: 'connect',
  reconnect: 'reconnect',
  takeUp: 'take-up',
  takeUpAll: 'take-up-all',
  snooze: 'snooze',
  snoozeAll: 'snooze-all',
  why: 'why',
  sendToIct: 'send-to-ict',
  startWithAll: 'start-with-all',
  chooseCompanies: 'choose-companies',
  addCompanies: 'add-companies',
  cancelInvitation: 'cancel-invitation',
  openLink: 'open-link',
  disconnect: 'disconnect',
  confirmChange: 'confirm-change',
  agreeToChange: 'agree-to-change',
  declineChange: 'decline-change',
  undoChange: 'undo-change',
  handover: 'handover',
  cancelHandover: 'cancel-handover',
  standIn: 'stand-in',
  setUp: 'set-up',
  change: 'change',
  syncNow: 'sync-now',
  pause: 'pause',
  resume: 'resume',
  confirmDeletions: 'confirm-deletions',
  keepRows: 'keep-rows',
  showAll: 'show-all',
} as const;

export const viewIds = {
  setUp: 'set-up',
  change: 'change',
  confirmChange: 'confirm-change',
  handover: 'handover',
  companies: 'companies',
  standIn: 'stand-in',
  snooze: 'snooze',
  sendToIct: 'send-to-ict',
  wholeList: 'whole-list',
} as const;

/** Inputs of modals. Slack shows an error of a view beside the block of this name. */
export const inputIds = {
  system: 'accounting-system',
  name: 'name',
  connection: 'connection',
  person: 'synchronisation-user',
  standIn: 'stand-in',
  formerFate: 'former-login',
  reason: 'reason',
  date: 'date',
  /** Followed by a number: Slack takes ten checkboxes a block. */
  companies: 'companies',
  until: 'until',
  whose: 'whose',
  email: 'email',
} as const;

/** The one action of an input block has the name of its block. */
export const inputOf = (block: string) => ({ blockId: block, actionId: block });

/** What a Connect button carries. */
const invitationSchema = z.object({
  purpose: z.enum(signInPurposes),
  connectionId: idSchema,
  /** Whose own login it is about, for the purpose `personal`. */
  person: idSchema.optional(),
});
export type Invitation = z.infer<typeof invitationSchema>;

export function invitationValue(purpose: SignInPurpose, connectionId: ConnectionId, person?: string): string {
  return JSON.stringify({ purpose, connectionId, person } satisfies Invitation);
}

/** @throws RefusedError when the value was not made by {@link invitationValue} */
export function readInvitation(value: string): Invitation {
  return readCarried(invitationSchema, value);
}

/** What the buttons below a question about deletions carry. */
const deletionSchema = z.object({ connectionId: idSchema, question: numberSchema });

export function deletionValue(connectionId: ConnectionId, question: number): string {
  return JSON.stringify({ connectionId, question });
}

/** @throws RefusedError when the value was not made by {@link deletionValue} */
export function readDeletion(value: string): { connectionId: ConnectionId; question: number } {
  return readCarried(deletionSchema, value);
}

/** What a button carries that adds companies which appeared. */
const newCompaniesSchema = z.object({ connectionId: idSchema, companies: z.array(idSchema) });

export function newCompaniesValue(connectionId: ConnectionId, companies: string[]): string {
  return JSON.stringify({ connectionId, companies });
}

/** @throws RefusedError when the value was not made by {@link newCompaniesValue} */
export function readNewCompanies(value: string): { connectionId: ConnectionId; companies: string[] } {
  return readCarried(newCompaniesSchema, value);
}

/** What a button about a change that is under way carries. */
const changeSchema = z.object({ connectionId: idSchema, change: numberSchema, loses: z.boolean() });
export type ChangeValue = z.infer<typeof changeSchema>;

export function changeValue(value: ChangeValue): string {
  return JSON.stringify(value);
}

/** @throws RefusedError when the value was not made by {@link changeValue} */
export function readChange(value: string): ChangeValue {
  return readCarried(changeSchema, value);
}
