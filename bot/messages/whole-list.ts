import { createHash } from 'node:crypto';

/** All of what a message shows a part of. */
export interface WholeList {
  /** Follows from the words, so that saying the same thing again keeps it once. Nobody can guess it. */
  id: string;
  /** Lines as Slack draws them, in order. */
  lines: readonly string[];
}

export function wholeList(lines: readonly string[]): WholeList {
  const id = createHash('sha256').update(JSON.stringify(lines)).digest('hex').slice(0, 32);
  return { id, lines };
}
