import { startChild } from '@temporalio/workflow';
import { changeSynchronisationUser } from './change-synchronisation-user.ts';
import type { ConnectionLife } from './connection-life.ts';
import { mendedElsewhere, workflowIds } from './contract.ts';
import { passOn } from './pass-on.ts';
import { tell } from './steps.ts';

/** Somebody else is to become the synchronisation user: ask him to log in, beside everything else. */
export async function beginChange(life: ConnectionLife): Promise<void> {
  const { wishedChange: wish } = life;
  const { id: connectionId, name, login } = life.state;
  if (!wish || !login) throw new Error('Only a login that is used can be changed');
  const change = life.state.changes + 1;
  life.change({ changes: change, changingTo: wish.to });
  life.wishedChange = null;
  await life.publish();
  const { waits } = life.input;
  await life.succession.begin(() =>
    startChild(changeSynchronisationUser, {
      workflowId: workflowIds.change(connectionId, change),
      typedSearchAttributes: life.foundBy(),
      staticSummary: `${name}: change the synchronisation user to ${wish.to}`,
      args: [{ connectionId, change, person: wish.to, askedBy: wish.by, current: login, waits }],
    }),
  );
}

/** The one moment of a change: from here on every round uses the successor's login. */
export async function endChange(life: ConnectionLife): Promise<void> {
  const result = life.succession.take();
  life.change({ changingTo: null });
  if (result?.kind !== 'changed') return;
  const { id: connectionId, changes: change, synchronisationUserId: from, companies } = life.state;
  const { login, person: to } = result;
  life.connected(login, to);
  await life.publish();
  await passOn(life.reconnect.handle, mendedElsewhere, { by: to });
  life.talk.say(() =>
    tell('Say who the synchronisation user is now').tellChanged({
      connectionId,
      change,
      from,
      to,
      login: login.accountingUserName,
      companies,
    }),
  );
}
