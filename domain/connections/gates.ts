import type { CompanyStatus } from './company.ts';
import { kindNames, type MasterDataKind } from '../master-data.ts';
import { capital } from '../sentence.ts';

/**
 * What stands between a login that works and the data of a company. Each is opened on another screen of the package, so
 * a missing right, a narrowed consent and a missing module are three repairs, and none of them is a new login.
 */
export const gates = ['company-access', 'app-companies', 'user-right', 'app-scope', 'module'] as const;
export type Gate = (typeof gates)[number];

export interface GateNames {
  /** Id of the accounting system, for the names of its screens. */
  systemId: string;
  /** What people call it. */
  system: string;
  login: string;
  /** What people call it, or them. */
  company: string;
  /** There is more than one company. @default false */
  many?: boolean;
  /** Which kinds are concerned; without any, all. */
  kinds?: readonly MasterDataKind[];
}

interface Template {
  what: string;
  mend: string;
}

/** What is the matter, within a sentence and as its `opening`, and what to do about it. */
export interface MendWords extends Template {
  opening: string;
}

const words: Record<Gate, Template> = {
  'company-access': {
    what: '{login} has no access to {company} in {system}',
    mend: 'Ask an administrator of {system} to give {login} access to {company}: {screen}. The next round brings it in.',
  },
  'app-companies': {
    what: 'Syncuser itself may not enter {company}: the consent of {login} in {system} leaves it out',
    mend: 'Ask {login} to add {company} to the companies of Syncuser: {screen}. The next round brings it in.',
  },
  'user-right': {
    what: '{login} may not read the {kind} of {company} in {system}',
    mend: 'Ask an administrator of {system} to give {login} this right: {screen}. The next round brings them in.',
  },
  'app-scope': {
    what: 'Syncuser itself may not read the {kind} of {company} in {system}',
    mend: 'Ask whoever keeps the registration of Syncuser at {system}: {screen}. Then click Reconnect, so that {login} consents to it.',
  },
  module: {
    what: '{company} {has} no {kind} in {system}: {its} licence lacks the module',
    mend: 'Nothing is wrong when {they} {do} not use them; otherwise extend the licence: {screen}.',
  },
};

type Screens = Partial<Record<Gate, string | ((kinds: readonly MasterDataKind[]) => string)>>;

const general: Record<Gate, string> = {
  'company-access': 'user management, access to companies',
  'app-companies': 'the permissions of apps, companies',
  'user-right': 'user management, rights',
  'app-scope': 'the registration of the app, access to data',
  module: 'the subscription',
};

/**
 * Exact Online's screens: "Troubleshooting errors for syncing invoices" of Zapfloor (company access, companies of an app)
 * and "Rechten in Exact Online" of Barcode Scan (rights), two pages for users of apps; second-hand. Under which heading
 * a right stands on the screen Rights is inferred from the heading of the endpoint in the vendor's reference.
 */
const exactOnline: Screens = {
  'company-access':
    'Company name > Master data > Users > Overview, choose the user, then Companies: Access rights',
  'app-companies':
    "User name > My Exact Online > Security Centre > My app's permissions > Permitted companies > Manage companies",
  'user-right': (kinds) =>
    `Company name > Master data > Users > Overview, choose the user, then Rights > ${series(kinds.map((kind) => exactHeadings[kind]))}`,
  'app-scope': (kinds) =>
    `the app in the Exact Online App Centre, Data scope, at least Read on ${series(kinds.map((kind) => `"${exactScopes[kind]}"`))}`,
};

const exactHeadings: Record<MasterDataKind, string> = {
  'gl-account': 'Financial (general ledger)',
  relation: 'General (relations)',
  'bank-account': 'General (relations)',
  'vat-code': 'Financial (VAT)',
  'cost-centre': 'Financial (cost centres)',
  'cost-unit': 'Financial (cost units)',
  journal: 'Financial (journals)',
  'payment-condition': 'Financial (payment conditions)',
  item: 'Stock (items)',
  project: 'Projects',
};

/** The scope of each endpoint (DannyvdSluijs/ExactOnlineRestApiReference). */
const exactScopes: Record<MasterDataKind, string> = {
  'gl-account': 'Financial: General ledgers',
  relation: 'CRM: Accounts',
  'bank-account': 'CRM: Accounts',
  'vat-code': 'Financial: Accounting',
  'cost-centre': 'Financial: Cost centers',
  'cost-unit': 'Financial: Cost centers',
  journal: 'Financial: General ledgers',
  'payment-condition': 'Financial: Cash flow',
  item: 'Logistics: Items',
  project: 'Projects: Projects',
};

/** Tryton 8.0, as its client names them. */
const tryton: Screens = {
  'company-access': 'Administration > Users > Users, the field Companies, and Company Filter on "All"',
  'user-right': (kinds) =>
    `Administration > Models > Models Access, ${series(kinds.flatMap((kind) => trytonModels[kind]))}, and the groups of the user`,
  module: 'Administration > Modules',
};

/** A list needs more models than its own: those that its records lead to. */
const trytonModels: Record<MasterDataKind, readonly string[]> = {
  'gl-account': ['account.account', 'account.account.type', 'account.tax'],
  relation: [
    'party.party',
    'party.address',
    'party.identifier',
    'party.contact_mechanism',
    'country.country',
  ],
  'bank-account': ['bank.account', 'bank.account.number', 'party.party'],
  'vat-code': ['account.tax', 'account.tax.group'],
  'cost-centre': ['analytic_account.account'],
  'cost-unit': [],
  journal: ['account.journal'],
  'payment-condition': [
    'account.invoice.payment_term',
    'account.invoice.payment_term.line',
    'account.invoice.payment_term.line.delta',
  ],
  item: ['product.product', 'product.template', 'product.uom'],
  project: ['project.work', 'project.work.status'],
};

const screensOf: Record<string, Screens | undefined> = { 'exact-online': exactOnline, tryton };

/** What is closed, and on which screen of the package it is opened. */
export function explainGate(gate: Gate, names: GateNames): MendWords {
  const known = screensOf[names.systemId]?.[gate];
  const { kinds = [] } = names;
  const screen = typeof known === 'function' ? kinds.length > 0 && known(kinds) : known;
  return fill(words[gate], names, screen || general[gate]);
}

const companyWords: Record<Exclude<CompanyStatus, 'reachable' | 'no-access'>, Template> = {
  blocked: {
    what: '{company} {is} blocked in {system}',
    mend: 'Often that is a conversion, a copy or a restore, and ends by itself. If it stays so, ask an administrator of {system}.',
  },
  'licence-expired': {
    what: 'the licence of {company} in {system} has expired',
    mend: 'Renew the licence; the next round goes on by itself.',
  },
  archived: {
    what: '{company} {is} archived in {system}',
    mend: 'Nothing has to be done. To go on with {them}, ask an administrator of {system} to take {them} out of the archive.',
  },
  gone: {
    what: '{system} no longer lists {company}',
    mend: 'If {they} {was} deleted, nothing has to be done. If not, ask an administrator of {system} whether {login} still sees {them}.',
  },
  unverified: {
    what: 'nobody has looked yet whether {login} reaches {company}',
    mend: 'Wait for the next round, or type /syncuser sync.',
  },
};

/** Why a company is not to be had, and what to do about it; null when it is to be had. */
export function explainCompanyStatus(
  status: CompanyStatus,
  names: GateNames,
  gate: Gate = 'company-access',
): MendWords | null {
  if (status === 'reachable') return null;
  if (status === 'no-access') return explainGate(gate, names);
  return fill(companyWords[status], names);
}

/** The same for whatever stands between a login and the data. */
export function explainBarrier(barrier: Gate | keyof typeof companyWords, names: GateNames): MendWords {
  return isGate(barrier) ? explainGate(barrier, names) : fill(companyWords[barrier], names);
}

const isGate = (barrier: Gate | keyof typeof companyWords): barrier is Gate => barrier in words;

/** How one company is spoken of, and how more are. */
const forms = {
  one: { is: 'is', has: 'has', was: 'was', do: 'does', its: 'its', they: 'it', them: 'it' },
  many: { is: 'are', has: 'have', was: 'were', do: 'do', its: 'their', they: 'they', them: 'them' },
};

/** These words with the names in their places. */
export function fill({ what, mend }: Template, names: GateNames, screen = ''): MendWords {
  const { systemId: _id, kinds = [], many = false, ...plain } = names;
  const kind = kinds.length > 0 ? series(kinds.map((one) => kindNames[one])) : 'master data';
  const filling: Record<string, string> = { ...plain, ...forms[many ? 'many' : 'one'], kind, screen };
  const put = (text: string) => text.replaceAll(/\{(\w+)\}/g, (_, name: string) => filling[name] ?? '');
  return { what: put(what), opening: put(capital(what)), mend: put(mend) };
}

/** "A, B and C", each once. */
function series(words: readonly string[]): string {
  const once = [...new Set(words)];
  return once.length < 2 ? (once[0] ?? '') : `${once.slice(0, -1).join(', ')} and ${once.at(-1)}`;
}
