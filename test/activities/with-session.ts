import type { AccountingSession, AccountingSystem } from '../../accounting/port.ts';

/** The same accounting system, some of whose sessions' answers are others: what no switch of the sandbox can do. */
export function withSession(
  system: AccountingSystem,
  change: (session: AccountingSession) => Partial<AccountingSession>,
): AccountingSystem {
  return {
    ...system,
    open: (vault) => {
      const session = system.open(vault);
      return { ...session, ...change(session) };
    },
  };
}
