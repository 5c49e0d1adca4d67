import { administrator, users } from '@syncuser/tryton-sandbox';
import type { Visitor } from './visitor.ts';
import type { Endpoints } from '../../start/endpoints.ts';
import { postJson } from './post-json.ts';
import type { SystemAtWork, SystemOfStory } from './system.ts';

const database = 'kantoor';

/** Where each kind is kept (docs.tryton.org, modules). Only these records belong to one company, the others to all. */
const models = {
  'gl-account': { model: 'account.account', perCompany: true, only: [] },
  relation: { model: 'party.party', perCompany: false, only: [] },
  'bank-account': { model: 'bank.account', perCompany: false, only: [] },
  'vat-code': { model: 'account.tax', perCompany: true, only: [] },
  'cost-centre': {
    model: 'analytic_account.account',
    perCompany: true,
    only: [['type', 'in', ['normal', 'distribution']]],
  },
  journal: { model: 'account.journal', perCompany: false, only: [] },
  'payment-condition': { model: 'account.invoice.payment_term', perCompany: false, only: [] },
  item: { model: 'product.product', perCompany: false, only: [] },
  project: { model: 'project.work', perCompany: true, only: [['type', '=', 'project']] },
};

export const tryton: SystemOfStory = {
  name: 'Tryton',
  id: 'tryton',
  companies: 5,
  reachedByLesser: 3,
  logins: {
    synchronisation: 'cx_basecone',
    successor: 's.jansen',
    lesser: 'p.peeters',
    another: 't.devries',
  },
  channels: ['C0NORTH'],
  invoice: { supplier: '1001', journal: 'EXP', glAccount: '5.1.1', vatCode: 'IH' },
  why: 'Tryton refused cx_basecone: the password is another one now',
  open,
};

function open(endpoints: Endpoints): SystemAtWork {
  const passwords = new Map(users.map(({ login, password }) => [login, password]));
  let renames = 0;
  const everyPassword = new Set([...passwords.values(), administrator.password]);
  const turn = (name: string, body: object) => postJson(`${endpoints.trytonControl}/${name}`, body);
  const call = (method: string, params: unknown[], headers = {}) =>
    postJson<{ result: unknown }>(
      `${endpoints.tryton}/${database}/rpc/`,
      { id: 1, method, params },
      headers,
    ).then(({ result }) => result);

  async function enter(visitor: Visitor, login: string): Promise<void> {
    await visitor.fill('userName', login);
    await visitor.fill('password', passwords.get(login)!);
  }

  /** Calls as the administrator, who is no part of the story; archived records count as well. */
  async function openBookingAccess() {
    const { login, password } = administrator;
    const [id, session] = (await call('common.db.login', [login, { password }])) as [number, string];
    const authorization = `Session ${Buffer.from(`${login}:${id}:${session}`).toString('base64')}`;
    return (method: string, params: unknown[], context: object = {}) =>
      call(`model.${method}`, [...params, { active_test: false, ...context }], { authorization });
  }

  return {
    async logIn(visitor, login) {
      await enter(visitor, login);
      await visitor.press('Connect');
    },

    async logInInstead(visitor, login) {
      await enter(visitor, login);
      await visitor.press('Log in');
    },

    async breakLogin() {
      const login = tryton.logins.synchronisation;
      const password = 'Gewijzigd-2027';
      passwords.set(login, password);
      everyPassword.add(password);
      await turn('change-password', { login, password });
    },

    async counts() {
      const desk = await openBookingAccess();
      const companies = (await desk('company.company.search_read', [[], 0, null, null, ['party.code']])) as {
        id: number;
        'party.': { code: string };
      }[];
      const counted: Record<string, number> = {};
      for (const { id: company, 'party.': party } of companies)
        for (const [kind, { model, perCompany, only }] of Object.entries(models)) {
          const domain = perCompany ? [...only, ['company', '=', company]] : only;
          const count = (await desk(`${model}.search_count`, [domain, 0, null], { company })) as number;
          if (count > 0) counted[`${party.code}/${kind}`] = count;
        }
      return counted;
    },

    async renameARelation() {
      renames += 1;
      const renamed = { code: '1001', name: `Molen De Eendracht nummer ${renames}` };
      await turn('rename-relation', renamed);
      return renamed;
    },

    async booked() {
      const desk = await openBookingAccess();
      const domain = [
        ['company.party.code', '=', '101'],
        ['state', '=', 'posted'],
      ];
      const parameters = [domain, 0, null, [['number', 'ASC']], ['reference']];
      const invoices = await desk('account.invoice.search_read', parameters);
      return (invoices as { reference: string }[]).map(({ reference }) => reference);
    },

    secrets: () => [...everyPassword],
  };
}
