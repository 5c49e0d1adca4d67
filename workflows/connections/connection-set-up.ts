import { ParentClosePolicy, startChild } from '@temporalio/workflow';
import { now } from '../clock.ts';
import type { ConnectionEntity } from './connection-entity.ts';
import { workflowIds } from '../contract.ts';
import { setUpSynchronisationUser } from '../logins/set-up-synchronisation-user.ts';
import { tell } from '../steps.ts';

/** Sends somebody to get the first login; when they are back, the rounds begin. */
export async function setUp(entity: ConnectionEntity): Promise<void> {
  const { id: connectionId, synchronisationUserId: person, requestedBy: askedBy, name } = entity.state;
  const result = entity.setUp.take();
  if (result === null) {
    const { waits } = entity.input;
    entity.happens(`set-up-asked/${connectionId}`, askedBy, { what: 'set-up-asked', data: { person } });
    return entity.setUp.begin(() =>
      startChild(setUpSynchronisationUser, {
        workflowId: workflowIds.setUp(connectionId),
        parentClosePolicy: ParentClosePolicy.ABANDON,
        typedSearchAttributes: entity.foundBy(),
        staticSummary: `Set up ${name}: ask ${person} to connect`,
        args: [{ connectionId, person, askedBy, waits }],
      }),
    );
  }
  if (result.kind === 'abandoned') {
    entity.happens(`set-up-ended/${connectionId}`, result.by, {
      what: `set-up-${result.because}`,
      data: { person },
    });
    return entity.change({ link: { state: 'abandoned', since: now() } });
  }
  const { login, companies } = result;
  entity.connected(login);
  entity.verifications.wantFirst(entity.state.synchronisationUserId);
  entity.change({ companies });
  await entity.publish();
  entity.outbox.say(() =>
    tell('Tell who asked that it is connected').tellSetUpNews({
      connectionId,
      person,
      askedBy,
      news: { kind: 'connected', login: login.accountingUserName, companies },
    }),
  );
}

/** What the first login may read is known: whoever was asked, and who asked, read it where the set-up was told. */
export function tellFirstRights({ state, outbox }: ConnectionEntity): void {
  const { id: connectionId, synchronisationUserId: person, requestedBy: askedBy, login, companies } = state;
  if (!login) return;
  const linked = { login: login.accountingUserName, companies };
  const invitation = { connectionId, person, askedBy, purpose: 'set-up', invitation: 'set-up' } as const;
  outbox.say(async () => {
    const progress = { step: 'done', ...linked } as const;
    await tell('Say what the login may read').tellInvitation({ ...invitation, reminded: 0, progress });
    const news = { kind: 'connected', ...linked } as const;
    await tell('Say it to who asked').tellSetUpNews({ connectionId, person, askedBy, news });
  });
}
