import { expect, test } from '@jest/globals';
import { unknownPerson } from '../../../bot/asking/refusals.ts';
import { officeSchema } from '../../../domain/offices/office.ts';

const office = officeSchema.parse({
  ...{ id: 'o', name: 'De Vries', timeZone: 'Europe/Amsterdam', channelId: 'C', teams: [] },
  users: [
    { id: 'sanne', name: 'Sanne Jansen', slackUserId: 'U1', roles: ['superuser'] },
    { id: 'tom', name: 'Tom de Vries', slackUserId: 'U2', roles: ['accountant'], inactive: true },
  ],
});

test('Whoever was never in the office reads who can add them', () => {
  expect(unknownPerson(office, 'U3').message).toBe(
    'Syncuser does not know you yet. Ask Sanne Jansen to add you to the users of De Vries.',
  );
});

test('Whoever left it reads that they are marked so, and who can correct it', () => {
  expect(unknownPerson(office, 'U2').message).toBe(
    'Tom de Vries is marked as having left De Vries, so Syncuser does nothing for this account any more. If that is wrong, ask Sanne Jansen to correct the users of the office.',
  );
});
