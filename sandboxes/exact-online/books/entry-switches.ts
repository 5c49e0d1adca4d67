import { z } from 'zod';
import {
  createSwitch,
  divisionField,
  nameOfCompany,
  nameOfUser,
  type SwitchDeps,
  type Switches,
  userField,
  yesField,
} from '../switch.ts';

/** What can be in the way of a purchase entry, and what somebody else may have booked before. */
export function createEntrySwitches(deps: SwitchDeps): Switches {
  return {
    'close-period': createSwitch(
      z.object({
        division: divisionField,
        until: z.union([z.literal(''), z.string().regex(/^\d{4}-\d\d$/)]),
      }),
      ({ division, until }) => {
        const name = nameOfCompany(deps, division);
        deps.store.change((state) => {
          state.closedUntil[String(division)] = until;
        });
        return until ? `${name}: every period until ${until} is closed.` : `${name}: all periods are open.`;
      },
    ),
    'booking-right': createSwitch(z.object({ user: userField, allowed: yesField }), ({ user, allowed }) => {
      const name = nameOfUser(deps, user);
      deps.store.change((state) => {
        state.mayNotBook = state.mayNotBook.filter((one) => one !== name).concat(allowed ? [] : [name]);
      });
      return allowed
        ? `${name} may see and make purchase entries.`
        : `${name} may not: the list of entries looks empty, and a new one answers 403 Forbidden.`;
    }),
    'lose-entry-reply': createSwitch(
      z.object({ times: z.coerce.number().int().min(0).default(1) }),
      ({ times }) => {
        deps.store.change((state) => {
          state.loseEntryReplies = times;
        });
        return times === 0
          ? 'Replies to a new purchase entry arrive.'
          : `The next ${times} replies to a new purchase entry get lost: it is booked, and nobody hears of it.`;
      },
    ),
  };
}
