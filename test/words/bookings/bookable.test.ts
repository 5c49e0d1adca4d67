import { describe, expect, test } from '@jest/globals';
import type { NotBookable } from '../../../domain/bookings/bookable.ts';
import type { ConnectionState } from '../../../domain/connection.ts';
import { sayDelay, whyNotBooked } from '../../../words/bookings/bookable.ts';

const since = '10:00';
const names = {
  ...{ system: 'Exact Online', login: 'CX_Basecone', synchronisationUser: 'Tom', responders: 'Sanne or Tom' },
  ...{ onIt: null, say: (moment: string) => moment },
};
const link: ConnectionState['link'] = { state: 'connected', since };
const outage: ConnectionState['health'] = { state: 'delayed', reason: 'outage', since, until: null };
const broken: ConnectionState['link'] = { state: 'disconnected', since, cause: 'consent-withdrawn' };
const why = (
  reason: NotBookable['why'],
  state: Partial<Pick<ConnectionState, 'link' | 'health'>> = {},
  more: Partial<typeof names> | { onIt: string } = {},
) =>
  whyNotBooked(
    { why: reason } as NotBookable,
    { link, health: { state: 'ok' }, ...state },
    { ...names, ...more },
  );

describe('Why a document cannot be booked', () => {
  test.each<[NotBookable['why'], string]>([
    ['not-connected-yet', ' yet: Tom still has to log in to Exact Online, and was asked to (10:00).'],
    [
      'abandoned',
      ' yet: the set-up of Exact Online was given up (10:00). A superuser can begin again with /syncuser setup.',
    ],
    ['not-chosen', ': this company is not synchronised. A superuser can add it with /syncuser companies.'],
    [
      'deliveries-stopped',
      ' at the moment: all deliveries of this connection are stopped, because a booking came back from another company, or stands in the books twice; they go on when a person has looked and lets them.',
    ],
    [
      'first-sync',
      ' yet: the first sync has not finished. Try again in a few minutes; there is nothing to do.',
    ],
    ['delayed', '.'],
    [
      'master-data-not-fresh',
      ' at the moment: Exact Online is connected again since 10:00, and the master data is read again first. There is nothing to do.',
    ],
    [
      'paused',
      ' at the moment: the master data has to be read first, and the synchronisation is paused. A superuser can go on with /syncuser resume.',
    ],
    [
      'no-access',
      ': CX_Basecone has no access to this company in Exact Online. An administrator of Exact Online can give it.',
    ],
    ['blocked', ': the company is blocked in Exact Online. An administrator of Exact Online can unblock it.'],
    [
      'licence-expired',
      ': the licence of the company in Exact Online has expired. Book again when it has been renewed.',
    ],
    [
      'archived',
      ': the company is archived in Exact Online. An administrator of Exact Online can bring it back.',
    ],
    [
      'gone',
      ': Exact Online no longer lists this company. Ask an administrator of Exact Online whether it was moved or removed.',
    ],
  ])('is said with who ends it: %s', (reason, words) => {
    expect(why(reason)).toBe(words);
  });

  test('says who can reconnect, and who is on it', () => {
    const begin =
      ' at the moment: Exact Online is disconnected since 10:00 because the consent of CX_Basecone was withdrawn in Exact Online. Sanne or Tom can reconnect it; ';
    expect(why('disconnected', { link: broken })).toBe(`${begin}nobody has taken it up yet.`);
    expect(why('disconnected', { link: broken }, { onIt: 'Sanne' })).toBe(`${begin}Sanne is on it.`);
    expect(why('disconnected')).toBe(' at the moment: ');
  });

  test('says of a delay that it goes on by itself, and until when', () => {
    const end = 'There is nothing to do; Syncuser goes on by itself.';
    const outageWords = `Exact Online has not answered since 10:00. ${end}`;
    expect(why('delayed', { health: outage })).toBe(` at the moment: ${outageWords}`);
    expect(why('first-sync', { health: outage })).toBe(` yet: its master data never came in. ${outageWords}`);
    const limit = { state: 'delayed', reason: 'rate-limit', since, until: '11:00' } as const;
    expect(sayDelay(limit, 'Tryton', names.say)).toBe(
      `Tryton has asked for patience since 10:00: too many requests. It goes on at 11:00. ${end}`,
    );
    expect(sayDelay({ state: 'doubtful', since } as never, 'Tryton', names.say)).toBe(
      `An odd answer of Tryton is being looked at since 10:00. ${end}`,
    );
  });
});
