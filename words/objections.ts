import type { Objection } from '../domain/objections.ts';
import { mostRequests } from '../domain/sync/rounds.ts';

const sentences: Record<Objection, string> = {
  'nobody-is-asked': 'Nobody is being asked to connect at the moment.',
  'nobody-logged-in': 'Nobody has logged in for this connection yet.',
  'first-login-is-awaited':
    'Nobody has logged in for this connection yet. Wait for the first login, or cancel it.',
  disconnected: 'This connection is disconnected. Reconnect it first, with /syncuser reconnect.',
  'nothing-to-mend': 'This connection is not disconnected; there is nothing to mend.',
  'mended-already': 'This connection is mended already.',
  'cancelled-already': 'This was cancelled already.',
  'companies-chosen-already': 'The companies are chosen already, and the set-up is being finished.',
  'set-up-has-ended': 'This set-up has ended already, without a login.',

  'is-synchronisation-user': 'This person is the synchronisation user already.',
  'stands-in-for-themselves':
    'The synchronisation user cannot stand in for themselves. Choose somebody else.',
  'change-is-under-way':
    'A change of synchronisation user is under way already. Wait for it, or cancel it first.',
  'change-is-decided': 'This change of synchronisation user is decided already.',
  'nothing-to-decide': 'There is nothing to decide about this change any more.',
  'reason-is-missing': 'Say why the change is wanted in spite of what it loses.',
  'needs-somebody-else':
    'You asked for this change yourself. Another superuser has to agree, because something is lost.',
  'undo-is-under-way': 'The last change of synchronisation user is just being undone. Try again in a moment.',
  'nothing-to-undo': 'There is no change of synchronisation user that can be undone.',
  'handover-is-planned': 'A handover is planned already. Cancel it first, with /syncuser handover.',
  'no-handover': 'No handover is planned.',
  'day-is-over': 'That moment, 08:00 of the day, is over. Choose a later day.',
  'day-is-too-far': 'A handover can be planned for a year ahead at most. Choose an earlier day.',

  paused: 'This connection is paused. Resume it first, with /syncuser resume.',
  'paused-already': 'This connection is paused already.',
  'not-paused': 'This connection is not paused.',
  'too-many-requests': `${mostRequests} things that people asked for are not brought in yet. Wait for the first of them, then ask again.`,
  'verification-is-wanted': 'This connection is about to be verified already.',
  'answered-already': 'This was answered already, or has settled by itself.',

  'moment-is-over': 'This moment has passed already. Choose a later one.',
  'snooze-is-too-long': 'Reminders can be snoozed for three weeks at most.',

  'not-allowed': 'You may not do this in your office. Nothing was changed; a superuser can help.',
  'no-such-connection': 'This connection does not exist any more. Type /syncuser to see those that do.',
  refused: 'This cannot be done now. Type /syncuser status to see how it stands.',
};

/** Why not, for whoever asked, and what to do instead where there is something. */
export const whyNot = (objection: Objection): string => sentences[objection];

/** When neither a workflow nor Temporal answers. */
export const cannotPassOn =
  'Syncuser cannot pass this on at the moment. Nothing is lost; please try again in a minute.';
