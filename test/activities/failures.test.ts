import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { CancelledFailure, DefaultFailureConverter, defaultPayloadConverter } from '@temporalio/common';
import { asApplicationFailure } from '../../activities/failures.ts';
import { AccountingFailure } from '../../accounting/failure.ts';
import { createWorkbench, redirectSignIn, type Workbench } from '../accounting/exact-online/sandbox.ts';
import { onSqlite } from '../database.ts';
import { connectionId, openOffice, type OfficeWithBooks } from './office-with-books.ts';

/** What Temporal would write into the history. */
const inHistory = (error: unknown) =>
  Buffer.from(
    JSON.stringify(new DefaultFailureConverter().errorToFailure(error, defaultPayloadConverter)),
  ).toString();

describe('A failure as Temporal keeps it', () => {
  test('says what it means, and when to try again', () => {
    const until = new Date(Date.now() + 90_000);
    const delay = new AccountingFailure({ about: 'delay', reason: 'rate-limit', until }, 'too many calls');
    expect(asApplicationFailure(delay)).toMatchObject({ type: 'Delayed', message: 'too many calls' });
    const { nextRetryDelay } = asApplicationFailure(delay) as { nextRetryDelay: number };
    expect(nextRetryDelay).toBeGreaterThan(80_000);
    const right = new AccountingFailure({ about: 'right' }, 'no right');
    expect(asApplicationFailure(right)).toMatchObject({ type: 'Accounting: right', message: 'no right' });
    const busy = Object.assign(new Error('Slack asks to wait'), { retryAfterMs: 3_000 });
    expect(asApplicationFailure(busy)).toMatchObject({ nextRetryDelay: 3_000 });
  });

  test('leaves a cancellation what it is', () => {
    const cancelled = new CancelledFailure('CANCELLED');
    expect(asApplicationFailure(cancelled)).toBe(cancelled);
  });

  test('tells where it happened, but neither a cause, nor the query of an address, nor what was not JSON', () => {
    const cause = new Error('refresh_token=geheim');
    const address = new Error('GET https://web.test/callback?code=geheim&state=geheim failed', { cause });
    const said = inHistory(asApplicationFailure(address));
    expect(said).toContain('GET https://web.test/callback failed');
    expect(said).toContain('failures.test');
    expect(said).not.toContain('geheim');

    let notJson: unknown;
    try {
      JSON.parse('geheim');
    } catch (error) {
      notJson = error;
    }
    expect(inHistory(notJson)).toContain('geheim');
    expect(inHistory(asApplicationFailure(notJson))).not.toContain('geheim');
    const lost = new AccountingFailure({ about: 'link', cause: 'grant-lost' }, 'lost', { cause });
    expect(inHistory(asApplicationFailure(lost))).not.toContain('geheim');
  });
});

describe('The history of a login', () => {
  let bench: Workbench;
  let office: OfficeWithBooks;
  const open = onSqlite();
  beforeAll(async () => {
    bench = await createWorkbench();
  });
  afterAll(() => bench.close());
  beforeEach(async () => {
    await bench.turn('reset', {});
    bench.resetClock();
    office = await openOffice(bench, open);
    await office.connected();
  });

  async function secretsOf(signInId: string): Promise<string[]> {
    const { callback, state } = (await office.store.signIns.takeReturn(signInId)) as Record<string, string>;
    return [new URL(callback!).searchParams.get('code')!, state!];
  }

  test('holds no code, state or token when the package is down', async () => {
    const signInId = await office.logsIn('tom', 'CX_Basecone');
    const secrets = await secretsOf(signInId);
    await bench.turn('outage', { on: true });
    const failure: unknown = await office.activities
      .redeemSignIn({ connectionId, signInId })
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ type: 'Delayed' });
    for (const secret of secrets) expect(inHistory(failure)).not.toContain(secret);
  });

  test('holds none when something fails that nobody thought of', async () => {
    const signInId = await office.logsIn('tom', 'CX_Basecone');
    const secrets = await secretsOf(signInId);
    const signIn = {
      ...redirectSignIn(bench.system),
      redeem: ({ callback }: { callback: URL }) =>
        Promise.reject(new TypeError(`cannot open ${callback.href}`, { cause: callback })),
    };
    const failure: unknown = await office
      .process({ system: { ...bench.system, signIn } })
      .redeemSignIn({ connectionId, signInId })
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ type: 'TypeError' });
    for (const secret of secrets) expect(inHistory(failure)).not.toContain(secret);
  });

  test('holds none when it succeeds', async () => {
    const signInId = await office.logsIn('tom', 'CX_Basecone');
    const secrets = await secretsOf(signInId);
    const found = await office.activities.redeemSignIn({ connectionId, signInId });
    if (found.result === 'refused') throw new Error('refused');
    const { secret } = (await office.store.grants.vault(found.login.grantId).read()).credential;
    const { accessToken, refreshToken } = secret as { accessToken: string; refreshToken: string };
    const result = JSON.stringify(found);
    for (const one of [...secrets, accessToken, refreshToken]) expect(result).not.toContain(one);
    await office.activities.acceptSignIn({ connectionId, signInId, person: 'tom', found });
    expect(await office.store.signIns.takeReturn(signInId)).toBeNull();
  });
});
