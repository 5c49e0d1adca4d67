import { explainCause } from '../../../words/causes.ts';
import { staleLine } from '../sync/stale.ts';
import { dueWarning } from '../../../domain/logins/expiry.ts';
import { kindNames } from '../../../words/kinds.ts';
import type { ConnectionFacts, OfficeFacts } from '../../facts.ts';
import { slashCommand } from '../../ids.ts';
import { section, type Message } from '../blocks.ts';
import { bookingWords, sign } from '../bookings/bookable.ts';
import { reachWords, whom } from '../cannot-reach.ts';
import { paragraphs, type List } from '../paragraphs.ts';
import {
  ago,
  ahead,
  connectionTitle,
  counted,
  dateAndTime,
  escaped,
  grouped,
  lasting,
  listed,
} from '../words.ts';

/** How the given connections are doing. */
export function status(facts: OfficeFacts): Message {
  return paragraphs(...engineWords(facts), ...reachLines(facts), connectionsList(facts));
}

function connectionsList({ connections, now }: OfficeFacts): List {
  return {
    lines: connections.map((connection) => statusLines(connection, now).join('\n')),
    shown: connections.length,
    row: section,
    rest: (amount) => `and ${grouped(amount)} more: type \`${slashCommand} status\` with a name.`,
  };
}

/** `/syncuser` alone: how everything is doing, and what can be typed. */
export function overview(facts: OfficeFacts): Message {
  if (facts.connections.length === 0) {
    return paragraphs(
      ...engineWords(facts),
      ...reachLines(facts),
      `There is no connection with an accounting system yet. ${escaped(listed(facts.superusers, 'or'))} can set one up with \`${slashCommand} setup\`.`,
      whatToType,
    );
  }
  return paragraphs(...engineWords(facts), ...reachLines(facts), connectionsList(facts), whatToType);
}

const whatToType = `Type \`${slashCommand} help\` to see everything you can do.`;

/** Said above everything else while nothing can be synchronised because of us, not of the package. */
export function engineWords(facts: OfficeFacts): string[] {
  const asleep = !facts.engineAnswers || facts.connections.some(({ overdue }) => overdue);
  return asleep
    ? [
        ':hourglass: The sync engine of Syncuser does not answer at the moment. Nothing is lost: it goes on by itself as soon as it is back. What you see below may be a little old.',
      ]
    : [];
}

/** Whom Slack does not let us reach: they hear nothing of an alert until that is mended. */
export function reachLines({ unreachable }: Pick<OfficeFacts, 'unreachable'>): string[] {
  return unreachable.map((one) => {
    const { kind, code, since } = one;
    if (kind === 'installation')
      return `:warning: *Slack takes nothing from Syncuser* since ${dateAndTime(since)} (${escaped(code)}). Nothing is lost. Tell whoever runs Syncuser: it must be installed in Slack anew, or be given what it lacks.`;
    const about = { ...one, kind };
    const { why, mend } = reachWords(about);
    return `:warning: *Syncuser cannot reach ${whom(about)} in Slack* since ${dateAndTime(since)}: ${why}. ${mend}`;
  });
}

/**
 * One connection in a few lines: its state, who it runs on, what it brought, when it goes on. With `warned` the
 * reader was told already why it is disconnected and who can mend it.
 */
export function statusLines(facts: ConnectionFacts, now: Date, warned = false): string[] {
  const { state } = facts;
  const paused = state.pausedBy && ['connected', 'disconnected'].includes(state.link.state) ? ', paused' : '';
  const title = `${sign(facts)} *${connectionTitle(facts)}*: ${facts.statusWord}${paused}`;
  switch (state.link.state) {
    case 'connecting':
      return [
        title,
        `Waiting for ${escaped(facts.synchronisationUser)} to log in to ${facts.systemName}, asked by ${escaped(facts.requestedBy)} ${ago(state.link.since, now)}.`,
      ];
    case 'disconnected':
      return [
        title,
        ...(warned ? [] : [...disconnectedLines(facts, state.link, now), bookingWords(facts)]),
        ...peopleLines(facts),
        ...dataLines(facts),
      ];
    case 'connected':
      return [
        title,
        bookingWords(facts),
        ...peopleLines(facts),
        ...endLine(facts, now),
        ...dataLines(facts),
        ...syncLines(facts, now),
        ...staleLine(facts.stale),
        ...obstacleLines(facts),
      ];
    case 'abandoned':
      return [title];
  }
}

/** Who the connection leans on, and a warning when that is one person only. */
function peopleLines(facts: ConnectionFacts): string[] {
  return [
    userLine(facts),
    ...leavingLines(facts),
    ...(facts.standIn ? [`Stand-in: ${escaped(facts.standIn)}${standInDoubt(facts)}`] : []),
    ...(facts.handover
      ? [`Planned handover: ${escaped(facts.handover.to)} takes over on ${dateAndTime(facts.handover.at)}.`]
      : []),
    ...(facts.onlyResponder
      ? [
          `:warning: Only ${escaped(facts.onlyResponder)} could mend this connection. Choose a stand-in: \`${slashCommand} standin\``,
        ]
      : []),
  ];
}

function leavingLines({ leaving, synchronisationUser, login, handover, state }: ConnectionFacts): string[] {
  const goesOn =
    state.link.state === 'disconnected'
      ? `It stays with ${escaped(login ?? '')}, whose login does not work now, until a successor is verified`
      : `It goes on with ${escaped(login ?? '')} until a successor is verified`;
  return leaving.includes('synchronisation-user')
    ? [
        `:warning: ${escaped(synchronisationUser)} left the office. ${goesOn}${handover ? '.' : `: \`${slashCommand} change\` now, or \`${slashCommand} handover\``}`,
      ]
    : [];
}

function standInDoubt({ links, state, leaving }: ConnectionFacts): string {
  if (leaving.includes('stand-in')) return ' (left the office; choose somebody else)';
  const link = links.find(({ officeUserId }) => officeUserId === state.standInId);
  return link?.state === 'connected'
    ? ` → ${escaped(link.login?.accountingUserName ?? '')}`
    : ' (not connected)';
}

function userLine(facts: ConnectionFacts): string {
  const change = facts.changingTo ? ` (${escaped(facts.changingTo)} was asked to take over)` : '';
  return `Synchronisation user: ${escaped(facts.synchronisationUser)} → ${escaped(facts.login ?? 'no login yet')}${change}`;
}

/** While Syncuser renews the login this end only moves on; near, it is a warning. */
function endLine({ loginEnds, systemName }: ConnectionFacts, now: Date): string[] {
  if (loginEnds === null) return [];
  return dueWarning(loginEnds, now) === null
    ? [`Syncuser renews the login by itself. If it cannot, ${systemName} ends it ${dateAndTime(loginEnds)}`]
    : [`:warning: The login ends ${dateAndTime(loginEnds)} unless Syncuser can renew it before`];
}

function disconnectedLines(
  facts: ConnectionFacts,
  link: Extract<ConnectionFacts['state']['link'], { state: 'disconnected' }>,
  now: Date,
): string[] {
  const login = escaped(facts.login ?? facts.synchronisationUser);
  const cause = explainCause(link.cause, { system: facts.systemName, login });
  return [
    `Since ${dateAndTime(link.since)} (${lasting(now.getTime() - Date.parse(link.since))}), because ${cause.what}.`,
    `${cause.mend} ${escaped(listed(facts.mayReconnect, 'or'))} can do this${facts.onIt ? `; ${escaped(facts.onIt)} is on it` : ''}. Without the button: \`${slashCommand} reconnect\`.`,
  ];
}

function dataLines(facts: ConnectionFacts): string[] {
  const { linked } = facts.companies;
  const rows = facts.rows.filter(({ rows }) => rows > 0);
  return [
    counted(linked, 'company', 'companies'),
    ...(rows.length > 0
      ? [rows.map(({ kind, rows }) => `${grouped(rows)} ${kindNames[kind]}`).join(' · ')]
      : []),
  ];
}

function syncLines(facts: ConnectionFacts, now: Date): string[] {
  return [
    [lastSync(facts, now), ...(facts.pausedBy ? [] : [nextSync(facts, now)])].join(' · '),
    ...(facts.pausedBy
      ? [`Paused by ${escaped(facts.pausedBy)}. \`${slashCommand} resume\` starts it again.`]
      : delayLine(facts)),
  ];
}

function lastSync({ state, failing, booking }: ConnectionFacts, now: Date): string {
  if (state.lastSuccessAt === null) return 'Not synchronised yet';
  const isWhole = booking.connection.may === 'yes';
  const lists = `${counted(failing, 'list', 'lists')} could not be read`;
  const how = [
    ...(isWhole && booking.yes < booking.of ? [`${booking.yes} of ${booking.of} fine`] : []),
    ...(failing > 0 ? [lists] : []),
  ];
  const fine = isWhole && how.length === 0 ? ['all fine'] : how;
  return `Last synchronisation ${ago(state.lastSuccessAt, now)}${fine.length > 0 ? ` (${fine.join(', ')})` : ''}`;
}

function nextSync({ state }: ConnectionFacts, now: Date): string {
  if (state.syncingSince !== null) return 'synchronising now';
  if (state.nextSyncAt === null) return 'next as soon as companies are linked';
  return `next ${ahead(state.nextSyncAt, now)}`;
}

const shownObstacles = 4;

/** What does not come in, and the screen where that is mended; all of it is in the API. */
function obstacleLines({ obstacles }: ConnectionFacts): string[] {
  const lines = obstacles
    .slice(0, shownObstacles)
    .map(({ opening, mend }) => `:no_entry: ${escaped(`${opening}. ${mend}`)}`);
  const rest = obstacles.length - shownObstacles;
  return [
    ...lines,
    ...(rest > 0 ? [`and ${counted(rest, 'more reason', 'more reasons')} why something is not read`] : []),
  ];
}

function delayLine({ state, systemName }: ConnectionFacts): string[] {
  if (state.health.state === 'doubtful')
    return [
      `An odd answer of ${systemName} is being looked at twice. Nothing to do for you; it goes on by itself.`,
    ];
  if (state.health.state !== 'delayed') return [];
  const { reason, until } = state.health;
  const why = reason === 'outage' ? 'it does not answer' : 'it asks us to slow down';
  const end = until === null ? '' : `, until ${dateAndTime(until)}`;
  return [
    `Waiting for ${systemName} since ${dateAndTime(state.health.since)}: ${why}${end}. Nothing to do for you; it goes on by itself.`,
  ];
}
