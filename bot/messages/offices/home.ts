import type { Button, HomeView, KnownBlock } from '@slack/types';
import {
  mayManageConnections,
  mayReconnect,
  mayUseConnections,
  type OfficeUser,
} from '../../../domain/offices/office.ts';
import type { ConnectionFacts, OfficeFacts } from '../../facts.ts';
import { actionIds, slashCommand } from '../../ids.ts';
import { button, buttons, context, divider, header, limits, section } from '../blocks.ts';
import { ownLogins } from '../logins/own-logins.ts';
import { shortStatus, warning } from '../connections/short-status.ts';
import { engineWords, reachLines, statusLines } from '../connections/status.ts';
import { escaped, grouped, listed } from '../words.ts';

/** More than that, and the first lines say enough of what is the matter with Slack. */
const mostUnreachable = 3;

/**
 * Each connection takes up to eight blocks: a warning, its lines and the person's own login, each with buttons; and two
 * more for each automation.
 */
const mostConnections = ({ automations }: OfficeFacts) =>
  Math.max(1, Math.floor((limits.blocksInView - 11 - mostUnreachable) / (8 + 2 * automations.length)));

/** App Home: the warning for everybody, then what this person can see and do. */
export function home(facts: OfficeFacts, user: OfficeUser): HomeView {
  const shown = { ...facts, connections: facts.connections.slice(0, mostConnections(facts)) };
  return {
    type: 'home',
    blocks: [
      ...shown.connections.filter(isBroken).flatMap((connection) => warningBlocks(connection, user)),
      ...(mayUseConnections(user) ? screen(shown, user) : shortScreen(shown)),
      ...ownLogins(shown, user),
      ...restBlocks(facts.connections.length - shown.connections.length),
    ],
  };
}

/** For somebody in Slack who is not in the office file. */
export function homeOfStranger(why: string): HomeView {
  return { type: 'home', blocks: [section(escaped(why))] };
}

/** While it cannot be made; it is tried again and again. */
export const homeWithoutDatabase: HomeView = {
  type: 'home',
  blocks: [
    section(
      'Syncuser’s database does not answer at the moment, so nothing can be shown here. This page appears by itself as soon as it answers; if it does not, open it again. If that takes long, tell whoever runs Syncuser that its database does not answer.',
    ),
  ],
};

const isBroken = ({ state }: ConnectionFacts) => state.link.state === 'disconnected';

function warningBlocks(facts: ConnectionFacts, user: OfficeUser): KnownBlock[] {
  const may = mayReconnect(user, facts.state);
  return [
    section(warning(facts)),
    ...(may
      ? [buttons(button(actionIds.reconnect, 'Reconnect', { style: 'primary', value: facts.id }))]
      : []),
    divider,
  ];
}

function screen(facts: OfficeFacts, user: OfficeUser): KnownBlock[] {
  const manages = mayManageConnections(user);
  return [
    header(manages ? 'Office: accounting system' : 'Accounting system'),
    ...engineWords(facts).map(section),
    ...reachLines(facts).slice(0, mostUnreachable).map(section),
    ...facts.connections.flatMap((connection) => [
      section(statusLines(connection, facts.now, true).join('\n')),
      ...actionBlocks(connection, manages),
      divider,
    ]),
    ...(facts.connections.length === 0 ? [section(nothingYet(facts, manages))] : []),
    ...(manages
      ? [
          buttons(
            button(
              actionIds.setUp,
              'Set up a connection…',
              facts.connections.length === 0 ? { style: 'primary' } : {},
            ),
          ),
        ]
      : []),
    context(`Everything here can be typed as well: \`${slashCommand} help\``),
  ];
}

function nothingYet({ superusers }: OfficeFacts, manages: boolean): string {
  return manages
    ? 'No accounting system is connected yet. Set up the first connection: you choose the accounting system and the synchronisation user, who is then asked to log in.'
    : `No accounting system is connected yet. ${escaped(listed(superusers, 'or'))} can set one up.`;
}

function actionBlocks(facts: ConnectionFacts, manages: boolean): KnownBlock[] {
  const elements = actionsFor(facts, manages);
  return elements.length > 0 ? [buttons(...elements)] : [];
}

function actionsFor({ id, state }: ConnectionFacts, manages: boolean): Button[] {
  const { link, pausedBy, changingTo, former } = state;
  const value = { value: id };
  const sync =
    link.state === 'connected' && !pausedBy ? [button(actionIds.syncNow, 'Synchronise now', value)] : [];
  if (!manages) return sync;
  if (link.state === 'connecting') return [button(actionIds.cancelInvitation, 'Cancel', value)];
  return [
    ...sync,
    changingTo === null
      ? button(actionIds.change, 'Change synchronisation user…', value)
      : button(actionIds.cancelInvitation, 'Cancel the change', value),
    ...(link.state === 'connected' ? [button(actionIds.chooseCompanies, 'Companies…', value)] : []),
    ...(former === null ? [] : [button(actionIds.undoChange, 'Undo the change', value)]),
    button(actionIds.standIn, 'Stand-in…', value),
    pausedBy ? button(actionIds.resume, 'Resume', value) : button(actionIds.pause, 'Pause', value),
  ];
}

function shortScreen(facts: OfficeFacts): KnownBlock[] {
  const healthy = { ...facts, connections: facts.connections.filter((connection) => !isBroken(connection)) };
  const nothingElse = healthy.connections.length === 0 && facts.connections.length > 0;
  return nothingElse ? [] : [header('Accounting system'), ...shortStatus(healthy).blocks];
}

function restBlocks(rest: number): KnownBlock[] {
  return rest > 0
    ? [context(`and ${grouped(rest)} more connections: \`${slashCommand} status\` with a name`)]
    : [];
}
