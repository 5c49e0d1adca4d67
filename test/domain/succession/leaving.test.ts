import { expect, test } from '@jest/globals';
import { leaving, removalRefused, withFormerPeople } from '../../../domain/succession/leaving.ts';
import { findUserBySlackId, officeSchema, type Role } from '../../../domain/offices/office.ts';

const user = (id: string, name: string, ...roles: Role[]) => ({ id, name, slackUserId: `U-${id}`, roles });
const sanne = user('sanne', 'Sanne Jansen', 'superuser');
const tom = user('tom', 'Tom de Vries', 'accountant');
const petra = user('petra', 'Petra Peeters', 'accountant');
const officeOf = (...users: object[]) =>
  officeSchema.parse({ id: 'o', name: 'O', channelId: 'C', users, teams: [] });
const keyPeople = { synchronisationUserId: 'tom', standInId: 'petra' };
const parts = (office: ReturnType<typeof officeOf>) =>
  leaving(office, keyPeople).map(({ person, part }) => [person.id, part]);

test('who is dropped from the office file is known by name, and leaves like who is marked inactive', () => {
  const dropped = withFormerPeople(officeOf(sanne, petra), [sanne, tom, petra]);
  expect(parts(dropped)).toEqual([['tom', 'synchronisation-user']]);
  expect(parts(officeOf(sanne, tom, { ...petra, inactive: true }))).toEqual([['petra', 'stand-in']]);
  expect(parts(officeOf(sanne, tom, petra))).toEqual([]);
});

test('who stands in the office file is as it says, also when they came back under another id', () => {
  const again = user('tom2', 'Tom de Vries', 'accountant');
  const office = withFormerPeople(officeOf(sanne, { ...again, slackUserId: 'U-tom' }), [tom]);
  expect(findUserBySlackId(office, 'U-tom')).toMatchObject({ id: 'tom2' });
});

test('whoever changed the file reads why it does not take effect, and what to do', () => {
  const [first, second] = leaving(withFormerPeople(officeOf(sanne), [tom, petra]), keyPeople);
  expect(removalRefused(first!, 'Exact Online')).toBe(
    'The office file takes Tom de Vries out of the office, who is the synchronisation user of Exact Online. For this connection that does not take effect until a successor is verified: /syncuser change, or /syncuser handover.',
  );
  expect(removalRefused(second!, 'Exact Online')).toContain('who stands in at Exact Online');
});
