import { describe, expect, test } from '@jest/globals';
import {
  mayManageConnections,
  mayReconnect,
  mayUseConnections,
  isAutomation,
  nameInSlack,
  responders,
  officeSchema,
  onlyResponder,
  possibleSynchronisationUsers,
  teamsOf,
  type Role,
} from '../../../domain/offices/office.ts';

const user = (id: string, ...roles: Role[]) => ({ id, name: id, slackUserId: `U-${id}`, roles });
const sanne = user('sanne', 'superuser');
const tom = user('tom', 'accountant');
const noor = user('noor', 'submitter');
const facts = {
  id: 'demo',
  name: 'Demo Accountants',
  channelId: 'C-all',
  users: [sanne, tom, noor],
  teams: [
    { id: 'north', name: 'North', channelId: 'C-north', companies: ['101', 'Bakker BV'] },
    { id: 'rest', name: 'Rest', channelId: 'C-rest', companies: ['*'] },
  ],
};
const office = officeSchema.parse(facts);

describe('in an office', () => {
  test('only a superuser manages, who books may use, and both may be the synchronisation user', () => {
    expect([sanne, tom, noor].map(mayManageConnections)).toEqual([true, false, false]);
    expect([sanne, tom, noor].map(mayUseConnections)).toEqual([true, true, false]);
    expect(possibleSynchronisationUsers(office).map(({ id }) => id)).toEqual(['sanne', 'tom']);
  });

  test('the synchronisation user, their stand-in and every superuser may reconnect', () => {
    const may = (synchronisationUserId: string, standInId: string | null) =>
      office.users
        .filter((person) => mayReconnect(person, { synchronisationUserId, standInId }))
        .map(({ id }) => id);
    expect(may('tom', null)).toEqual(['sanne', 'tom']);
    expect(may('sanne', null)).toEqual(['sanne']);
    expect(may('sanne', 'noor')).toEqual(['sanne', 'noor']);
  });

  test('the synchronisation user is named first of those who can mend, their stand-in next', () => {
    const keyPeople = { synchronisationUserId: 'tom', standInId: 'noor' };
    expect(responders(office, keyPeople).map(({ id }) => id)).toEqual(['tom', 'noor', 'sanne']);
  });

  test('a connection that only one person could mend is known by that person', () => {
    expect(onlyResponder(office, { synchronisationUserId: 'sanne', standInId: null })).toBe(office.users[0]);
    expect(onlyResponder(office, { synchronisationUserId: 'sanne', standInId: 'tom' })).toBeNull();
    expect(onlyResponder(office, { synchronisationUserId: 'tom', standInId: null })).toBeNull();
  });

  test('who is inactive may do nothing, but mends a connection as long as that leans on them', () => {
    const gone = { ...sanne, inactive: true };
    const users = [gone, tom, user('joost', 'superuser')];
    expect(mayManageConnections(gone)).toBe(false);
    expect(mayUseConnections(gone)).toBe(false);
    expect(possibleSynchronisationUsers({ ...office, users }).map(({ id }) => id)).toEqual(['tom', 'joost']);
    expect(mayReconnect(gone, { synchronisationUserId: 'sanne', standInId: null })).toBe(true);
    expect(mayReconnect(gone, { synchronisationUserId: 'tom', standInId: null })).toBe(false);
    const keyPeople = { synchronisationUserId: 'sanne', standInId: null };
    expect(responders({ ...office, users }, keyPeople).map(({ id }) => id)).toEqual(['joost']);
  });

  test('a team is found by the code or the name of a company', () => {
    const teams = (code: string, name: string) => teamsOf(office, [{ code, name }]).map(({ id }) => id);
    expect(teams('101', 'Anything')).toEqual(['north']);
    expect(teams('999', 'Bakker BV')).toEqual(['north']);
  });

  test('what no team claims belongs to the team of the rest, and to nobody without one', () => {
    const unclaimed = [{ code: '999', name: 'Nobody BV' }];
    expect(teamsOf(office, unclaimed).map(({ id }) => id)).toEqual(['rest']);
    expect(teamsOf({ ...office, teams: office.teams.slice(0, 1) }, unclaimed)).toEqual([]);
  });
});

describe('an office file', () => {
  test('has a time zone that exists', () => {
    expect(office.timeZone).toBe('Europe/Amsterdam');
    expect(officeSchema.safeParse({ ...facts, timeZone: 'Europe/Atlantis' }).success).toBe(false);
  });

  test('needs a superuser who is there', () => {
    const inactive = { ...sanne, inactive: true };
    expect(officeSchema.safeParse({ ...facts, users: [inactive, tom] }).success).toBe(false);
  });

  test('needs a superuser', () => {
    expect(officeSchema.safeParse({ ...facts, users: [tom, noor] }).error?.issues[0]?.message).toContain(
      'superuser',
    );
  });
});

test('a channel or a person is called as people call it, by what Slack calls it', () => {
  const called = ['C-all', 'C-north', 'U-tom', 'C-nowhere'].map((id) => nameInSlack(office, id));
  expect(called).toEqual(['Demo Accountants', 'North', 'tom', null]);
});

test('an automation is a user of that role who is there', () => {
  const robot = user('robot', 'automation');
  expect([robot, { ...robot, inactive: true }, tom].map(isAutomation)).toEqual([true, false, false]);
});

test('an office is in a time zone that there is', () => {
  const isTaken = (timeZone: string) => officeSchema.safeParse({ ...facts, timeZone }).success;
  expect(['Europe/Amsterdam', 'Pacific/Auckland', 'Europe/Nowhere', ''].map(isTaken)).toEqual([
    ...[true, true, false, false],
  ]);
});
