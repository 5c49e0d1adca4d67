import { z } from 'zod';
import type { Denial, UserState } from '../state-schema.ts';
import {
  anyDivisionField,
  createSwitch,
  divisionField,
  kindField,
  nameOfCompany,
  nameOfUser,
  type Switch,
  type SwitchDeps,
  type Switches,
  userField,
  yesField,
} from '../switch.ts';

/** What an administrator of the accounting office can do to one of its users. */
export function createUserSwitches(deps: SwitchDeps): Switches {
  return {
    'withdraw-consent': createSwitch(z.object({ user: userField }), ({ user }) => {
      const name = nameOfUser(deps, user);
      return deps.grants.withdraw(name) === 0
        ? `${name} had given no consent, so there was nothing to withdraw.`
        : `The consent of ${name} is withdrawn: access tokens answer 401, refresh tokens 400 invalid_grant.`;
    }),
    'expire-refresh-token': createSwitch(z.object({ user: userField }), ({ user }) => {
      const name = nameOfUser(deps, user);
      return deps.grants.expireRefreshTokens(name) === 0
        ? `${name} has given no consent, so there is no refresh token.`
        : `The refresh token of ${name} has expired: the token endpoint answers 400 invalid_request.`;
    }),
    'consent-companies': consentCompanies(deps),
    'log-in-as': logInAs(deps),
    'block-user': standing(deps, 'blocked', {
      on: 'is blocked: every call answers 403 BlockedUser, and the login page refuses',
      off: 'is not blocked',
    }),
    'deactivate-user': standing(deps, 'inactive', {
      on: 'is no longer active: every call answers 403 InactiveUser, and the login page refuses',
      off: 'is active',
    }),
    'remove-company': access(deps, false),
    'give-company': access(deps, true),
    right: right(deps),
  };
}

const coveredSchema = z.union([
  z.array(divisionField),
  z.literal('all').transform(() => null),
  z.string().transform((text) =>
    text
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(Number),
  ),
]);

/** What an administrator changes afterwards under Security centre, Manage companies. */
function consentCompanies(deps: SwitchDeps): Switch {
  return createSwitch(z.object({ user: userField, companies: coveredSchema }), ({ user, companies }) => {
    const name = nameOfUser(deps, user);
    for (const division of companies ?? []) nameOfCompany(deps, division);
    if (deps.grants.cover(name, companies) === 0) return `${name} has given no consent.`;
    return companies === null
      ? `The consent of ${name} covers every company.`
      : `The consent of ${name} covers ${companies.length} companies: calls in others answer 403 "not within division scope".`;
  });
}

/** The trap of every reconnect: the browser is logged in as somebody else, and the login page does not ask. */
function logInAs(deps: SwitchDeps): Switch {
  return createSwitch(z.object({ user: z.string().default('') }), ({ user }) => {
    const name = user === '' ? null : nameOfUser(deps, user);
    deps.store.change((state) => {
      state.browserUser = name;
    });
    return name
      ? `Every browser is logged in as ${name} already; only force_login or a log-out shows the login form.`
      : 'Browsers are not logged in.';
  });
}

function standing(
  deps: SwitchDeps,
  field: 'blocked' | 'inactive',
  words: { on: string; off: string },
): Switch {
  return createSwitch(z.object({ user: userField, on: yesField.default(true) }), ({ user, on }) => {
    const name = nameOfUser(deps, user);
    change(deps, name, (state) => {
      state[field] = on;
    });
    return `${name} ${on ? words.on : words.off}.`;
  });
}

function access(deps: SwitchDeps, given: boolean): Switch {
  return createSwitch(z.object({ user: userField, division: divisionField }), ({ user, division }) => {
    const name = nameOfUser(deps, user);
    const company = nameOfCompany(deps, division);
    change(deps, name, (state) => {
      const others = state.divisions.filter((one) => one !== division);
      state.divisions = given ? [...others, division] : others;
    });
    return given
      ? `${name} reaches ${company}.`
      : `${name} no longer reaches ${company}: calls answer 403 NoDivisionAccess.`;
  });
}

const rightSchema = z.object({
  user: userField,
  division: anyDivisionField,
  kind: kindField,
  allowed: yesField,
  how: z.enum(['empty', 'forbidden']).default('empty'),
});

function right(deps: SwitchDeps): Switch {
  return createSwitch(rightSchema, ({ user, kind, allowed, how, division = null }) => {
    const name = nameOfUser(deps, user);
    const where = division === null ? 'in every company' : `in ${nameOfCompany(deps, division)}`;
    const touched = (one: Denial) => one.kind === kind.id && (division === null || one.division === division);
    change(deps, name, (state) => {
      state.denials = perCompany(deps, state.denials, division).filter((one) => !touched(one));
      if (!allowed) state.denials.push({ division, kind: kind.id, how });
    });
    if (allowed) return `${name} may read ${kind.plain} ${where}.`;
    const shown = how === 'empty' ? 'it shows as an empty list' : 'it answers 403 Forbidden';
    return `${name} may not read ${kind.plain} ${where}: ${shown}.`;
  });
}

/** A denial in every company becomes one per company when a single one of them is touched. */
function perCompany({ divisions }: SwitchDeps, denials: readonly Denial[], touched: number | null): Denial[] {
  if (touched === null) return [...denials];
  return denials.flatMap((one) =>
    one.division === null ? divisions.all().map(({ division }) => ({ ...one, division })) : [one],
  );
}

function change({ store }: SwitchDeps, name: string, edit: (state: UserState) => void): void {
  store.change((state) => edit(state.users[name]!));
}
