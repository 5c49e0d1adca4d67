import type { Scope, ScopeLevel } from './scopes.ts';

/** An app as it is registered at the vendor. */
export interface App {
  id: string;
  secret: string;
  name: string;
  /** Registered addresses; addresses of this machine are always allowed in the sandbox. */
  redirectUris: readonly string[];
  /** What the app may do, by data scope; `manage` where nothing is said. */
  scopes: Partial<Record<Scope, ScopeLevel>>;
  /** Signs what is sent to a CallbackURL. */
  webhookSecret: string;
}

export const defaultApp: App = {
  id: 'syncuser-local',
  secret: 'syncuser-local-secret',
  name: 'Syncuser',
  redirectUris: [],
  scopes: {},
  webhookSecret: 'syncuser-local-webhook-secret',
};
