import type { KnownBlock } from '@slack/types';
import { explainCause } from '../../../words/causes.ts';
import { mayManageConnections, type OfficeUser } from '../../../domain/offices/office.ts';
import type { ConnectionFacts, OfficeFacts } from '../../facts.ts';
import { actionIds, invitationValue } from '../../ids.ts';
import { button, buttons, header, section } from '../blocks.ts';
import { connectionTitle, escaped } from '../words.ts';

/** App Home, for everybody: their own accounting-system user on each connection; superusers see automations too. */
export function ownLogins(facts: OfficeFacts, user: OfficeUser): KnownBlock[] {
  const known = facts.connections.filter(({ login }) => login !== null);
  if (known.length === 0) return [];
  const automations = mayManageConnections(user) ? facts.automations : [];
  return [
    header('My accounting-system user'),
    ...known.flatMap((connection) => [
      ...ownLogin(connection, user, null),
      ...automations.flatMap((automation) => ownLogin(connection, automation, automation.name)),
    ]),
  ];
}

function ownLogin(facts: ConnectionFacts, person: { id: string }, automation: string | null): KnownBlock[] {
  const link = facts.links.find(({ officeUserId }) => officeUserId === person.id);
  const whose = automation === null ? 'your own login' : 'the login';
  const title = `*${connectionTitle(facts)}*${automation === null ? '' : ` · ${escaped(automation)}`}`;
  const login = escaped(link?.login?.accountingUserName ?? '');
  if (person.id === facts.state.synchronisationUserId) {
    const inUse = escaped(facts.login ?? '');
    return [
      section(
        facts.state.link.state === 'disconnected'
          ? `${title}: Not connected. The synchronisation works with ${inUse} as soon as somebody reconnects it.`
          : `${title}: Connected as ${inUse}. The synchronisation works with this login.`,
      ),
    ];
  }
  const isBroken = facts.state.link.state === 'disconnected';
  const value = invitationValue('personal', facts.id, person.id);
  if (link?.state === 'connected')
    return [
      section(`${title}: ${whose} is connected as ${login}`),
      buttons(button(actionIds.disconnect, 'Disconnect', { value })),
    ];
  const why = link?.cause
    ? `, because ${explainCause(link.cause, { system: facts.systemName, login }).what}`
    : '';
  return [
    section(
      `${title}: ${whose} is not connected${why}.${isBroken ? ' It is another one than the login of the warning: connecting it does not mend that.' : ''}`,
    ),
    buttons(button(actionIds.connect, 'Connect', { value, ...(why ? { style: 'primary' } : {}) })),
  ];
}
