import { describe, expect, test } from '@jest/globals';
import { loginExpiry } from '../../../../bot/messages/logins/login-expiry.ts';
import { statusLines } from '../../../../bot/messages/connections/status.ts';
import type { LoginExpiry } from '../../../../domain/announcements/logins.ts';
import { dueWarning } from '../../../../domain/logins/expiry.ts';
import { connectionFacts, now } from '../../facts.ts';

const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000).toISOString();
const facts = (more: Partial<LoginExpiry> = {}): LoginExpiry => ({
  what: 'login-expiry',
  connectionName: 'Exact <Online>',
  systemName: 'Exact Online',
  login: 'CX_Basecone',
  synchronisationUser: 'Tom de Vries',
  expiresAt: inDays(6),
  daysAhead: 7,
  inThread: false,
  ...more,
});

describe('The end of a login', () => {
  test('is warned of with what it means and who does what', () => {
    expect(loginExpiry(facts()).text).toMatchInlineSnapshot(`
     ":hourglass_flowing_sand: *Exact &lt;Online&gt;*: the login of CX_Basecone ends within 7 days, <!date^1795946400^{date_short_pretty} at {time}|2026-11-29 10:00 UTC>
     *Why:* Exact Online lets a login end that was not renewed for long, and Syncuser could not renew it.
     *What it means:* Syncuser goes on trying, and takes this back when it succeeds. Otherwise the connection is disconnected then, and no document can be booked.
     *Next step:* Tom de Vries can keep a moment free to log in again; the button comes with the alert."
    `);
  });

  test('comes nearer in the thread, and is taken back when the login was renewed', () => {
    expect(loginExpiry(facts({ daysAhead: 1, inThread: true })).text).toContain('now ends within 1 day,');
    expect(loginExpiry(facts({ daysAhead: null })).text).toContain('was renewed. Nothing has to be done.');
  });

  test.each([
    [8, null],
    [7, 7],
    [3.5, 7],
    [3, 3],
    [0.5, 1],
    [-1, 1],
  ])('%s days ahead is warned of as %s', (days, due) => {
    expect(dueWarning(inDays(days), now)).toBe(due);
  });

  test('stands in the status, as a warning when it is near', () => {
    const lines = (days: number) =>
      statusLines(connectionFacts({ loginEnds: inDays(days) }), now).find((line) => line.includes('login'));
    expect(lines(29)).toMatch(
      /^Syncuser renews the login by itself. If it cannot, Exact Online ends it <!date/,
    );
    expect(lines(2)).toMatch(/^:warning: The login ends <!date/);
    expect(statusLines(connectionFacts({ loginEnds: null }), now).join('\n')).not.toContain('The login');
  });
});
