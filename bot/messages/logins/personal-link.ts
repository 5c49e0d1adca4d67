import type { Moment } from '../../../domain/master-data.ts';
import type { Outsider, SignInPurpose } from '../../../domain/logins/sign-in.ts';
import { actionIds } from '../../ids.ts';
import { button, buttons, section, type Message } from '../blocks.ts';
import { connectionTitle, escaped, timeOfDay } from '../words.ts';
import type { ConnectionId } from '../../../domain/ids.ts';

export interface PersonalLinkFacts {
  url: string;
  expiresAt: Moment;
  purpose: SignInPurpose;
  connectionId: ConnectionId;
  connectionName: string;
  systemName: string;
  /** The login that is expected, if one was known before. */
  login: string | null;
  /** Whether the package has a login page of its own, where another login may be open. */
  hasLoginPage: boolean;
}

/** The personal, single-use link to the Connect page; only its owner sees this message. */
export function personalLink(facts: PersonalLinkFacts): Message {
  const { url } = facts;
  const words = [
    `*${what(facts)}*`,
    `1. <${url}|Open the Connect page>`,
    `2. ${asWhom(facts)}`,
    `The link is only for you, works once, and is valid for 30 minutes, until ${timeOfDay(facts.expiresAt)}.`,
  ].join('\n');
  return {
    text: words,
    blocks: [
      section(words),
      buttons(
        button(actionIds.openLink, 'Open the Connect page', { url, style: 'primary' }),
        ...(facts.purpose === 'reconnect'
          ? [button(actionIds.sendToIct, 'Send to ICT…', { value: facts.connectionId })]
          : []),
      ),
    ],
  };
}

function asWhom({ purpose, login, systemName, hasLoginPage }: PersonalLinkFacts): string {
  const logOutFirst = hasLoginPage ? ' If another login is open there in this browser, log out first.' : '';
  if (purpose === 'personal') return `Log in to ${systemName} as yourself.${logOutFirst}`;
  return purpose === 'reconnect' && login
    ? `Log in to ${systemName} as ${escaped(login)}.${logOutFirst}`
    : `Log in to ${systemName} with the login Syncuser is to work with: one that reaches every company.${logOutFirst}`;
}

function what({ purpose, connectionName, systemName }: PersonalLinkFacts): string {
  const name = escaped(connectionName);
  switch (purpose) {
    case 'set-up':
      return `Connect ${name}`;
    case 'reconnect':
      return `Reconnect ${name}`;
    case 'change':
      return `Take over ${name}: your login at ${systemName}`;
    case 'personal':
      return `Your own login at ${connectionTitle({ name: connectionName, systemName })}`;
  }
}

/** A link for somebody without an account, and the words to send along with it. */
export function linkToPassOn(facts: {
  url: string;
  expiresAt: Moment;
  connectionName: string;
  systemName: string;
  login: string | null;
  outsider: Outsider;
  askedBy: string;
}): Message {
  const { outsider, url, systemName } = facts;
  const as = facts.login ? ` as ${escaped(facts.login)}` : '';
  const address = outsider.email ? ` (${escaped(outsider.email)})` : '';
  const words = [
    `*Send this to ${escaped(outsider.name)}${address}* within half an hour; it works once, until ${timeOfDay(facts.expiresAt)}.`,
    `>Please log in to ${systemName}${as}, so that ${escaped(facts.connectionName)} is connected again. ${escaped(facts.askedBy)} asked for it.\n><${url}|${url}>`,
    `The page says who asks and what for. What comes of it stands in the thread of the alert.`,
  ];
  return { text: words.join('\n'), blocks: words.map(section) };
}
