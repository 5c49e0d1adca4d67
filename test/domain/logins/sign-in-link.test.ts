import { describe, expect, test } from '@jest/globals';
import {
  aboutNow,
  isAwaited,
  mayUseLink,
  whoCame,
  type SignInLink,
} from '../../../domain/logins/sign-in-link.ts';
import type { ConnectionState } from '../../../domain/connection.ts';
import { officeSchema, type Role } from '../../../domain/offices/office.ts';
import { connectedState } from '../../connected-state.ts';

const person = (id: string, role: Role, inactive = false) => ({
  ...{ id, name: id, slackUserId: `U-${id}`, roles: [role] },
  ...(inactive && { inactive }),
});
const office = officeSchema.parse({
  ...{ id: 'demo', name: 'Demo Accountants', channelId: 'C-all', teams: [] },
  users: [
    person('sanne', 'superuser'),
    person('tom', 'accountant'),
    person('robot', 'automation'),
    person('gone', 'superuser', true),
    person('left', 'accountant', true),
  ],
});
const connection = (changes: Partial<ConnectionState> = {}): ConnectionState => ({
  ...connectedState,
  synchronisationUserId: 'tom',
  ...changes,
});
const link = (changes: Partial<SignInLink>): SignInLink => ({
  ...{ officeUserId: 'tom', heldBy: 'tom', outsider: null, purpose: 'set-up', about: null },
  ...changes,
});
const may = (changes: Partial<SignInLink>, state: Partial<ConnectionState> = {}) =>
  mayUseLink({ ...link({}), heldBy: changes.officeUserId ?? 'tom', ...changes }, connection(state), office);

describe('A link may be used', () => {
  test('by nobody who is not in the office', () => {
    expect(may({ officeUserId: 'stranger' })).toBe(false);
    expect(may({ heldBy: 'stranger' })).toBe(false);
  });

  test('for a set-up by the synchronisation user alone', () => {
    expect(may({})).toBe(true);
    expect(may({ officeUserId: 'sanne' })).toBe(false);
  });

  test('to reconnect by whoever may mend the connection', () => {
    expect(may({ purpose: 'reconnect', officeUserId: 'sanne' })).toBe(true);
    expect(may({ purpose: 'reconnect' })).toBe(true);
    expect(may({ purpose: 'reconnect' }, { synchronisationUserId: 'sanne' })).toBe(false);
  });

  test('by somebody who left only while the connection leans on them, and only in person', () => {
    const leansOnThem = { synchronisationUserId: 'left' };
    const outsider = { name: 'Ict', email: null };
    expect(may({ purpose: 'reconnect', officeUserId: 'left' }, leansOnThem)).toBe(true);
    expect(may({ purpose: 'reconnect', officeUserId: 'left', outsider }, leansOnThem)).toBe(false);
    expect(may({ purpose: 'reconnect', outsider })).toBe(true);
    expect(may({ purpose: 'reconnect', officeUserId: 'left' })).toBe(false);
  });

  test('for a change by whoever is still in the office', () => {
    expect(may({ purpose: 'change', officeUserId: 'sanne' })).toBe(true);
    expect(may({ purpose: 'change', officeUserId: 'left' })).toBe(false);
    expect(may({ purpose: 'change', officeUserId: 'tom' }, { synchronisationUserId: 'tom' })).toBe(true);
  });

  test('for a login of their own by anybody but the synchronisation user', () => {
    expect(may({ purpose: 'personal', officeUserId: 'sanne' })).toBe(true);
    expect(may({ purpose: 'personal' })).toBe(false);
    expect(may({ purpose: 'personal', officeUserId: 'left' })).toBe(false);
  });

  test('for the login of somebody else only when that is a program, and by a superuser', () => {
    expect(may({ purpose: 'personal', officeUserId: 'robot', heldBy: 'sanne' })).toBe(true);
    expect(may({ purpose: 'personal', officeUserId: 'robot', heldBy: 'tom' })).toBe(false);
    expect(may({ purpose: 'personal', officeUserId: 'sanne', heldBy: 'tom' })).toBe(false);
    expect(
      may({ purpose: 'personal', officeUserId: 'tom', heldBy: 'sanne' }, { synchronisationUserId: 'x' }),
    ).toBe(false);
  });
});

describe('What a link is for still waits', () => {
  const awaited = (changes: Partial<SignInLink>, state: Partial<ConnectionState>) =>
    isAwaited(link(changes), connection(state));
  const since = '2026-11-23T10:00:00.000Z';
  const connecting = { link: { state: 'connecting', since } } as const;
  const broken = { link: { state: 'disconnected', since, cause: 'consent-withdrawn' }, incident: 3 } as const;
  const abandoned = { link: { state: 'abandoned', since } } as const;

  test('never when the connection was abandoned', () => {
    for (const purpose of ['set-up', 'reconnect', 'change', 'personal'] as const)
      expect(awaited({ purpose }, { ...abandoned, changingTo: 'tom' })).toBe(false);
  });

  test('for a set-up while it is connecting', () => {
    expect(awaited({}, connecting)).toBe(true);
    expect(awaited({}, broken)).toBe(false);
  });

  test('for a login again while it is disconnected, by the same incident', () => {
    expect(awaited({ purpose: 'reconnect', about: 3 }, broken)).toBe(true);
    expect(awaited({ purpose: 'reconnect', about: null }, broken)).toBe(true);
    expect(awaited({ purpose: 'reconnect', about: 2 }, broken)).toBe(false);
    expect(awaited({ purpose: 'reconnect', about: 3 }, { ...connecting, incident: 3 })).toBe(false);
  });

  test('for a change to this person, of that number or not begun yet', () => {
    const change = { purpose: 'change', about: 5 } as const;
    expect(awaited(change, { changes: 4 })).toBe(true);
    expect(awaited(change, { changes: 5, changingTo: 'tom' })).toBe(true);
    expect(awaited(change, { changes: 5, changingTo: 'sanne' })).toBe(false);
    expect(awaited(change, { changes: 6, changingTo: 'tom' })).toBe(false);
    expect(awaited({ ...change, about: null }, { changes: 6, changingTo: 'tom' })).toBe(true);
    expect(awaited({ ...change, about: null }, { changes: -1, changingTo: 'sanne' })).toBe(false);
  });

  test('for a login of their own once there is a login at all', () => {
    expect(awaited({ purpose: 'personal' }, {})).toBe(true);
    expect(awaited({ purpose: 'personal' }, { login: null })).toBe(false);
  });
});

test('people are told who came, and who had asked them', () => {
  expect(whoCame(null, 'Tom')).toBe('Tom');
  expect(whoCame('Ict', 'Tom')).toBe('Ict, whom Tom had asked,');
});

test('a link is about the open incident, about the change that runs or comes next, or about nothing', () => {
  const about = (purpose: SignInLink['purpose'], officeUserId = 'tom') =>
    aboutNow({ purpose, officeUserId }, connection({ incident: 3, changes: 5, changingTo: 'tom' }));
  expect(about('reconnect')).toBe(3);
  expect(about('change')).toBe(5);
  expect(about('change', 'sanne')).toBe(6);
  expect([about('set-up'), about('personal')]).toEqual([null, null]);
});
