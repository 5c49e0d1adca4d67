import { z } from 'zod';
import {
  createSwitch,
  divisionField,
  kindField,
  nameOfCompany,
  type Switch,
  type SwitchDeps,
  type Switches,
  SwitchRefusal,
  yesField,
} from './switch.ts';

/** What can happen to a company and in its books. */
export function createBooksSwitches(deps: SwitchDeps): Switches {
  return { company: company(deps), rows: rows(deps) };
}

const companySchema = z.object({
  division: divisionField,
  code: z.string().min(1).exactOptional(),
  name: z.string().min(1).exactOptional(),
  blocked: yesField.exactOptional(),
  archived: yesField.exactOptional(),
  deleted: yesField.exactOptional(),
});

/** Gives a company another code or name, blocks, archives or deletes it; the division stays what it is. */
function company({ store, divisions }: SwitchDeps): Switch {
  return createSwitch(companySchema, ({ division, ...changes }) => {
    const key = String(division);
    const before = store.state.companies[key];
    if (!before && !divisions.find(division)) throw new SwitchRefusal(`There is no company ${division}.`);
    store.change((state) => {
      state.companies[key] = { ...before, ...changes };
    });
    const now = divisions.find(division);
    if (!now) return `Company ${division} is deleted: it is in no list any more.`;
    const standing = now.blocked ? 'blocked (403 DivisionBlocked)' : now.archived ? 'archived' : 'open';
    return `Company ${division} is ${now.code} ${now.name}, ${standing}.`;
  });
}

const count = z.coerce.number().int().min(0).max(100_000).default(0);
const rowsSchema = z.object({
  division: divisionField,
  kind: kindField,
  add: count,
  change: count,
  delete: count,
});

/** Adds, changes and deletes rows, as a bookkeeper would; which ones is drawn, and the same after a restart. */
function rows(deps: SwitchDeps): Switch {
  return createSwitch(rowsSchema, (body) => {
    const name = nameOfCompany(deps, body.division);
    const wanted = (['add', 'change', 'delete'] as const).filter((action) => body[action] > 0);
    deps.store.change((state) => {
      const changes = (state.rowChanges[`${body.division}/${body.kind.id}`] ??= []);
      for (const action of wanted) {
        const at = deps.clock.now();
        changes.push({ action, count: body[action], at, firstTimestamp: state.nextTimestamp });
        state.nextTimestamp += body[action];
      }
    });
    const done = wanted.map((action) => `${action} ${body[action]}`).join(', ');
    return `${body.kind.plain} of ${name}: ${done || 'nothing to do'}.`;
  });
}
