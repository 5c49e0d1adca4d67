import { z } from 'zod';
import { createBooksSwitches } from './books-switches.ts';
import { createSwitch, type SwitchDeps, type Switches, yesField } from './switch.ts';
import { createUserSwitches } from './user-switches.ts';

/** All switches by the name they have under `/control/`. */
export function createSwitches(deps: SwitchDeps): Switches {
  return { ...createUserSwitches(deps), ...createBooksSwitches(deps), ...createWholeSwitches(deps) };
}

const outageSchema = z.object({
  on: yesField,
  how: z.enum(['status-503', 'maintenance-page']).default('status-503'),
});
const rateLimitSchema = z.object({ on: yesField, window: z.enum(['minute', 'day']).default('minute') });
const customerSchema = z.object({ blocked: yesField.optional(), licenceExpired: yesField.optional() });

/** What goes for everybody: the weather of the vendor, the licence, the clock. */
function createWholeSwitches({ store, clock }: SwitchDeps): Switches {
  return {
    outage: createSwitch(outageSchema, ({ on, how }) => {
      store.change((state) => {
        state.outage = on ? how : 'off';
      });
      if (!on) return 'Exact Online answers again.';
      return how === 'status-503'
        ? 'Outage: everything answers 503.'
        : 'Outage: everything answers 200 with an HTML maintenance page.';
    }),
    'rate-limit': createSwitch(rateLimitSchema, ({ on, window }) => {
      store.change((state) => {
        state.rateLimit = on ? window : 'off';
      });
      return on
        ? `Every call in a company answers 429, as if the budget of the ${window} were used up.`
        : 'The budgets count as usual.';
    }),
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
