import type { StandInNews } from '../../../domain/announcements/succession.ts';
import { actionIds, invitationValue } from '../../ids.ts';
import { button, buttons, type Message } from '../blocks.ts';
import { paragraphs } from '../paragraphs.ts';
import { connectionTitle, escaped } from '../words.ts';

/** A person hears that they stand in, what that means, and what is missing for it. */
export function standInNews(facts: StandInNews): Message {
  const { connectionId, systemName, personId, login } = facts;
  const name = connectionTitle({ name: facts.connectionName, systemName });
  const duty = `*${name}*: ${escaped(facts.askedBy)} asks you to stand in for ${escaped(facts.synchronisationUser)}. When this connection breaks and nobody mends it, you are asked; and you can become the synchronisation user with your own login.`;
  if (login !== null)
    return paragraphs(
      duty,
      `Your own login, ${escaped(login)}, is connected, and Syncuser sees to it that it stays so. There is nothing to do now.`,
    );
  const message = paragraphs(
    duty,
    `Please click Connect and log in to ${systemName} as yourself, so that Syncuser can see beforehand what your login reaches.`,
  );
  const connect = button(actionIds.connect, 'Connect', {
    style: 'primary',
    value: invitationValue('personal', connectionId, personId),
  });
  return { ...message, blocks: [...message.blocks, buttons(connect)] };
}
