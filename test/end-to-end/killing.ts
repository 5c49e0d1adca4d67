import { setTimeout as sleep } from 'node:timers/promises';
import type { MortalName, RunningSyncuser } from './running-syncuser.ts';

/** The parts that the story stands on, and that may die at any moment. */
export const mortal = ['worker', 'server', 'Temporal', 'PostgreSQL'] as const satisfies MortalName[];

export interface Killer {
  /** Which draw of luck this is, to have the same again. */
  seed: number;
  /** SIGKILL to one part, or to these, at some moment within `withinMs`; resolves when they are back. */
  strike(syncuser: RunningSyncuser, withinMs: number, parts?: readonly MortalName[]): Promise<void>;
}

/** Kills by chance, but the same for the same seed; every part has its turn before one has its second. */
export function createKiller(seed: number): Killer {
  const random = mulberry32(seed);
  let turns: MortalName[] = [];
  const next = (): MortalName => {
    if (turns.length === 0) turns = mortal.toSorted(() => random() - 0.5);
    return turns.pop()!;
  };
  return {
    seed,
    async strike(syncuser, withinMs, parts = [next()]) {
      const afterMs = Math.round(random() * withinMs);
      process.stderr.write(`  kill -9 ${parts.join(', ')} after ${afterMs} ms\n`);
      await sleep(afterMs);
      await Promise.all(parts.map((part) => syncuser.killAndAwaitReturn(part)));
    },
  };
}

/** Kills PostgreSQL so many times while other things happen, at some moment of every ten seconds. */
export async function killPostgresOverAndOver(
  syncuser: RunningSyncuser,
  { times, seed }: { times: number; seed: number },
): Promise<void> {
  const killer = createKiller(seed);
  for (let time = 0; time < times; time += 1) {
    await sleep(2_000);
    await killer.strike(syncuser, 8_000, ['PostgreSQL']);
  }
}

/** A small generator of even numbers from 0 to 1 (Tommy Ettinger's mulberry32). */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
