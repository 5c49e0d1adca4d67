import type { OperatedSystem } from '../contract.ts';
import { createFront } from '../front.ts';
import { createWorkbench, redirectSignIn, redirectUri, walkLoginPage } from './sandbox.ts';

const user = 'CX_Basecone';

/** The sandbox, operated by its switches and its login page. */
export async function createExactOnlineOperated(): Promise<OperatedSystem> {
  const bench = await createWorkbench({ rows: 40, minuteLimit: 5_000 });
  const front = await createFront(bench.url);
  const system = bench.another({ baseUrl: front.url });
  const signIn = redirectSignIn(system);
  const walk = (state: string, last: 'allow' | 'cancel') =>
    walkLoginPage(signIn.authorisationUrl({ state, redirectUri, forceLogin: true }), user, last);
  return {
    system,
    front,
    userName: user,
    logIn: async () => signIn.redeem({ callback: await walk('s1', 'allow'), state: 's1', redirectUri }),
    logInWrongly: async () =>
      signIn.redeem({ callback: await walk('s2', 'allow'), state: 'another', redirectUri }),
    cancelLogin: async () =>
      signIn.redeem({ callback: await walk('s3', 'cancel'), state: 's3', redirectUri }),
    mend: async () => {
      await bench.turn('reset', {});
      const [division] = await bench.divisions();
      await bench.turn('rows', { division, kind: 'cost-centre', add: 150 });
    },
    change: (kind, division) => bench.turn('rows', { division: Number(division), kind, change: 1 }),
    remove: (kind, division) => bench.turn('rows', { division: Number(division), kind, delete: 1 }),
    breakLogin: () => bench.turn('withdraw-consent', { user }),
    limit: () => bench.turn('rate-limit', { on: true, window: 'minute' }),
    loseCompany: (division) => bench.turn('remove-company', { user, division: Number(division) }),
    loseRight: (kind, division) =>
      bench.turn('right', { user, division: Number(division), kind, allowed: false, how: 'empty' }),
    close: async () => {
      await front.close();
      await bench.close();
    },
  };
}
