import type { Button } from '@slack/types';
import { whyNotBooked } from '../../../words/bookings/bookable.ts';
import { mayManageConnections, mayReconnect, type OfficeUser } from '../../../domain/offices/office.ts';
import type { CompanyFacts } from '../../facts.ts';
import { actionIds } from '../../ids.ts';
import { sign } from '../bookings/bookable.ts';
import { button, buttons, type Message } from '../blocks.ts';
import { paragraphs } from '../paragraphs.ts';
import { staleLine } from '../sync/stale.ts';
import { ago, companyName, connectionTitle, dateAndTime, escaped, listed } from '../words.ts';

/** May documents of this company be booked now; if not, why, until when or who mends it, and the one next step. */
export function companyStatus(facts: CompanyFacts, user: OfficeUser): Message {
  const { company, connection, answer, mend } = facts;
  const name = `*${companyName(company)}* (${connectionTitle(connection)})`;
  const step = nextStep(facts, user);
  const message = paragraphs(
    `${signOf(facts)} ${name}: ${answer.may === 'yes' ? 'documents can be booked.' : `documents cannot be booked${why(facts)}`}`,
    ...(mend ? [`*Next step:* ${escaped(mend)}`] : []),
    ageLine(facts),
    ...staleLine(facts.stale),
  );
  return step ? { ...message, blocks: [...message.blocks, buttons(step)] } : message;
}

function signOf({ answer, connection }: CompanyFacts): string {
  if (connection.state.link.state !== 'connected') return sign(connection);
  switch (answer.may) {
    case 'yes':
      return connection.state.pausedBy ? ':double_vertical_bar:' : ':large_green_circle:';
    case 'waits':
      return ':large_yellow_circle:';
    case 'no':
      return ':no_entry:';
  }
}

function why({ answer, connection }: CompanyFacts): string {
  if (answer.may === 'yes') return '';
  return whyNotBooked(answer, connection.state, {
    system: escaped(connection.systemName),
    login: escaped(connection.login ?? connection.synchronisationUser),
    synchronisationUser: escaped(connection.synchronisationUser),
    responders: escaped(listed(connection.mayReconnect, 'or')),
    onIt: connection.onIt && escaped(connection.onIt),
    say: dateAndTime,
  });
}

function ageLine({ answer, lastSuccessAt, connection, now }: CompanyFacts): string {
  if (answer.may === 'no' && answer.why === 'not-chosen')
    return 'What was read before it was unlinked, if anything, stays.';
  const pause = connection.pausedBy ? ` ${escaped(connection.pausedBy)} paused the synchronisation.` : '';
  return lastSuccessAt === null
    ? `Its master data never came in.${pause}`
    : `Its master data is from ${dateAndTime(lastSuccessAt)} (${ago(lastSuccessAt, now)}).${pause}`;
}

/** What this person can do about it by a click, or null. */
function nextStep({ answer, connection: { state } }: CompanyFacts, user: OfficeUser): Button | null {
  if (answer.may !== 'no') return null;
  const more = { value: state.id, style: 'primary' } as const;
  const manages = mayManageConnections(user);
  switch (answer.why) {
    case 'disconnected':
      return mayReconnect(user, state) ? button(actionIds.reconnect, 'Reconnect', more) : null;
    case 'paused':
      return manages ? button(actionIds.resume, 'Resume', more) : null;
    case 'not-chosen':
      return manages ? button(actionIds.chooseCompanies, 'Companies…', more) : null;
    case 'not-connected-yet':
      return state.synchronisationUserId === user.id ? button(actionIds.reconnect, 'Connect', more) : null;
    case 'abandoned':
    case 'deliveries-stopped':
    case 'no-access':
    case 'blocked':
    case 'licence-expired':
    case 'archived':
    case 'gone':
      return null;
  }
}
