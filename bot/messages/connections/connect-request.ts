import type { ScreensOf } from '../../../domain/screens.ts';
import type { ConnectRequest } from '../../../domain/announcements/logins.ts';
import { actionIds, invitationValue } from '../../ids.ts';
import { button, buttons, section, type Message } from '../blocks.ts';
import { paragraphs } from '../paragraphs.ts';
import { firstReachLines } from '../verification/rights.ts';
import { connectionTitle, counted, escaped } from '../words.ts';

/** The direct message that asks a person to log in, and what became of it. */
export function connectRequest(facts: ConnectRequest, screensOf: ScreensOf): Message {
  const { progress } = facts;
  switch (progress.step) {
    case 'waiting':
      return waiting(facts);
    case 'linked':
      return linked(facts, progress);
    case 'done':
      return paragraphs(
        `*${title(facts)}* is done: linked to ${escaped(progress.login)}, ${counted(progress.companies, 'company', 'companies')}.`,
        'Syncuser takes it from here. Type `/syncuser status` to see how it goes.',
        ...firstReachLines(facts.reach, facts.systemName, screensOf),
      );
    case 'not-taken':
      return paragraphs(
        `*${title(facts)}*: the synchronisation user stays who it is, because ${escaped(progress.login)} may not read all that is read now. ${escaped(facts.askedBy)} knows what is missing.`,
        'You are still linked for yourself; to end that, open the Home tab of Syncuser. There is nothing left for you to do.',
      );
    case 'lapsed':
      return paragraphs(
        `*${title(facts)}*: nobody logged in, so the request has lapsed. Nothing was changed.`,
        `If it is still needed, ask ${escaped(facts.askedBy)} to start again.`,
      );
    case 'cancelled':
      return paragraphs(
        `*${title(facts)}*: cancelled by ${escaped(progress.by)}. Nothing was changed, and there is nothing left for you to do.`,
      );
  }
}

function waiting(facts: ConnectRequest): Message {
  const { connectionId, purpose, systemName } = facts;
  const words = [
    `*${title(facts)}*\n${request(facts)}`,
    `Click Connect and log in to ${systemName}. Your password never goes through Slack.${facts.reminded > 0 ? `\n_Reminder ${facts.reminded}: we are still waiting for you._` : ''}`,
  ];
  const message = paragraphs(...words);
  const connect = button(actionIds.connect, 'Connect', {
    style: 'primary',
    value: invitationValue(purpose, connectionId),
  });
  const cancel = button(actionIds.cancelInvitation, 'Cancel', { value: connectionId });
  return {
    ...message,
    blocks: [...message.blocks, purpose === 'reconnect' ? buttons(connect) : buttons(connect, cancel)],
  };
}

function request(facts: ConnectRequest): string {
  const by = escaped(facts.askedBy);
  switch (facts.purpose) {
    case 'set-up':
      return `${by} asks you to be the synchronisation user of ${escaped(facts.connectionName)}. Syncuser reads the master data of every company with your login and books the purchase invoices that are handed over, so use one that reaches all of them.`;
    case 'change':
      return `${by} asks you to take over as synchronisation user of ${escaped(facts.connectionName)}. Syncuser looks what your login may read in every company; until it is decided, everything stays as it is.`;
    case 'reconnect':
      return `${escaped(facts.connectionName)} is disconnected. Please log in again, so that documents can be booked.`;
  }
}

function linked(
  facts: ConnectRequest,
  progress: Extract<ConnectRequest['progress'], { step: 'linked' }>,
): Message {
  const { login, reachable, total } = progress;
  const isSetUp = facts.purpose === 'set-up';
  const words = [
    `*${title(facts)}*: linked to ${escaped(login)}, reaches ${reachable} of ${counted(total, 'company', 'companies')}.`,
    ...(reachable < total
      ? [
          `${escaped(login)} has no access to the other ${total - reachable}. They can be added once ${facts.systemName} lets it in${isSetUp ? '; or log in as a user who reaches them all' : ''}.`,
        ]
      : []),
    ...(facts.purpose === 'change'
      ? [
          `Syncuser looks now what ${escaped(login)} may read in every company. You and ${escaped(facts.askedBy)} hear what comes of it.`,
        ]
      : []),
    ...(isSetUp ? ['Which companies shall Syncuser keep up to date?'] : []),
  ].join('\n');
  const value = facts.connectionId;
  const all = reachable === 1 ? 'Start with this one' : `Start with all ${reachable}`;
  const choices = buttons(
    button(actionIds.startWithAll, all, { style: 'primary', value }),
    button(actionIds.chooseCompanies, 'Choose companies…', { value }),
    ...(reachable < total
      ? [
          button(actionIds.connect, 'Log in as another user', {
            value: invitationValue(facts.purpose, facts.connectionId),
          }),
        ]
      : []),
    button(actionIds.cancelInvitation, 'Cancel', { value }),
  );
  return { text: words, blocks: [section(words), ...(isSetUp ? [choices] : [])] };
}

function title({ purpose, connectionName, systemName }: ConnectRequest): string {
  const name = connectionTitle({ name: connectionName, systemName });
  switch (purpose) {
    case 'set-up':
      return `Connect ${name}`;
    case 'change':
      return `Take over ${name}`;
    case 'reconnect':
      return `Reconnect ${name}`;
  }
}
