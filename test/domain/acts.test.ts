import { describe, expect, test } from '@jest/globals';
import {
  asked,
  choosesCompanies,
  looksAfter,
  responder,
  superuser,
  synchronises,
  worksWithConnections,
  type MayAct,
} from '../../domain/acts.ts';
import type { ConnectionState } from '../../domain/connection.ts';
import { officeSchema, type Role } from '../../domain/offices/office.ts';
import { connectedState } from '../connected-state.ts';

const person = (id: string, role: Role, inactive = false) => ({
  ...{ id, name: id, slackUserId: `U-${id}`, roles: [role] },
  ...(inactive && { inactive }),
});
const office = officeSchema.parse({
  ...{ id: 'demo', name: 'Demo Accountants', channelId: 'C-all', teams: [] },
  users: [
    person('sanne', 'superuser'),
    person('tom', 'accountant'),
    person('ruth', 'accountant'),
    person('noor', 'submitter'),
    person('robot', 'automation'),
    person('left', 'superuser', true),
  ],
});
const since = '2026-11-23T10:00:00.000Z';
const ofTom: ConnectionState = { ...connectedState, synchronisationUserId: 'tom' };

/** Everybody of the office who may do it. */
const who = <Wish>(may: MayAct<Wish>, wish: Wish, connection: ConnectionState | null = ofTom) =>
  office.users.filter((user) => may({ user, connection, office }, wish)).map(({ id }) => id);

describe('What people of an office may do', () => {
  test('is for superusers, or for whoever works with connections, as long as they are there', () => {
    expect(who(superuser, {})).toEqual(['sanne']);
    expect(who(worksWithConnections, {})).toEqual(['sanne', 'tom', 'ruth']);
  });

  test('mending is also for whom the connection leans on, even after they left', () => {
    expect(who(responder, {})).toEqual(['sanne', 'tom']);
    expect(who(responder, {}, { ...ofTom, synchronisationUserId: 'left' })).toEqual(['sanne', 'left']);
    expect(who(responder, {}, null)).toEqual(['sanne']);
  });

  test('choosing companies is for responders while it is set up, and for superusers after that', () => {
    const connecting: ConnectionState = { ...ofTom, link: { state: 'connecting', since } };
    expect(who(choosesCompanies, {}, connecting)).toEqual(['sanne', 'tom']);
    expect(who(choosesCompanies, {})).toEqual(['sanne']);
    expect(who(choosesCompanies, {}, null)).toEqual(['sanne']);
  });

  test('declining is for whoever is asked to log in, the successor before the synchronisation user', () => {
    expect(who(asked, {})).toEqual(['sanne', 'tom']);
    expect(who(asked, {}, { ...ofTom, changingTo: 'ruth' })).toEqual(['sanne', 'ruth']);
    expect(who(asked, {}, { ...ofTom, changingTo: 'left' })).toEqual(['sanne']);
    expect(who(asked, {}, null)).toEqual(['sanne']);
  });

  test('a round is for everybody who works with connections, and one from the beginning for superusers', () => {
    expect(who(synchronises, {})).toEqual(['sanne', 'tom', 'ruth']);
    expect(who(synchronises, { scope: { full: false } })).toEqual(['sanne', 'tom', 'ruth']);
    expect(who(synchronises, { scope: { full: true } })).toEqual(['sanne']);
  });

  test('a login is looked after by its person, and that of a program by superusers too', () => {
    expect(who(looksAfter, { person: 'tom' })).toEqual(['tom']);
    expect(who(looksAfter, { person: 'robot' })).toEqual(['sanne', 'robot']);
    expect(who(looksAfter, { person: 'left' })).toEqual([]);
    expect(who(looksAfter, { person: 'stranger' })).toEqual([]);
  });
});
