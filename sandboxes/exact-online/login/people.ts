import type { Books } from '../books/books.ts';
import type { KindId } from '../books/kinds.ts';
import { demoPeople, type DemoPerson, password } from '../books/names.ts';
import { guidFrom } from '../books/random.ts';
import type { Reason } from '../refusal.ts';
import type { Denial, State, UserState } from '../state-schema.ts';
import type { StateStore } from '../state.ts';

/** A user of the accounting system with what they may do at this moment. */
export interface Person extends DemoPerson, UserState {
  userId: string;
}

export interface People {
  all(): Person[];
  find(userName: string): Person | undefined;
  /** Null when the user may log in, else what the login page says. */
  logInRefusal(userName: string, typed: string): string | null;
  /** Why every call of this user is refused, or null. */
  refusal(person: Person): Reason | null;
  /** The right that is missing for this kind in this company, or null. */
  denial(person: Person, division: number, kind: KindId): Denial | null;
}

/** How the users are at the beginning: all active, each with their companies; some may have no name of their own. */
export function initialUsers(books: Pick<Books, 'companies'>, nameless = 0): State['users'] {
  const divisions = books.companies.map((company) => company.division);
  const more = Array.from({ length: nameless }, (_, index) => described(`User${index + 1}`));
  return Object.fromEntries(
    [...demoPeople, ...more].map((person) => {
      const reached = Math.max(1, divisions.length - person.companiesMissing);
      return [
        person.userName,
        { blocked: false, inactive: false, divisions: divisions.slice(0, reached), denials: [] },
      ];
    }),
  );
}

function described(userName: string): DemoPerson {
  const known = demoPeople.find((person) => person.userName === userName);
  const email = `${userName.toLowerCase()}@vandijkpartners.example`;
  return known ?? { userName, fullName: userName, email, languageCode: 'nl-NL', companiesMissing: 0 };
}

/** The people of the accounting office; what they may do is read from the state each time. */
export function createPeople(store: StateStore): People {
  const names = () => Object.keys(store.state.users);
  const person = (userName: string): Person => ({
    ...described(userName),
    userId: guidFrom(`user/${userName}`),
    ...store.state.users[userName]!,
  });
  const find = (typed: string) => {
    const known = names().find((name) => name.toLowerCase() === typed.trim().toLowerCase());
    return known === undefined ? undefined : person(known);
  };
  return {
    all: () => names().map(person),
    find,
    logInRefusal(userName, typed) {
      const found = find(userName);
      if (!found || typed !== password) return 'The user name or the password is not right.';
      if (found.blocked) return `${found.userName} is blocked. Ask your administrator to unblock this user.`;
      if (found.inactive) return `${found.userName} is no longer active.`;
      return null;
    },
    refusal({ blocked, inactive }) {
      if (blocked) return 'BlockedUser';
      if (inactive) return 'InactiveUser';
      if (store.state.customer.blocked) return 'BlockedCustomer';
      return store.state.customer.licenceExpired ? 'LicenseExpired' : null;
    },
    denial: ({ denials }, division, kind) =>
      denials.find((one) => one.kind === kind && (one.division === null || one.division === division)) ??
      null,
  };
}
