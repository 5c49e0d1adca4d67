import { describe, expect, test } from '@jest/globals';
import type { ConnectionState } from '../../../domain/connection.ts';
import { describeForOperator, describeWait } from '../../../words/connections/for-operators.ts';
import { connectedState } from '../../connected-state.ts';

const since = '2026-03-02T09:00:00.000Z';
const words = (more: Partial<ConnectionState> = {}) => describeForOperator({ ...connectedState, ...more });

describe('an operator reads', () => {
  test('who the synchronisation user is and when the next round comes', () => {
    const text = words({ nextSyncAt: since });
    expect(text).toContain('Connected');
    expect(text).toContain('Synchronisation user sanne, logged in as CX_Basecone');
    expect(text).toContain(`12 companies · 4 rounds`);
    expect(text).toContain('next 2026-03-02 09:00 UTC');
  });

  test('who is waited for', () => {
    const text = words({ link: { state: 'connecting', since }, login: null });
    expect(text).toContain('Waits for sanne to log in');
  });

  test('why no round runs, and the number of the incident', () => {
    const link = { state: 'disconnected', since, cause: 'consent-withdrawn' } as const;
    expect(words({ link, incident: 7 })).toContain(
      'No round runs: the consent of CX_Basecone was withdrawn in the accounting system. Seen before',
    );
    expect(words({ link, incident: 7 })).toContain('Incident 7: waits for a human');
  });

  test('who paused it, whom it changes to, and that an outage is nothing for a human', () => {
    expect(words({ pausedBy: 'sanne' })).toContain('Paused by sanne');
    expect(words({ changingTo: 'tom' })).toContain('change of synchronisation user to tom');
    const health = { state: 'delayed', reason: 'outage', since, until: null } as const;
    expect(words({ health })).toContain('Nothing for a human to do');
  });

  test('that a set-up came to nothing', () => {
    expect(words({ link: { state: 'abandoned', since } })).toContain('ended without a login');
  });

  test('what is waited for while a login is broken, and who takes care of it', () => {
    const broken = {
      ...({ cause: 'user-blocked', since, account: 'CX_Basecone', snoozes: [] } as const),
      next: { summary: 'until the next reminder', at: '2026-03-02T09:15:00.000Z' },
    };
    expect(describeWait({ ...broken, onIt: null })).toBe(
      [
        '**Disconnected** since 2026-03-02 09:00 UTC: CX_Basecone is blocked in the accounting system. Seen before anybody was told: the package gives it as its reason (BlockedUser).',
        'Waits for somebody to log in again as CX_Basecone, for as long as it takes.',
        'Now waits until the next reminder: 2026-03-02 09:15 UTC.',
      ].join('\n\n'),
    );
    const onIt = { by: 'tom', since };
    const snoozes = [{ by: 'sanne', until: '2026-03-02T13:00:00.000Z', everybody: true }];
    const text = describeWait({ ...broken, onIt, snoozes });
    expect(text).toContain('tom is on it since 2026-03-02 09:00 UTC.');
    expect(text).toContain('sanne wants no reminders for anybody until 2026-03-02 13:00 UTC.');
  });
});
