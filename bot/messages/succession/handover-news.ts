import type { HandoverNews } from '../../../domain/announcements/succession.ts';
import { actionIds, invitationValue, slashCommand } from '../../ids.ts';
import { button, buttons, type Message } from '../blocks.ts';
import { paragraphs } from '../paragraphs.ts';
import { connectionTitle, counted, dateAndTime, escaped } from '../words.ts';

/** A planned handover, its reminders, and that it is off. */
export function handoverNews(facts: HandoverNews): Message {
  const { news, connectAs, connectionId, systemName } = facts;
  const name = connectionTitle({ name: facts.connectionName, systemName });
  const [from, to] = [escaped(facts.from), escaped(facts.to)];
  if (news.kind === 'cancelled')
    return paragraphs(
      `*${name}*: ${escaped(news.by)} cancelled the handover to ${to}. ${from} stays the synchronisation user.`,
    );
  if (news.kind === 'overtaken')
    return paragraphs(
      `*${name}*: the handover from ${from} to ${to} on ${dateAndTime(facts.at)} is off, because ${escaped(news.by)} is the synchronisation user now. To plan another one, a superuser types \`${slashCommand} handover\`.`,
    );
  const when =
    news.kind === 'planned'
      ? `on ${dateAndTime(facts.at)}`
      : `in ${counted(news.days, 'day', 'days')}, on ${dateAndTime(facts.at)}`;
  const message = paragraphs(
    `*${name}*: ${to} takes over from ${from} as synchronisation user ${when}, by itself, if nothing is lost. Otherwise nothing is switched and the office channel reads why.`,
    readiness(facts, to),
  );
  if (facts.successor === 'connected' || connectAs === null) return message;
  const connect = button(actionIds.connect, 'Connect', {
    style: 'primary',
    value: invitationValue('personal', connectionId, connectAs),
  });
  return { ...message, blocks: [...message.blocks, buttons(connect)] };
}

function readiness({ successor, connectAs, systemName }: HandoverNews, to: string): string {
  if (successor === 'connected')
    return connectAs === null
      ? `The login of ${to} is connected.`
      : 'Your login is connected; there is nothing to do.';
  return connectAs === null
    ? `:warning: ${to} has no login at ${systemName} yet that works.`
    : `:warning: Please click Connect before then and log in to ${systemName} as yourself.`;
}
