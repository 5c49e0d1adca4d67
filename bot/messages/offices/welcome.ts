import type { Welcome } from '../../../domain/announcements/office.ts';
import { slashCommand } from '../../ids.ts';
import type { Message } from '../blocks.ts';
import { paragraphs } from '../paragraphs.ts';
import { escaped } from '../words.ts';

/** The first words in the office channel. */
export function welcome({ officeName }: Welcome): Message {
  return paragraphs(
    `*Hello ${escaped(officeName)}, this is Syncuser.* I keep the link with your accounting system connected, and tell you here the moment it is not.`,
    `A superuser starts with \`${slashCommand} setup\`. Everybody else: \`${slashCommand}\` shows how things are, and \`${slashCommand} help\` what you can type.`,
  );
}
