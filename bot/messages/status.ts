import { explainCause } from '../../domain/causes.ts';
import { staleLine } from './stale.ts';
import { dueWarning } from '../../domain/expiry.ts';
import { kindNames } from '../../domain/master-data.ts';
import type { ConnectionFacts, OfficeFacts } from '../facts.ts';
import { slashCommand } from '../ids.ts';
import { limits, paragraphs, type Message } from './blocks.ts';
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
} from './words.ts';

/** How the given connections are doing. */
export function status(facts: OfficeFacts): Message {
  const shown = facts.connections.slice(0, limits.blocksInMessage - 3);
  const rest = facts.connections.length - shown.length;
  return paragraphs(
    ...engineWords(facts),
    ...shown.map((connection) => statusLines(connection, facts.now).join('\n')),
    ...(rest > 0 ? [`and ${grouped(rest)} more: type \`${slashCommand} status\` with a name.`] : []),
  );
}

/** `/syncuser` alone: how everything is doing, and what can be typed. */
export function overview(facts: OfficeFacts): Message {
  if (facts.connections.length === 0) {
    return paragraphs(
      ...engineWords(facts),
      `There is no connection with an accounting system yet. ${escaped(listed(facts.superusers, 'or'))} can set one up with \`${slashCommand} setup\`.`,
      whatToType,
    );
  }
  const message = status(facts);
  const hint = paragraphs(whatToType);
  return { text: `${message.text}\n${hint.text}`, blocks: [...message.blocks, ...hint.blocks] };
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

/**
 * One connection in a few lines: its state, who it runs on, what it brought, when it goes on. With `warned` the
 * reader was told already why it is disconnected and who can mend it.
 */
export function statusLines(facts: ConnectionFacts, now: Date, warned = false): string[] {
  const { state } = facts;
  const paused = state.pausedBy && state.link.state === 'connected' ? ', paused' : '';
  const title = `${dot(facts)} *${connectionTitle(facts)}*: ${facts.statusWord}${paused}`;
  switch (state.link.state) {
    case 'connecting':
      return [
        title,
        `Waiting for ${escaped(facts.synchronisationUser)} to log in to ${facts.systemName}, asked by ${escaped(facts.requestedBy)} ${ago(state.link.since, now)}.`,
      ];
    case 'disconnected':
      return [
        title,
        ...(warned ? [] : disconnectedLines(facts, state.link, now)),
        ...peopleLines(facts),
        ...dataLines(facts),
      ];
    case 'connected':
      return [
        title,
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

function dot({ state }: ConnectionFacts): string {
  if (state.link.state === 'disconnected') return ':red_circle:';
  if (state.link.state !== 'connected') return ':white_circle:';
  return state.health.state === 'delayed' || state.pausedBy
    ? ':large_yellow_circle:'
    : ':large_green_circle:';
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
    ...(facts.onlyMender
      ? [
          `:warning: Only ${escaped(facts.onlyMender)} could mend this connection. Choose a stand-in: \`${slashCommand} standin\``,
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
    ? [
        `The login is renewed by itself; without that ${systemName} would let it end ${dateAndTime(loginEnds)}`,
      ]
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
  const { linked, notReachable } = facts.companies;
  const rows = facts.rows.filter(({ rows }) => rows > 0);
  return [
    `${counted(linked, 'company', 'companies')}${notReachable > 0 ? `, ${notReachable} of them not reachable` : ''}`,
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

function lastSync({ state, failing }: ConnectionFacts, now: Date): string {
  if (state.lastSuccessAt === null) return 'Not synchronised yet';
  const how = failing === 0 ? 'all fine' : `${counted(failing, 'list', 'lists')} could not be read`;
  return `Last synchronisation ${ago(state.lastSuccessAt, now)} (${how})`;
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
    .map(
      ({ what, mend }) => `:no_entry: ${escaped(`${what.charAt(0).toUpperCase()}${what.slice(1)}. ${mend}`)}`,
    );
  const rest = obstacles.length - shownObstacles;
  return [
    ...lines,
    ...(rest > 0 ? [`and ${counted(rest, 'more reason', 'more reasons')} why something is not read`] : []),
  ];
}

function delayLine({ state, systemName }: ConnectionFacts): string[] {
  if (state.health.state !== 'delayed') return [];
  const { reason, until } = state.health;
  const why = reason === 'outage' ? 'it does not answer' : 'it asks us to slow down';
  const end = until === null ? '' : `, until ${dateAndTime(until)}`;
  return [
    `Waiting for ${systemName} since ${dateAndTime(state.health.since)}: ${why}${end}. Nothing to do for you; it goes on by itself.`,
  ];
}
