import type { Health } from '../../domain/connection.ts';
import type { DeletionVerdict } from '../../domain/sync/deletion-guard.ts';
import type { MasterDataKind } from '../../domain/master-data.ts';
import { kindNames } from '../../words/kinds.ts';
import { actionIds, slashCommand } from '../ids.ts';
import { button, buttons, type Message } from './blocks.ts';
import { companyList } from './company-list.ts';
import { paragraphs } from './paragraphs.ts';
import { companyName, counted, dateAndTime, escaped } from './words.ts';

/** Short answers to what a person did: what happened, what it means, what is next. */
export function nothingToReconnect(connection: string): Message {
  return paragraphs(`${escaped(connection)} is connected; there is nothing to do.`);
}

export function waitingForLogin(connection: string, person: string): Message {
  return paragraphs(
    `${escaped(connection)} is not connected yet: ${escaped(person)} was asked to log in and has not done so. A superuser can cancel it and start again with \`${slashCommand} setup\`.`,
  );
}

export function noLongerAsked(connection: string): Message {
  return paragraphs(
    `Nobody is being asked to connect ${escaped(connection)} any more; there is nothing to do.`,
  );
}

export function takenUp(connection: string): Message {
  return paragraphs(
    `Thank you. Everybody can see now that you are on it. For ${escaped(connection)} somebody has to click Reconnect and log in.`,
  );
}

export function putOff(connection: string, until: string, everybody: boolean): Message {
  return paragraphs(
    `Snoozed${everybody ? ' for everybody' : ' for you'}: no reminders of ${escaped(connection)} until ${dateAndTime(until)}. Somebody still has to click Reconnect and log in.`,
  );
}

/** `person` is null for whoever chose themselves. */
export function setUpAsked(connection: string, person: string | null): Message {
  return paragraphs(
    `${person === null ? 'You are' : `${escaped(person)} is`} being asked in a direct message to log in for ${escaped(connection)}. You will read in a direct message how it goes.`,
  );
}

export function changeDecided(
  connection: string,
  says: 'confirm' | 'agree' | 'decline',
  needsSecond: boolean,
): Message {
  const what = {
    confirm: needsSecond
      ? 'Another superuser is asked to agree. Until then nothing changes.'
      : 'It switches now.',
    agree: 'You agreed. It switches now.',
    decline: 'You refused, so nothing changes.',
  };
  return paragraphs(`*${escaped(connection)}*: ${what[says]}`);
}

export function handoverPlanned(plan: { id: string; name: string; to: string; at: string }): Message {
  const message = paragraphs(
    `*${escaped(plan.name)}*: ${escaped(plan.to)} takes over as synchronisation user on ${dateAndTime(plan.at)}, by itself if nothing is lost.`,
  );
  const cancel = button(actionIds.cancelHandover, 'Cancel the handover', { value: plan.id });
  return { ...message, blocks: [...message.blocks, buttons(cancel)] };
}

export function handoverCancelled(connection: string): Message {
  return paragraphs(`*${escaped(connection)}*: the planned handover is cancelled.`);
}

export function undoAsked(connection: string, person: string): Message {
  return paragraphs(`*${escaped(connection)}*: ${escaped(person)} becomes the synchronisation user again.`);
}

/** `ownLogin`: what the person had linked for themselves, if anything; then nobody is asked to log in. */
export function changeAsked(connection: string, person: string, ownLogin: string | null): Message {
  return paragraphs(
    `Changing the synchronisation user of ${escaped(connection)} to ${escaped(person)}: first Syncuser looks what that login may read in every company. Until then nothing changes. If nothing is lost, it switches by itself and the office channel reads so; otherwise you read in a direct message what is gained and lost, and decide.`,
    ...(ownLogin === null
      ? []
      : [
          `${escaped(person)} had linked ${escaped(ownLogin)} as a login of their own. That is the one the synchronisation works with then; ${escaped(person)} is not asked to log in, but told.`,
        ]),
  );
}

export function ownLoginEnded(connection: string): Message {
  return paragraphs(`Syncuser lets go of this login of ${escaped(connection)}.`);
}

/** `person` is null when nobody stands in any more. */
export function standInSet(connection: string, synchronisationUser: string, person: string | null): Message {
  return paragraphs(
    person === null
      ? `Nobody stands in for ${escaped(synchronisationUser)} at ${escaped(connection)} any more.`
      : `${escaped(person)} stands in for ${escaped(synchronisationUser)} at ${escaped(connection)} from now on, and reads so in a direct message.`,
  );
}

export function invitationCancelled(connection: string): Message {
  return paragraphs(`Cancelled. Nobody is asked to log in for ${escaped(connection)} any more.`);
}

export function companiesChosen(connection: string, amount: number | 'all'): Message {
  const which = amount === 'all' ? 'All companies' : counted(amount, 'company', 'companies');
  return paragraphs(
    `${which} of ${escaped(connection)} will be kept up to date. The synchronisation starts now; \`${slashCommand} status\` shows how it goes.`,
  );
}

/** What became of a choice among the companies of a running connection. */
export function companiesChanged(
  connection: string,
  { added, removed }: { added: number; removed: readonly { code: string; name: string }[] },
): Message {
  const name = escaped(connection);
  if (added === 0 && removed.length === 0) return paragraphs(`${name}: nothing was changed.`);
  return paragraphs(
    ...(added > 0
      ? [
          `${counted(added, 'company', 'companies')} of ${name} will be kept up to date as well. The synchronisation starts now; \`${slashCommand} status\` shows how it goes.`,
        ]
      : []),
    ...(removed.length > 0
      ? [
          companyList(
            removed,
            `${name}: ${counted(removed.length, 'company is', 'companies are')} no longer kept up to date. The master data stays as it is now; a tick brings it in again.`,
          ),
        ]
      : []),
  );
}

/** Of a part of it the person who asked reads later what came in; of everything the status tells. */
export function syncStarted(
  connection: string,
  part: { company: { code: string; name: string } | null; kind: MasterDataKind | null; full: boolean },
  health: Health = { state: 'ok' },
): Message {
  const { company, kind, full } = part;
  if (health.state === 'delayed')
    return paragraphs(
      `The accounting system of ${escaped(connection)} keeps us waiting${
        health.until === null ? '' : ` until ${dateAndTime(health.until)}`
      }. What you asked for is brought in when that is over. \`${slashCommand} status\` shows how it goes.`,
    );
  if (company === null && kind === null && !full)
    return paragraphs(
      `The synchronisation of ${escaped(connection)} starts now. \`${slashCommand} status\` shows how it goes.`,
    );
  const what = kind ? kindNames[kind] : 'All master data';
  const whose = company ? companyName(company) : `all companies of ${escaped(connection)}`;
  return paragraphs(
    `${company ? `${escaped(connection)}: ` : ''}${what} of ${whose} will be brought in now${full ? ', from the very beginning' : ''}. You will read in a direct message what came in.`,
  );
}

export function unlinked(connection: string, company: string): Message {
  return paragraphs(
    `${escaped(company)} is no longer kept up to date over ${escaped(connection)}. Its master data stays as it is now; \`${slashCommand} companies\` links it again, and it goes on from there.`,
  );
}

export function verificationStarted(connection: string): Message {
  return paragraphs(
    `Syncuser looks at what the synchronisation user of ${escaped(connection)} may read in every company. One message in the office channel shows how far it is and what it found.`,
  );
}

/** `booking` says whether documents can be booked meanwhile. */
export function paused(connection: string, by: string, booking: string): Message {
  return paragraphs(
    `${escaped(by)} paused the synchronisation of ${escaped(connection)}. Master data stays as it is now; \`${slashCommand} resume\` starts it again. ${booking}`,
  );
}

/** `booking` says whether documents can be booked. */
export function resumed(connection: string, by: string, isConnected: boolean, booking: string): Message {
  const next = isConnected
    ? 'The next round starts now.'
    : 'It goes on as soon as somebody has logged in again.';
  return paragraphs(
    `${escaped(by)} resumed the synchronisation of ${escaped(connection)}. ${next} ${booking}`,
  );
}

export function deletionsDecided(verdict: DeletionVerdict): Message {
  return paragraphs(
    verdict === 'deleted'
      ? 'Thank you. They are deleted here too, with the date of today; everything that was known of them is kept.'
      : 'Thank you. They stay as they are, and nobody is asked about them again.',
  );
}
