import { describe, expect, test } from '@jest/globals';
import type { ConnectionState } from '../../domain/connection.ts';
import { describeForOperator } from '../../domain/operator-words.ts';
import { connectedState } from '../connected-state.ts';

const since = '2026-03-02T09:00:00.000Z';
const words = (more: Partial<ConnectionState> = {}) => describeForOperator({ ...connectedState, ...more });

describe('an operator reads', () => {
  test('who the synchronisation user is and when the next round comes', () => {
    const text = words({ nextSyncAt: since });
    expect(text).toContain('Login success');
    expect(text).toContain('Synchronisation user sanne, logged in as CX_Basecone');
    expect(text).toContain(`12 companies · 4 rounds`);
    expect(text).toContain(`next ${since}`);
  });

  test('who is waited for', () => {
    const text = words({ link: { state: 'connecting', since }, login: null });
    expect(text).toContain('Waits for sanne to log in');
  });

  test('why no round runs, and the number of the incident', () => {
    const link = { state: 'disconnected', since, cause: 'consent-withdrawn' } as const;
    expect(words({ link, incident: 7 })).toContain(
      'No round runs, because the login of CX_Basecone is broken',
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
});
