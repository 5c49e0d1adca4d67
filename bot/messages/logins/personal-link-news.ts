import type { PersonalLinkNews } from '../../../domain/announcements/logins.ts';
import { explainCause } from '../../../words/causes.ts';
import { actionIds, invitationValue } from '../../ids.ts';
import { button, buttons, type Message } from '../blocks.ts';
import { paragraphs } from '../paragraphs.ts';
import { connectionTitle, escaped } from '../words.ts';

/** A person's own login broke, and later: it is well again. */
export function personalLinkNews(facts: PersonalLinkNews): Message {
  const { news, connectionId, systemName } = facts;
  const name = connectionTitle({ name: facts.connectionName, systemName });
  const login = escaped(facts.login);
  const whose = facts.of === null ? 'Your own login' : `The login of ${escaped(facts.of)}`;
  switch (news.kind) {
    case 'mended':
      return paragraphs(
        `:large_green_circle: *${name}*: ${whose.toLowerCase()} (${login}) is connected again.`,
      );
    case 'ended':
      return paragraphs(`*${name}*: ${whose.toLowerCase()} (${login}) is not kept any longer.`);
    case 'broken': {
      const { what } = explainCause(news.cause, { system: systemName, login });
      const message = paragraphs(
        `:red_circle: *${name}*: ${whose.toLowerCase()} is not connected, because ${what}.`,
        facts.of === null
          ? `The synchronisation goes on. What is done under your own name waits until you click Connect and log in to ${systemName}.`
          : `The synchronisation goes on. What is done under this login waits until somebody clicks Connect and logs in to ${systemName}.`,
      );
      const connect = button(actionIds.connect, 'Connect', {
        style: 'primary',
        value: invitationValue('personal', connectionId, facts.personId),
      });
      return { ...message, blocks: [...message.blocks, buttons(connect)] };
    }
  }
}
