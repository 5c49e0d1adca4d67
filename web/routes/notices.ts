import type { FastifyReply } from 'fastify';
import { sendPage, type WebDeps } from '../deps.ts';
import { deadLinks, noticePage, type Notice } from '../pages/notice-page.ts';

/** Answers that something leads nowhere, and what to do instead. */
export type SendNotice = (reply: FastifyReply, notice: Notice | keyof typeof deadLinks) => FastifyReply;

export function createSendNotice({ office }: Pick<WebDeps, 'office'>): SendNotice {
  return (reply, notice) => {
    const words: Notice = typeof notice === 'string' ? deadLinks[notice] : notice;
    return sendPage(reply, words.status, noticePage(office.name, words));
  };
}
