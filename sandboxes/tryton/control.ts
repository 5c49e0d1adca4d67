import { z } from 'zod';
import { openDesk, type TrytonDesk } from './administrator.ts';

const login = z.string().min(1);
const code = z.string().min(1);
const inputs = {
  'change-password': z.strictObject({ login, password: z.string().min(1) }),
  deactivate: z.strictObject({ login }),
  activate: z.strictObject({ login }),
  'take-company': z.strictObject({ login, company: code }),
  'give-company': z.strictObject({ login, company: code }),
  'filter-companies': z.strictObject({ login, to: z.enum(['one', 'all']) }),
  'add-relation': z.strictObject({ code, name: z.string().min(1) }),
  'rename-relation': z.strictObject({ code, name: z.string().min(1) }),
  'change-bank-account': z.strictObject({ code, number: z.string().min(1) }),
  'forbid-reading': z.strictObject({ model: z.string().min(1) }),
  'allow-reading': z.strictObject({ model: z.string().min(1) }),
};
export type SwitchName = keyof typeof inputs;
type Inputs = { [S in SwitchName]: z.output<(typeof inputs)[S]> };

/** The switches that break and mend the books, turned through Tryton's own calls as its administrator. */
export interface TrytonControl {
  /** Turns one switch and says what it did. @throws ZodError, or Tryton's own refusal */
  turn<S extends SwitchName>(name: S, input: Inputs[S]): Promise<string>;
}

export function isSwitch(name: string): name is SwitchName {
  return Object.hasOwn(inputs, name);
}

export const switchNames = Object.keys(inputs) as SwitchName[];

export function createTrytonControl(address: { url: string; database: string }): TrytonControl {
  return {
    async turn(name, input) {
      const parsed = inputs[name].parse(input) as Inputs[typeof name];
      // A new login each time: what a switch did must not depend on how long ago the last one was turned.
      return turns[name](await openDesk(address), parsed);
    },
  };
}

const turns: { [S in SwitchName]: (desk: TrytonDesk, input: Inputs[S]) => Promise<string> } = {
  async 'change-password'(desk, { login, password }) {
    await desk.write('res.user', [await userOf(desk, login)], { password });
    return `${login} has another password; its sessions are over`;
  },
  deactivate: (desk, { login }) => activate(desk, login, false),
  activate: (desk, { login }) => activate(desk, login, true),
  async 'take-company'(desk, { login, company }) {
    await reach(desk, login, company, 'remove');
    return `${login} no longer has access to company ${company}`;
  },
  async 'give-company'(desk, { login, company }) {
    await reach(desk, login, company, 'add');
    return `${login} has access to company ${company}`;
  },
  async 'filter-companies'(desk, { login, to }) {
    await desk.write('res.user', [await userOf(desk, login)], { company_filter: to });
    return to === 'all' ? `${login} sees all their companies` : `${login} sees only their current company`;
  },
  async 'add-relation'(desk, { code, name }) {
    await desk.create('party.party', [{ code, name }]);
    return `there is a relation ${code} ${name}`;
  },
  async 'rename-relation'(desk, { code, name }) {
    await desk.write('party.party', [await desk.only('party.party', [['code', '=', code]])], { name });
    return `relation ${code} is called ${name}`;
  },
  async 'change-bank-account'(desk, { code, number }) {
    const [account] = await desk.find('bank.account', [['owners.code', '=', code]]);
    const [known] = await desk.find('bank.account.number', [['account', '=', account ?? 0]]);
    // As a client does that saves the form of the account, where its numbers are edited.
    const numbers = [['write', [known ?? 0], { type: 'other', number }]];
    await desk.write('bank.account', [account ?? 0], { numbers });
    return `relation ${code} has another bank account`;
  },
  async 'forbid-reading'(desk, { model }) {
    await desk.create('ir.model.field.access', [{ model, field: 'name', perm_read: false }]);
    return `nobody may read the names of ${model}`;
  },
  async 'allow-reading'(desk, { model }) {
    const rules = [
      ['model', '=', model],
      ['field', '=', 'name'],
    ];
    await desk.remove('ir.model.field.access', await desk.find('ir.model.field.access', rules));
    return `everybody may read the names of ${model}`;
  },
};

async function activate(desk: TrytonDesk, login: string, active: boolean): Promise<string> {
  await desk.write('res.user', [await userOf(desk, login)], { active });
  return active ? `${login} is active` : `${login} is not active; its sessions are over`;
}

async function reach(desk: TrytonDesk, login: string, code: string, change: 'add' | 'remove'): Promise<void> {
  const company = await desk.only('company.company', [['party.code', '=', code]]);
  const user = await userOf(desk, login);
  await desk.write('res.user', [user], { companies: [[change, [company]]] });
}

function userOf(desk: TrytonDesk, login: string): Promise<number> {
  return desk.only('res.user', [['login', '=', login]]);
}
