import { describe, expect, test } from '@jest/globals';
import type { BookingFacts } from '../../../domain/bookings/bookable.ts';
import { whyNotNow } from '../../../domain/bookings/delivery.ts';

const since = '2026-11-25T10:00:00.000Z';
const before = '2026-11-25T09:59:59.999Z';
type Position = BookingFacts['data'][number];
const position = (kind: Position['kind'], changes: Partial<Position> = {}): Position => ({
  kind,
  lastSuccessAt: since,
  lastAttemptAt: since,
  lastError: null,
  ...changes,
});
const facts = (changes: Partial<BookingFacts> = {}): BookingFacts => ({
  connection: { link: { state: 'connected', since }, health: { state: 'ok' }, pausedBy: null },
  company: { linked: true, status: 'reachable' },
  kinds: ['relation', 'vat-code'],
  data: [position('relation'), position('vat-code')],
  stopped: false,
  ...changes,
});
const reason = (changes: Partial<BookingFacts>) => whyNotNow(facts(changes))?.reason ?? null;
const { connection } = facts();

describe('A booking', () => {
  test('goes to a company that is reached, once what it names was read since the login', () => {
    expect(whyNotNow(facts())).toBeNull();
    expect(reason({ company: { linked: true, status: 'unverified' } })).toBeNull();
  });

  test('waits while the connection is broken, and for the moment the package itself names', () => {
    const link = { state: 'disconnected', since, cause: 'user-blocked' } as const;
    expect(reason({ connection: { ...connection, link } })).toBe('disconnected');
    const until = '2026-11-25T11:00:00.000Z';
    const health = { state: 'delayed', reason: 'rate-limit', since, until } as const;
    expect(whyNotNow(facts({ connection: { ...connection, health } }))).toEqual({ reason: 'delayed', until });
    expect(reason({ stopped: true })).toBe('deliveries-stopped');
  });

  test.each([
    [undefined],
    [{ linked: false, status: 'reachable' }],
    [{ linked: true, status: 'no-access' }],
    [{ linked: true, status: 'archived' }],
  ] as const)('waits for its company (%j)', (company) => {
    expect(reason({ company })).toBe('company-not-reachable');
  });

  test('waits until every kind it names was read since the login, and no other', () => {
    const old = position('vat-code', { lastSuccessAt: before });
    expect(reason({ data: [position('relation'), old] })).toBe('master-data-not-fresh');
    expect(reason({ data: [position('relation')] })).toBe('master-data-not-fresh');
    expect(reason({ kinds: ['relation'], data: [position('relation'), old] })).toBeNull();
  });

  test('does not wait for a kind that the package refuses, once that was asked for', () => {
    const refused = position('vat-code', { lastSuccessAt: before, lastError: { code: 'right' } });
    expect(reason({ data: [position('relation'), refused] })).toBeNull();
    const notAsked = { ...refused, lastAttemptAt: before };
    expect(reason({ data: [position('relation'), notAsked] })).toBe('master-data-not-fresh');
    const down = { ...refused, lastError: { code: 'outage' } };
    expect(reason({ data: [position('relation'), down] })).toBe('master-data-not-fresh');
  });

  test('says that a pause is what it waits for, and a pause alone holds up nothing', () => {
    const paused = { ...connection, pausedBy: 'sanne' };
    expect(reason({ connection: paused, data: [] })).toBe('paused');
    expect(reason({ connection: paused })).toBeNull();
  });
});
