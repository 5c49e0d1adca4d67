import { noScreens, type ScreensOf } from '../domain/screens.ts';
import type { AccountingSystem } from './port.ts';

export interface AccountingSystems {
  /** Every system an admin can choose, in the order they are offered. */
  all(): readonly AccountingSystem[];
  /** @throws Error when no system has this id */
  get(id: string): AccountingSystem;
  /** Where in it people mend things; nothing is known of one that is not configured any more. */
  readonly screensOf: ScreensOf;
}

/** The accounting systems this installation knows; adding one is one folder and one element. */
export function createAccountingSystems(systems: readonly AccountingSystem[]): AccountingSystems {
  return {
    all: () => systems,
    get(id) {
      const system = systems.find((candidate) => candidate.id === id);
      if (!system) throw new Error(`No accounting system "${id}" is configured`);
      return system;
    },
    screensOf: (id) => systems.find((system) => system.id === id)?.screens ?? noScreens,
  };
}
