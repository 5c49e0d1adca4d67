import type { Login } from '../connection.ts';

/** What a login turned out to be and to reach, in ids and counts. */
export interface FoundLogin {
  login: Login;
  /** Companies the package listed for this login, and how many of them it gets into. */
  total: number;
  reachable: number;
  /** How many companies are linked, and which of them it does not get into, by external id. */
  linked: number;
  missing: string[];
  /** Name of another connection that already uses this very login, or null. */
  usedBy: string | null;
}

export type Verdict = 'fits' | 'wrong-user' | 'wrong-environment' | 'no-companies' | 'login-in-use';

/** A first login: anybody may come, but it must reach something and must not be another connection's login. */
export function judgeFirstLogin(found: FoundLogin): Verdict {
  if (found.usedBy !== null) return 'login-in-use';
  return found.reachable === 0 ? 'no-companies' : 'fits';
}

/** A reconnect: the same accounting-system user in the same environment, or nothing is switched. */
export function judgeReconnect(found: FoundLogin, expected: Login): Verdict {
  if (found.login.environmentId !== expected.environmentId) return 'wrong-environment';
  if (found.login.accountingUserId !== expected.accountingUserId) return 'wrong-user';
  return found.linked > 0 && found.missing.length === found.linked ? 'no-companies' : 'fits';
}

/** A person's own login: any user of the environment; the login of another connection is left alone. */
export function judgePersonal(found: FoundLogin, current: Login | null): Verdict {
  if (current && found.login.environmentId !== current.environmentId) return 'wrong-environment';
  return found.usedBy === null ? 'fits' : 'login-in-use';
}
