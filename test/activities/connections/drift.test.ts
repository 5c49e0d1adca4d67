import { expect, test } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createDriftCheck } from '../../../activities/connections/drift.ts';
import type { ActivityDeps } from '../../../activities/deps.ts';
import type { ConnectionState } from '../../../domain/connection.ts';
import { onBothDatabases } from '../../database.ts';
import { connectionState, openStore } from '../../store/store.ts';

const truth = connectionState({
  revision: 7,
  link: { state: 'disconnected', since: '2026-11-23T11:00:00.000Z', cause: 'consent-withdrawn' },
});

onBothDatabases((open) => {
  /** What the database knows after the workflows were asked; `meanwhile` happens between the two looks. */
  async function compared(
    copy: ConnectionState | null,
    {
      truths = [truth],
      meanwhile = async () => {},
    }: {
      truths?: (ConnectionState | null)[];
      meanwhile?: (save: (state: ConnectionState) => Promise<void>) => Promise<void>;
    } = {},
  ) {
    const store = await openStore(open);
    if (copy) await store.connections.save(copy);
    let asked = 0;
    const check = createDriftCheck({
      store,
      secondLookAfterMs: 0,
      truths: {
        ids: async () => [truth.id],
        of: async () => {
          if (asked++ === 1) await meanwhile((state) => store.connections.save(state));
          return truths[Math.min(asked - 1, truths.length - 1)] ?? null;
        },
      },
    } as unknown as ActivityDeps);
    await new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') }).run(check);
    return {
      kept: await store.connections.get(truth.id),
      isNewEpoch: (await store.masterData.epoch(truth.id)) !== '0',
    };
  }

  test('a copy of a database that was taken back is saved anew, and its feed begins anew', async () => {
    const copy = connectionState({ revision: 3 });
    expect(await compared(copy)).toEqual({ kept: truth, isNewEpoch: true });
  });

  test('a connection that the database does not know is in it again', async () => {
    expect(await compared(null)).toEqual({ kept: truth, isNewEpoch: true });
  });

  test('a copy that is newer than what a Temporal that was taken back knows is saved anew, and the feed goes on', async () => {
    const copy = connectionState({ revision: 9 });
    expect(await compared(copy)).toEqual({ kept: truth, isNewEpoch: false });
  });

  test('a copy that is being saved in this moment is no drift', async () => {
    const found = await compared(connectionState({ revision: 6 }), { meanwhile: (save) => save(truth) });
    expect(found).toEqual({ kept: truth, isNewEpoch: false });
  });

  test('a connection that moves on while it is looked at is no drift', async () => {
    const moved = { ...truth, revision: 8 };
    const found = await compared(connectionState({ revision: 6 }), {
      truths: [truth, moved],
      meanwhile: (save) => save(truth),
    });
    expect(found).toEqual({ kept: truth, isNewEpoch: false });
  });

  test('nothing is changed while its workflow does not answer', async () => {
    const copy = connectionState({ revision: 3 });
    expect(await compared(copy, { truths: [null] })).toEqual({ kept: copy, isNewEpoch: false });
  });
});
