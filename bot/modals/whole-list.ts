import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { idSchema, readCarried } from '../carried-value.ts';
import { viewIds } from '../ids.ts';
import { packed, plain, section } from '../messages/blocks.ts';
import { grouped } from '../messages/words.ts';
import { inPieces } from './choice.ts';

/** How many sections are read at once; Slack would take a hundred blocks. */
const sectionsOnPage = 8;

const carriedSchema = z.object({
  responseUrl: z.null(),
  channel: z.null(),
  connectionId: z.null(),
  all: z.boolean(),
  list: idSchema,
  page: z.int().positive(),
});

/** @throws RefusedError when the metadata is not that of {@link wholeListModal} */
export function carriedPage(metadata: string): { list: string; page: number } {
  return readCarried(carriedSchema, metadata);
}

/** All of a list of which a message shows a part, page by page: its one button turns them, and begins again at the end. */
export function wholeListModal({
  id,
  lines,
  page,
}: {
  id: string;
  lines: readonly string[];
  page: number;
}): ModalView {
  const pages = inPieces(packed(lines), sectionsOnPage);
  const shown = pages[(page - 1) % pages.length] ?? [];
  const number = pages.indexOf(shown) + 1;
  const nowhere = { responseUrl: null, channel: null, connectionId: null, all: false };
  return {
    type: 'modal',
    callback_id: viewIds.wholeList,
    private_metadata: JSON.stringify({ ...nowhere, list: id, page: Math.max(number, 1) }),
    title: plain('All of it', 24),
    close: plain('Close', 24),
    ...(pages.length > 1
      ? {
          submit: plain(
            number === pages.length
              ? 'From the beginning'
              : `Page ${grouped(number + 1)} of ${grouped(pages.length)}`,
            24,
          ),
        }
      : {}),
    blocks: shown.map(section),
  };
}
