import type { BenchRun } from '../bench.ts';
import { bytesWritten, peakRssMB } from './processes.ts';
import { roundEnds } from './rounds.ts';
import type { Sandbox } from './sandbox.ts';
import { chooseCompanies, logInToConnection } from './set-up.ts';
import { startSyncuser, type RunningSyncuser } from './syncuser.ts';

interface FirstPass {
  syncuser: RunningSyncuser;
  rows: number;
  /** From the choice of the companies to the end of the round. */
  seconds: number;
  /** What the worker wrote to disk meanwhile, or null where the system does not say. */
  bytes: number | null;
  peakRssMB: number | null;
}

/** Sets a connection up with this sandbox and brings everything in. */
export async function firstPass(
  run: BenchRun,
  sandbox: Sandbox,
  options: { profile?: string | undefined } = {},
): Promise<FirstPass> {
  const syncuser = await startSyncuser(run, { accounting: sandbox.url, ...options });
  await logInToConnection(syncuser);
  run.say('the first pass …');
  const measured = await measure(syncuser, async () => {
    await chooseCompanies(syncuser);
    return roundEnds(syncuser, 1);
  });
  run.say(`${measured.result} rows in ${measured.seconds.toFixed(1)} s`);
  return { syncuser, rows: measured.result, peakRssMB: peakRssMB(syncuser.worker), ...measured };
}

/** How long something takes, and what the worker writes to disk meanwhile. */
export async function measure<T>(
  { worker }: RunningSyncuser,
  work: () => Promise<T>,
): Promise<{ result: T; seconds: number; bytes: number | null }> {
  const before = bytesWritten(worker);
  const start = performance.now();
  const result = await work();
  const seconds = (performance.now() - start) / 1000;
  const after = bytesWritten(worker);
  return { result, seconds, bytes: before === null || after === null ? null : after - before };
}

export function rounded(value: number, decimals = 0): number {
  return Number(value.toFixed(decimals));
}
