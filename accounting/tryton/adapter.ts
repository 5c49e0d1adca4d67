import { hostname } from 'node:os';
import type { z } from 'zod';
import type { Company } from '../../domain/connections/company.ts';
import { AccountingFailure } from '../failure.ts';
import type { AccountingSession, AccountingSystem, Credential, FormSignIn, GrantVault } from '../port.ts';
import { createAsk } from './ask.ts';
import { createTrytonClient, type TrytonAddress, type TrytonClient } from './client.ts';
import { createTrytonCaller, isRefusal, withSession } from './grant.ts';
import { createPurchaseBookings } from './purchase-invoices.ts';
import { reachableCompanies } from './reach.ts';
import { readPages } from './reading.ts';
import { rightsOfTables } from './rights.ts';
import { companiesSchema, modelsSchema, preferencesSchema, secretSchema, usersSchema } from './schemas.ts';
import { trytonScreens } from './screens.ts';
import { tableOf, tables } from './tables.ts';

export interface TrytonOptions extends TrytonAddress {
  /** @default the clock of this machine */
  now?: () => Date;
  /** Records per call. @default 500 */
  pageSize?: number;
  /** Whose sessions these are: all processes with the same address as Tryton sees it. @default the name of this host */
  host?: string;
}

/** Tryton 8.0: one database of one server, with a user name and a password. */
export function createTryton({ host = hostname(), ...options }: TrytonOptions): AccountingSystem {
  const client = createTrytonClient(options);
  return {
    id: 'tryton',
    name: 'Tryton',
    signIn: createSignIn(client, host),
    screens: trytonScreens,
    open: (vault) => openSession(client, vault, { host, ...options }),
  };
}

function createSignIn(client: TrytonClient, host: string): FormSignIn {
  return {
    kind: 'form',
    fields: [
      { name: 'userName', label: 'User name', secret: false },
      { name: 'password', label: 'Password', secret: true },
    ],
    async redeem({ values, signal }): Promise<Credential> {
      const { userName = '', password = '' } = values;
      try {
        const { userId, token } = await client.login({ userName, password }, signal);
        return { secret: withSession({ userName, password }, host, { userId, token }), expiresAt: null };
      } catch (error) {
        throw signInFailure(error);
      }
    },
  };
}

function signInFailure(error: unknown): unknown {
  if (isRefusal(error, 'unauthorised')) {
    return new AccountingFailure({ about: 'login', reason: 'credentials-refused' }, error.message);
  }
  if (isRefusal(error, 'asks-more')) {
    return new AccountingFailure({ about: 'login', reason: 'login-failed' }, error.message);
  }
  return error;
}

function openSession(
  client: TrytonClient,
  vault: GrantVault,
  { host, ...options }: TrytonOptions & { host: string },
): AccountingSession {
  const { database, now = () => new Date(), pageSize = 500 } = options;
  const caller = createTrytonCaller(client, vault, { host, now });
  const ask = createAsk(caller);
  const preferences = (signal?: AbortSignal) =>
    ask(preferencesSchema, 'model.res.user.get_preferences', [false, {}], signal);

  /** @throws AccountingFailure when the user does not get into the company */
  async function reach(externalId: string, signal: AbortSignal | undefined) {
    const company = Number(externalId);
    const known = await preferences(signal);
    if (!reachableCompanies(known).has(company)) throw outOfReach(externalId);
    return { company, context: { company, language: known.language ?? 'en', active_test: false } };
  }

  return {
    async whoAmI(signal) {
      // The first call opens the session, if need be; only then is the id of the user known.
      await preferences(signal);
      const { userName, sessions } = secretSchema.parse((await vault.read()).credential.secret);
      const userId = sessions[host]?.userId ?? 0;
      const [user] = await ask(usersSchema, 'model.res.user.read', [[userId], ['login'], {}], signal);
      return {
        userId: String(userId),
        userName: user?.login ?? userName,
        environmentId: database,
        environmentName: database,
      };
    },

    async companies(signal) {
      const reach = reachableCompanies(await preferences(signal));
      const found = await ask(
        companiesSchema,
        'model.company.company.search_read',
        [[], 0, null, [['id', 'ASC']], ['rec_name', 'party.code'], {}],
        signal,
      );
      return found.map((company) => companyOf(company, reach));
    },

    async kinds(signal) {
      const names = tables.map(({ model }) => model);
      const parameters = [[['name', 'in', names]], 0, null, null, ['name'], {}];
      const models = await ask(modelsSchema, 'model.ir.model.search_read', parameters, signal);
      const present = new Set(models.map(({ name }) => name));
      return tables.filter(({ model }) => present.has(model)).map(({ kind }) => kind);
    },

    async *read({ company: { externalId }, kind, checkpoint, signal }) {
      const table = tableOf(kind);
      if (!table) throw new AccountingFailure({ about: 'right' }, `Tryton has no ${kind}`);
      const { company, context } = await reach(externalId, signal);
      const reaches = async (until: AbortSignal | undefined) =>
        reachableCompanies(await preferences(until)).has(company);
      yield* readPages(caller, { table, company, context, checkpoint, reaches, pageSize, now, signal });
    },

    async rights({ company: { externalId }, kinds, signal }) {
      const asked = kinds.flatMap((kind) => tableOf(kind) ?? []);
      return rightsOfTables(caller, { tables: asked, ...(await reach(externalId, signal)), signal });
    },

    purchaseBookings: createPurchaseBookings({ caller, reach }),
  };
}

function companyOf(company: z.output<typeof companiesSchema>[number], reach: ReadonlySet<number>): Company {
  return {
    externalId: String(company.id),
    code: company['party.']?.code ?? String(company.id),
    name: company.rec_name,
    status: reach.has(company.id) ? 'reachable' : 'no-access',
  };
}

/** Never read it to find out: Tryton gives an empty list, which would look like books without any accounts. */
function outOfReach(externalId: string): AccountingFailure {
  return new AccountingFailure(
    { about: 'company', status: 'no-access' },
    `company ${externalId} is not among the companies of this user, or their company filter is on another one`,
  );
}
