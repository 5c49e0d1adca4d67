import type { ConnectionState } from '../../domain/connection.ts';
import { UnavailableError } from '../../gateway/errors.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import type { BenchRun } from '../bench.ts';
import { chooseCompanies, logInToConnection } from './set-up.ts';
import type { RunningSyncuser } from './syncuser.ts';

/** How many connections are set up side by side. */
const hands = 6;

/** One of many connections: what people call it, who logs in, and which companies it brings in. */
export interface ManyConnecting {
  userName: string;
  name: string;
  companies: string[] | 'all';
}

/** The id of the connection of a user of the sandbox. */
export const idOf = (userName: string) => `exact-online-${userName.toLowerCase()}`;

/** Sets all of these up, and waits until each has brought in everything and its login is verified. */
export async function setUpMany(
  run: BenchRun,
  syncuser: RunningSyncuser,
  many: readonly ManyConnecting[],
): Promise<void> {
  const waiting = [...many];
  let done = 0;
  const patient = { ...syncuser, gateway: patiently(syncuser.gateway) };
  const setUp = async () => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      const { userName, name, companies } = one;
      const connecting = { connectionId: idOf(userName), name, userName };
      await logInToConnection(patient, connecting);
      await chooseCompanies(patient, connecting, companies);
      done += 1;
      if (done % 25 === 0) run.say(`${done} connections …`);
    }
  };
  await Promise.all(Array.from({ length: hands }, setUp));
  await syncuser.until(async () => {
    const all = await syncuser.store.connections.all();
    const verified = await Promise.all(all.map(isVerified));
    return all.length === many.length && all.every(isAtRest) && verified.every(Boolean);
  });

  async function isVerified({ id: connectionId, login }: ConnectionState): Promise<boolean> {
    if (!login) return false;
    const { grantId } = login;
    return (await syncuser.store.verifications.latest({ connectionId, grantId })) !== null;
  }
}

const isAtRest = ({ lastSuccessAt, syncingSince }: ConnectionState) =>
  lastSuccessAt !== null && syncingSince === null;

/** Everything asked of a workflow happens once, so it may be asked again while the machine has too much to do. */
export function patiently(gateway: Gateway): Gateway {
  const again =
    (verb: (...args: unknown[]) => Promise<unknown>) =>
    async (...args: unknown[]) => {
      for (;;) {
        try {
          return await verb(...args);
        } catch (error) {
          if (!(error instanceof UnavailableError)) throw error;
        }
      }
    };
  const verbs = Object.entries(gateway).map(([name, verb]) => [name, again(verb as never)]);
  return Object.fromEntries(verbs) as Gateway;
}
