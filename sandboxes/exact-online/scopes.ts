import { Refusal } from './refusal.ts';
import type { StateStore } from './state.ts';

/** Data scopes as the vendor writes them in a refusal; an app gets a level for each when it is registered. */
export const scopes = [
  'crm.accounts',
  'financial.accounting',
  'financial.cashflow',
  'financial.costcenters',
  'financial.generalledgers',
  'logistics.items',
  'organization.administration',
  'projects.projects',
  'purchase.invoices',
] as const;
export type Scope = (typeof scopes)[number];

export const scopeLevels = ['none', 'read', 'manage'] as const;
export type ScopeLevel = (typeof scopeLevels)[number];

export interface AppScopes {
  level(scope: Scope): ScopeLevel;
  /** @throws Refusal 403 "Application Scope Violated" (picqer issues 509 and 659; "manage" in it is assumed) */
  demand(scope: Scope, level: 'read' | 'manage'): void;
}

/** The scopes of the app: as registered, or as the switch `app-scope` says. Unnamed ones may be managed. */
export function createAppScopes(
  registered: Partial<Record<Scope, ScopeLevel>>,
  store: StateStore,
): AppScopes {
  const level = (scope: Scope) => store.state.scopes[scope] ?? registered[scope] ?? 'manage';
  return {
    level,
    demand(scope, wanted) {
      if (scopeLevels.indexOf(level(scope)) >= scopeLevels.indexOf(wanted)) return;
      throw new Refusal(403, `Forbidden - Application Scope Violated. Cannot ${wanted} '${scope}' scope.`);
    },
  };
}
