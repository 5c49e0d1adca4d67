import { expect, test } from '@jest/globals';
import { officeSchema } from '../../../domain/offices/office.ts';
import { slipsIn } from '../../../domain/offices/office-file.ts';

const sanne = { id: 'sanne', name: 'Sanne', slackUserId: 'U1', roles: ['superuser'] };
const tom = { id: 'tom', name: 'Tom', slackUserId: 'U2', roles: ['accountant'] };
const north = { id: 'north', name: 'North', channelId: 'C2', companies: ['101', '102'] };
const south = { id: 'south', name: 'South', channelId: 'C3', companies: ['*'] };
const file = { id: 'demo', name: 'Demo', channelId: 'C1', users: [sanne, tom], teams: [north, south] };
const slips = (changes: object) => {
  const json = { ...file, ...changes };
  return slipsIn(json, officeSchema.parse(json));
};

test('An office file without a slip is taken', () => {
  expect(slips({})).toEqual([]);
  expect(slips({ users: [sanne, { ...tom, inactive: true, roles: [] }, { ...tom, id: 'tom2' }] })).toEqual(
    [],
  );
});

test.each<[string, object, string]>([
  ['an id twice', { users: [sanne, { ...tom, id: 'sanne' }] }, 'users has two people with the id sanne'],
  [
    'a Slack account twice',
    { users: [sanne, { ...tom, slackUserId: 'U1' }] },
    'users has two people with the slackUserId U1',
  ],
  ['a team twice', { teams: [north, { ...south, id: 'north' }] }, 'teams has two with the id north'],
  [
    'a company in two teams',
    { teams: [north, { ...south, companies: ['102', '*'] }] },
    'teams: North and South have the company 102, and only one of them can keep it',
  ],
  [
    'two teams for the rest',
    { teams: [{ ...north, companies: ['*'] }, south] },
    'teams: North and South have the rest of the companies (*), and only one of them can keep it',
  ],
  [
    'a name for a person',
    { users: [sanne, { ...tom, slackUserId: '@tom' }] },
    'users[1].slackUserId must be a member id',
  ],
  ['a name for a channel', { channelId: '#accounting' }, 'channelId must be the id of a channel'],
  [
    'a name for the channel of a team',
    { teams: [{ ...north, channelId: '#north' }] },
    'teams[0].channelId must be',
  ],
  [
    'nobody’s roles',
    { users: [sanne, { ...tom, roles: [] }] },
    'users[1].roles is empty: without a role Tom',
  ],
  [
    'a misspelt member',
    { holdBooking: true },
    'holdBooking is no member that is known; "holdBookings" is probably meant',
  ],
  [
    'a misspelt member of a person',
    { users: [sanne, { ...tom, inactiv: true }] },
    'users[1].inactiv is no member that is known; "inactive" is probably meant',
  ],
  [
    'a misspelt member of the hours',
    { hours: { form: '08:00' } },
    'hours.form is no member that is known; "from"',
  ],
  ['a member nobody knows', { xyz: 1 }, 'xyz is no member that is known'],
  [
    'a character nobody sees',
    { teams: [{ ...north, name: 'No\u202Erth' }] },
    'teams[0].name has a character that cannot be taken (U+202E)',
  ],
])('%s is said', (_, changes, words) => {
  expect(slips(changes)).toEqual([expect.stringContaining(words)]);
});
