import { logIn } from '@syncuser/exact-online-sandbox';
import type { Endpoints } from '../../start/endpoints.ts';
import { postJson } from './post-json.ts';
import type { SystemAtWork, SystemOfStory } from './system.ts';

const password = 'sandbox';
const client = { client_id: 'syncuser-local', client_secret: 'syncuser-local-secret' };

/** The package wants every list filtered (vendor's page "API limits"); this passes all rows. */
const everyRow = `$filter=ID ne guid'00000000-0000-0000-0000-000000000000'`;

/** Where each kind is listed (vendor's reference of REST resources), and a field that every row of it has. */
const lists = {
  'gl-account': 'financial/GLAccounts',
  relation: 'crm/Accounts',
  'bank-account': 'crm/BankAccounts',
  'vat-code': 'vat/VATCodes',
  'cost-centre': 'hrm/Costcenters',
  'cost-unit': 'hrm/Costunits',
  journal: 'financial/Journals',
  'payment-condition': 'cashflow/PaymentConditions',
  item: 'logistics/Items',
  project: 'project/Projects',
};

export const exactOnline: SystemOfStory = {
  name: 'Exact Online',
  id: 'exact-online',
  companies: 12,
  reachedByLesser: 9,
  logins: {
    synchronisation: 'CX_Basecone',
    successor: 'S.Jansen',
    lesser: 'P.Peeters',
    another: 'T.deVries',
  },
  channels: ['C0NORTH', 'C0SOUTH'],
  invoice: { supplier: '1001', journal: '50', glAccount: '4400', vatCode: '2' },
  why: 'the consent of CX_Basecone was withdrawn in Exact Online',
  open,
};

function open(endpoints: Endpoints): SystemAtWork {
  const base = endpoints.accounting!;
  const turn = (name: string, body: object) => postJson(`${endpoints.accountingControl}/${name}`, body);
  const renamed = new Set<string>();
  const state = async () =>
    (await (await fetch(`${base}/control/state`)).json()) as {
      companies: { division: number; code: string }[];
      entries: { division: number; number: number; yourRef: string }[];
    };
  const companies = async () => (await state()).companies;

  return {
    async logInInstead(visitor, login) {
      await visitor.press(`Log in as ${login}`);
      await this.logIn(visitor, login);
    },

    async logIn(visitor, login) {
      await visitor.press('Continue to Exact Online');
      await visitor.sees('Log in to Exact Online');
      await visitor.fill('userName', login);
      await visitor.fill('password', password);
      await visitor.press('Log in');
      await visitor.sees(`wants to read master data as ${login}`);
      await visitor.press('Allow');
    },

    async breakLogin() {
      await turn('withdraw-consent', { user: exactOnline.logins.synchronisation });
    },

    async counts() {
      const read = await openApi(base);
      const counted: Record<string, number> = {};
      for (const { division, code } of await companies())
        for (const [kind, resource] of Object.entries(lists)) {
          const list = await read(
            `${division}/${resource}?$select=ID&${everyRow}&$top=1&$inlinecount=allpages`,
          );
          if (Number(list.__count) > 0) counted[`${code}/${kind}`] = Number(list.__count);
        }
      return counted;
    },

    async renameARelation() {
      const [company] = await companies();
      const division = company!.division;
      await turn('rows', { division, kind: 'relation', change: 1 });
      const read = await openApi(base);
      const { results } = await read(`${division}/crm/Accounts?$select=Code,Name&${everyRow}`);
      const changed = results.find(({ Name }) => Name.includes('(gewijzigd') && !renamed.has(Name))!;
      renamed.add(changed.Name);
      return { code: changed.Code.trim(), name: changed.Name };
    },

    async booked() {
      const { companies: all, entries } = await state();
      const ofFirst = entries.filter(({ division }) => division === all[0]!.division);
      return ofFirst.toSorted((one, other) => one.number - other.number).map(({ yourRef }) => yourRef);
    },

    // The password is an everyday word, and it is typed on the page of the package: it never comes to the product.
    secrets: () => [client.client_secret],
  };
}

interface List {
  results: { Code: string; Name: string }[];
  __count?: string;
}

/** Reads the API as an app of its own would, with the login of somebody who has no part in the story. */
async function openApi(base: string): Promise<(path: string) => Promise<List>> {
  const redirectUri = 'http://localhost:1/callback';
  const question = { ...client, redirect_uri: redirectUri, response_type: 'code' };
  const callback = await logIn(`${base}/api/oauth2/auth?${new URLSearchParams(question).toString()}`, {
    userName: exactOnline.logins.another,
  });
  const grant = {
    ...client,
    grant_type: 'authorization_code',
    redirect_uri: redirectUri,
    code: callback.searchParams.get('code') ?? '',
  };
  const answer = await fetch(`${base}/api/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams(grant),
  });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  return async (path) => {
    const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
    const list = await fetch(`${base}/api/v1/${path}`, { headers });
    if (!list.ok) throw new Error(`the sandbox answered ${list.status} to ${path}`);
    return ((await list.json()) as { d: List }).d;
  };
}
