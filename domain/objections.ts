/** Why something that a person asked for cannot be done now. `words/objections.ts` has a sentence for each. */
export const objections = [
  // Logins
  'nobody-is-asked',
  'nobody-logged-in',
  'first-login-is-awaited',
  'disconnected',
  'nothing-to-mend',
  'mended-already',
  'cancelled-already',
  'companies-chosen-already',
  'set-up-has-ended',
  // Who is the synchronisation user
  'is-synchronisation-user',
  'stands-in-for-themselves',
  'change-is-under-way',
  'change-is-decided',
  'nothing-to-decide',
  'reason-is-missing',
  'needs-somebody-else',
  'undo-is-under-way',
  'nothing-to-undo',
  'handover-is-planned',
  'no-handover',
  'day-is-over',
  'day-is-too-far',
  // Synchronisation
  'paused',
  'paused-already',
  'not-paused',
  'too-many-requests',
  'verification-is-wanted',
  'answered-already',
  // Reminders
  'moment-is-over',
  'snooze-is-too-long',
  // At every door
  'not-allowed',
  'no-such-connection',
  /** What a newer version says. */
  'refused',
] as const;
export type Objection = (typeof objections)[number];

export const isObjection = (text: string): text is Objection =>
  (objections as readonly string[]).includes(text);
