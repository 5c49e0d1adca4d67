import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type State, stateSchema } from './state-schema.ts';

export interface StateStore {
  /** Read it freely; change it only through `change`. */
  readonly state: State;
  /** Changes the state and keeps it before it returns. */
  change(edit: (state: State) => void): void;
  /** The same, but kept within a second: for what is counted with every call. */
  changeSoon(edit: (state: State) => void): void;
  /** Keeps what `changeSoon` has left. */
  flush(): void;
  /** Back to the beginning. */
  reset(): void;
}

/**
 * Keeps the state in a JSON file (or in memory without one). Each change writes a whole new file beside the old one
 * and renames it, so a killed process leaves the old or the new state and never half of one.
 * @throws Error when the file is there but holds something else, or the state of other books
 */
export function createStateStore(initial: () => State, file?: string): StateStore {
  let state = file && existsSync(file) ? read(file, initial()) : initial();
  let waiting: NodeJS.Timeout | null = null;
  const keep = () => {
    if (waiting) clearTimeout(waiting);
    waiting = null;
    if (!file) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  keep();
  return {
    get state() {
      return state;
    },
    change(edit) {
      edit(state);
      keep();
    },
    changeSoon(edit) {
      edit(state);
      if (file) waiting ??= setTimeout(keep, 1000).unref();
    },
    flush() {
      if (waiting) keep();
    },
    reset() {
      state = initial();
      keep();
    },
  };
}

function read(file: string, { books, users }: State): State {
  const parsed = stateSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file} holds no sandbox state: ${z.prettifyError(parsed.error)}`);
  const { seed, companies } = parsed.data.books;
  if (seed !== books.seed || companies !== books.companies) {
    throw new Error(
      `${file} belongs to other books (seed ${seed}, ${companies} companies); remove it to start anew`,
    );
  }
  return { ...parsed.data, users: { ...users, ...parsed.data.users } };
}
