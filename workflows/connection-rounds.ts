import { startChild } from '@temporalio/workflow';
import { afterRound } from '../domain/after-round.ts';
import { now, type ConnectionLife } from './connection-life.ts';
import { workflowIds } from './contract.ts';
import { setUpSynchronisationUser } from './set-up-synchronisation-user.ts';
import { tell } from './steps.ts';
import { syncMasterData } from './sync-master-data.ts';

/** Sends somebody to get the first login; when he is back, the rounds begin. */
export async function setUp(life: ConnectionLife): Promise<void> {
  const { id: connectionId, synchronisationUserId: person, requestedBy: askedBy, name } = life.state;
  const result = life.setUp.take();
  if (result === null) {
    const { waits } = life.input;
    return life.setUp.begin(() =>
      startChild(setUpSynchronisationUser, {
        workflowId: workflowIds.setUp(connectionId),
        typedSearchAttributes: life.foundBy(),
        staticSummary: `Set up ${name}: ask ${person} to connect`,
        args: [{ connectionId, person, askedBy, waits }],
      }),
    );
  }
  if (result.kind === 'abandoned') return life.change({ link: { state: 'abandoned', since: now() } });
  const { login, companies } = result;
  life.connected(login);
  life.change({ companies });
  await life.publish();
  life.talk.say(() =>
    tell('Tell who asked that it is connected').tellSetUpNews({
      connectionId,
      person,
      askedBy,
      news: { kind: 'connected', login: login.accountingUserName, companies },
    }),
  );
}

export async function sync(life: ConnectionLife): Promise<void> {
  const { id: connectionId, name, lastSuccessAt } = life.state;
  const round = life.state.round + 1;
  const isFirst = lastSuccessAt === null;
  life.change({ round, syncingSince: now() });
  await life.publish();
  await life.round.begin(() =>
    startChild(syncMasterData, {
      workflowId: workflowIds.sync(connectionId, round),
      typedSearchAttributes: life.foundBy(),
      staticSummary: `${name}: round ${round}${isFirst ? ', the first sync' : ''}`,
      args: [{ connectionId, round, tellProgress: isFirst }],
    }),
  );
}

/** Takes in what a round told; one that an operator ended told nothing, and the next comes at its time. */
export async function endRound(life: ConnectionLife): Promise<void> {
  const result = life.round.take();
  if (result) life.logins.used();
  life.change(afterRound(life.state, result, Date.now(), life.input.waits));
  await life.publish();

  const incident = life.state.catchingUpAfter;
  if (incident === null || result === null || result.stop !== null) return;
  const { rowsChanged, companies } = result;
  life.change({ catchingUpAfter: null });
  life.talk.say(() =>
    tell('Say in the thread what came in since').tellCaughtUp({ incident, rowsChanged, companies }),
  );
}
