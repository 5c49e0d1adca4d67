import type { Moment } from '../../domain/master-data.ts';
import type { SignInPurpose } from '../../domain/sign-in.ts';
import { actionIds } from '../ids.ts';
import { button, buttons, section, type Message } from './blocks.ts';
import { connectionTitle, escaped, timeOfDay } from './words.ts';

export interface PersonalLinkFacts {
  url: string;
  expiresAt: Moment;
  purpose: SignInPurpose;
  connectionName: string;
  systemName: string;
  /** The login that is expected, if one was known before. */
  login: string | null;
}

/** The personal, single-use link to the Connect page; only its owner sees this message. */
export function personalLink(facts: PersonalLinkFacts): Message {
  const { url } = facts;
  const words = [
    `*${what(facts)}*`,
    `1. Open the Connect page: <${url}|${url}>`,
    `2. ${asWhom(facts)}`,
    `The link is only for you, works once, and is valid for 30 minutes, until ${timeOfDay(facts.expiresAt)}.`,
  ].join('\n');
  return {
    text: words,
    blocks: [
      section(words),
      buttons(button(actionIds.openLink, 'Open the Connect page', { url, style: 'primary' })),
    ],
  };
}

function asWhom({ purpose, login, systemName }: PersonalLinkFacts): string {
  if (purpose === 'personal') return `Log in to ${systemName} as yourself.`;
  return purpose === 'reconnect' && login
    ? `Log in to ${systemName} as ${escaped(login)}. If you are logged in there as somebody else, log out first.`
    : `Log in to ${systemName} with the login that reaches all companies. If you are logged in there as yourself, log out first.`;
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
