import { z } from 'zod';
import { createBooksSwitches } from '../books/books-switches.ts';
import { scopeLevels, scopes } from '../scopes.ts';
import { createSwitch, type SwitchDeps, type Switches, yesField } from '../switch.ts';
import { createEntrySwitches } from '../books/entry-switches.ts';
import { createUserSwitches } from '../login/user-switches.ts';
import { createWireSwitches } from './wire-switches.ts';

/** All switches by the name they have under `/control/`. */
export function createSwitches(deps: SwitchDeps): Switches {
  return {
    ...createUserSwitches(deps),
    ...createBooksSwitches(deps),
    ...createWireSwitches(deps),
    ...createEntrySwitches(deps),
    ...createWholeSwitches(deps),
  };
}

const customerSchema = z.object({ blocked: yesField.optional(), licenceExpired: yesField.optional() });
const scopeSchema = z.object({ scope: z.enum(scopes), level: z.enum(scopeLevels) });

/** What goes for everybody: the licence, the registration of the app, the clock. */
function createWholeSwitches({ store, clock }: SwitchDeps): Switches {
  return {
    customer: createSwitch(customerSchema, ({ blocked, licenceExpired }) => {
      store.change(({ customer }) => {
        customer.blocked = blocked ?? customer.blocked;
        customer.licenceExpired = licenceExpired ?? customer.licenceExpired;
      });
      const now = store.state.customer;
      if (now.blocked) return 'The customer is blocked: every call answers 403 BlockedCustomer.';
      return now.licenceExpired
        ? 'The licence has expired: every call answers 403 LicenseExpired.'
        : 'The licence is in order.';
    }),
    'app-scope': createSwitch(scopeSchema, ({ scope, level }) => {
      store.change((state) => {
        state.scopes[scope] = level;
      });
      return level === 'none'
        ? `The app has no scope ${scope}: its calls answer 403 "Application Scope Violated".`
        : `The app may ${level} ${scope}.`;
    }),
    'division-lists': createSwitch(z.object({ checkPath: yesField }), ({ checkPath }) => {
      store.change((state) => {
        state.listsCheckDivision = checkPath;
      });
      return checkPath
        ? 'Lists of companies refuse a company in their path that the consent does not cover.'
        : 'Lists of companies answer whatever company is in their path.';
    }),
    clock: createSwitch(z.object({ advanceSeconds: z.coerce.number().positive() }), ({ advanceSeconds }) => {
      clock.advance(advanceSeconds);
      return `The clock is ${advanceSeconds} seconds further, at ${new Date(clock.now()).toISOString()}.`;
    }),
    reset: createSwitch(z.object({}), () => {
      store.reset();
      return 'Everything is as at the beginning: no consents, no changed rows, all switches off.';
    }),
  };
}
