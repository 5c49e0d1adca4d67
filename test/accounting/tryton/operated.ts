import { createTryton } from '../../../accounting/tryton/adapter.ts';
import { tableOf } from '../../../accounting/tryton/tables.ts';
import type { MasterDataKind } from '../../../domain/master-data.ts';
import { startOwnTryton, users } from '@syncuser/tryton-sandbox';
import type { OperatedSystem } from '../contract.ts';
import { createFront } from '../front.ts';

const login = 'cx_basecone';
const hour = 3_600_000;

/** A Tryton of its own, operated by its administrator. */
export async function createTrytonOperated(): Promise<OperatedSystem> {
  const tryton = await startOwnTryton();
  const front = await createFront(tryton.url);
  const system = createTryton({
    baseUrl: front.url,
    database: tryton.database,
    pageSize: 7,
    // Nothing is so young that it would be read twice.
    now: () => new Date(Date.now() + hour),
  });
  const password = users.find((user) => user.login === login)?.password ?? '';
  // A user kept apart for wrong passwords: Tryton answers the next login of such a user more slowly.
  await tryton.desk.create('res.user', [{ login: 'm.visser', name: 'Max Visser', password: 'Max-2026' }]);
  const repairs: (() => Promise<unknown>)[] = [];
  const { control } = tryton;
  const redeem = (userName: string, secret: string) => {
    if (system.signIn.kind !== 'form') throw new Error('Tryton logs in by a form');
    return system.signIn.redeem({ values: { userName, password: secret } });
  };
  let changes = 0;
  return {
    system,
    front,
    userName: login,
    logIn: () => redeem(login, password),
    logInWrongly: () => redeem('m.visser', 'wrong'),
    cancelLogin: null,
    async mend() {
      for (const repair of repairs.splice(0)) await repair();
    },
    async change(kind, _company, { externalId }) {
      const name = `Gewijzigd ${++changes}`;
      if (kind === 'bank-account') {
        const [, owner] = externalId.split('-');
        const [party] = (await tryton.desk.call('model.party.party.read', [[Number(owner)], ['code']])) as {
          code: string;
        }[];
        await control.turn('change-bank-account', { code: party!.code, number: name });
        return;
      }
      // The name of a product belongs to its template, and is that of other products as well.
      await tryton.desk.write(
        modelOf(kind),
        [Number(externalId)],
        kind === 'item' ? { code: name } : { name },
      );
    },
    remove: null,
    async breakLogin() {
      repairs.push(() => control.turn('change-password', { login, password }));
      await control.turn('change-password', { login, password: 'Anders-2026' });
    },
    limit: null,
    async loseCompany(id) {
      const code = await codeOf(id);
      repairs.push(() => control.turn('give-company', { login, company: code }));
      await control.turn('take-company', { login, company: code });
    },
    async loseRight(kind) {
      repairs.push(() => control.turn('allow-reading', { model: modelOf(kind) }));
      await control.turn('forbid-reading', { model: modelOf(kind) });
    },
    async close() {
      await front.close();
      await tryton.stop();
    },
  };

  async function codeOf(externalId: string): Promise<string> {
    const parties = (await tryton.desk.call('model.company.company.read', [
      [Number(externalId)],
      ['party.code'],
    ])) as { 'party.': { code: string } }[];
    return parties[0]?.['party.'].code ?? '';
  }
}

function modelOf(kind: MasterDataKind): string {
  return tableOf(kind)?.model ?? '';
}
