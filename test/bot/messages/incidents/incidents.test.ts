import { expect, test } from '@jest/globals';
import { inWords } from '../../in-words.ts';
import { incidents } from '../../../../bot/messages/incidents/incidents.ts';
import { incidentFigures } from '../../../../domain/incidents/incident-month.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 9, 5, 8, minute)).toISOString();
const times = [
  { lastGoodAt: at(0), openedAt: at(5), toldAt: at(5), endedAt: at(35) },
  { lastGoodAt: at(2), openedAt: at(5), toldAt: at(6), endedAt: null },
];
const figures = incidentFigures(times);
const one = { connectionName: 'Vestiging', systemName: 'Exact Online', cause: 'user-blocked' } as const;

test('The incidents of a month are listed with how long they took, and who mended them', () => {
  const list = [
    { ...one, number: 8, openedAt: at(5), ended: null, onIt: null },
    { ...one, number: 7, openedAt: at(5), ended: { at: at(35), by: 'Tom' }, onIt: null },
  ];
  expect(incidents({ month: '2026-10', page: 1, figures, list, more: true }).text).toMatchInlineSnapshot(`
   "*October 2026*: 2 disconnections, 1 of them not mended yet. Half of them were noticed within 4 minutes, at the latest within 5 minutes; told within 1 minute; connected again within 30 minutes.
   • #8 *Vestiging*, <!date^1791187500^{date_short_pretty} at {time}|2026-10-05 08:05 UTC>: the login is blocked in Exact Online; nobody is on it yet.
   • #7 *Vestiging*, <!date^1791187500^{date_short_pretty} at {time}|2026-10-05 08:05 UTC>: the login is blocked in Exact Online; mended by Tom after 30 minutes.
   Earlier: \`/syncuser incidents 2026-10 page 2\`"
  `);
});

test('A month without any says so', () => {
  expect(
    incidents({ month: '2026-10', page: 1, figures: incidentFigures([]), list: [], more: false }).text,
  ).toBe('*October 2026*: no connection was disconnected.');
});

test('The first digest of a month says the figures, also when nothing needs a look', () => {
  const lastMonth = { month: '2026-10', figures };
  expect(inWords({ what: 'digest', lines: [], bookings: [], lastMonth }).text).toMatchInlineSnapshot(`
   ":sunny: *Good morning.* No connection needs a look.
   In October 2026: 2 disconnections, 1 of them not mended yet. Half of them were noticed within 4 minutes, at the latest within 5 minutes; told within 1 minute; connected again within 30 minutes. \`/syncuser incidents 2026-10\` lists them."
  `);
});
