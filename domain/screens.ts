import type { LinkCause } from './causes.ts';
import type { Gate } from './connections/gates.ts';
import type { MasterDataKind } from './master-data.ts';

/** Where in an accounting system people mend things: paths of its menus, in the words its users see. */
export interface Screens {
  /** What stands between a login and the data; some paths depend on what is to be read. */
  gates: Partial<Record<Gate, string | ScreenOfKinds>>;
  /** A cause that only a new login mends has none. */
  causes: Partial<Record<LinkCause, string>>;
  /** Where a person withdraws the consent they gave us. */
  revoke?: string;
}

/** `listed` puts several names into words, each once, as the reader's language does. */
export type ScreenOfKinds = (
  kinds: readonly MasterDataKind[],
  listed: (names: readonly string[]) => string,
) => string;

/** By the id of the accounting system; nothing is known of one that is not configured any more. */
export type ScreensOf = (systemId: string) => Screens;

export const noScreens: Screens = { gates: {}, causes: {} };
