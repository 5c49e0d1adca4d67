import { type Gate } from '../../domain/connections/gates.ts';
import type { CompanyStatus } from '../../domain/connections/company.ts';
import type { MasterDataKind } from '../../domain/master-data.ts';
import type { Screens } from '../../domain/screens.ts';
import { kindNames } from '../kinds.ts';
import { capital, series } from '../sentence.ts';

export interface GateNames {
  /** What people call the accounting system. */
  system: string;
  /** Where in it things are mended. */
  screens: Screens;
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

const general: Record<Gate, string> = {
  'company-access': 'user management, access to companies',
  'app-companies': 'the permissions of apps, companies',
  'user-right': 'user management, rights',
  'app-scope': 'the registration of the app, access to data',
  module: 'the subscription',
};

/** What is closed, and on which screen of the package it is opened. */
export function explainGate(gate: Gate, names: GateNames): MendWords {
  const known = names.screens.gates[gate];
  const { kinds = [] } = names;
  const screen = typeof known === 'function' ? kinds.length > 0 && known(kinds, series) : known;
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
  const { screens: _screens, kinds = [], many = false, ...plain } = names;
  const kind = kinds.length > 0 ? series(kinds.map((one) => kindNames[one])) : 'master data';
  const filling: Record<string, string> = { ...plain, ...forms[many ? 'many' : 'one'], kind, screen };
  const put = (text: string) => text.replaceAll(/\{(\w+)\}/g, (_, name: string) => filling[name] ?? '');
  return { what: put(what), opening: put(capital(what)), mend: put(mend) };
}
