import {
  allHandlersFinished,
  condition,
  continueAsNew,
  executeChild,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import { changeSynchronisationUser } from './change-synchronisation-user.ts';
import { ConnectionLife, now } from './connection-life.ts';
import { listen } from './connection-messages.ts';
import { mendedElsewhere, workflowIds, type ConnectionInput, type ReconnectResult } from './contract.ts';
import { passOn } from './pass-on.ts';
import { reconnect } from './reconnect.ts';
import { setUpSynchronisationUser } from './set-up-synchronisation-user.ts';
import { remember, tell } from './steps.ts';
import { syncMasterData } from './sync-master-data.ts';

/**
 * The life of one connection. It is the only writer of its state and the only owner of when it syncs: set up once,
 * then a round every interval; when the login breaks, no round until a human has mended it.
 */
export async function connection(input: ConnectionInput): Promise<void> {
  const life = new ConnectionLife(input);
  listen(life);
  await life.publish();
  if (life.state.link.state === 'connecting') await setUp(life);

  while (life.state.link.state !== 'abandoned') {
    if (life.unsaved) await life.publish();
    const step = life.nextStep();
    switch (step.do) {
      case 'open-incident':
        await openIncident(life);
        break;
      case 'carry-on-connected':
        await carryOnConnected(life, step.result);
        break;
      case 'begin-change':
        await beginChange(life, step);
        break;
      case 'switch-user':
        await switchUser(life, step.result);
        break;
      case 'sync':
        await syncOnce(life);
        break;
      case 'wait':
        if (workflowInfo().continueAsNewSuggested && life.isQuiet()) return beginFreshHistory(life);
        await life.somethingHappens();
        break;
    }
  }
  await condition(allHandlersFinished);
}

async function setUp(life: ConnectionLife): Promise<void> {
  const { id, synchronisationUserId, requestedBy } = life.state;
  life.settingUp = await startChild(setUpSynchronisationUser, {
    workflowId: workflowIds.setUp(id),
    staticSummary: `Set up ${life.state.name}: ask ${synchronisationUserId} to connect`,
    args: [
      { connectionId: id, person: synchronisationUserId, askedBy: requestedBy, waits: life.input.waits },
    ],
  });
  const result = await life.settingUp.result();
  life.settingUp = null;
  if (result.kind === 'abandoned') {
    life.change({ link: { state: 'abandoned', since: now() } });
    return life.publish();
  }
  life.connected(result.login);
  life.change({ companies: result.companies });
  await life.publish();
  await tell('Tell who asked that it is connected').tellSetUpNews({
    connectionId: id,
    person: synchronisationUserId,
    askedBy: requestedBy,
    news: { kind: 'connected', login: result.login.accountingUserName, companies: result.companies },
  });
}

async function syncOnce(life: ConnectionLife): Promise<void> {
  const round = life.state.round + 1;
  const isFirst = life.state.lastSuccessAt === null;
  life.change({ round, syncingSince: now() });
  await life.publish();
  const result = await executeChild(syncMasterData, {
    workflowId: workflowIds.sync(life.state.id, round),
    staticSummary: `${life.state.name}: round ${round}${isFirst ? ', the first sync' : ''}`,
    args: [{ connectionId: life.state.id, round, tellProgress: isFirst }],
  });
  life.roundEnded(result);
  await life.publish();

  const incident = life.state.catchingUpAfter;
  if (incident !== null && result.stop === null) {
    await tell('Say in the thread what came in since').tellCaughtUp({
      incident,
      rowsChanged: result.rowsChanged,
      companies: result.companies,
    });
    life.change({ catchingUpAfter: null });
  }
}

/** The login is broken: open (or take up again) the incident and send somebody to get it mended. */
async function openIncident(life: ConnectionLife): Promise<void> {
  const { link, login } = life.state;
  if (link.state !== 'disconnected' || !login) return;
  const { incident } = await remember(`Open an incident: ${link.cause}`).openIncident({
    connectionId: life.state.id,
    cause: link.cause,
    since: link.since,
  });
  life.change({ incident });
  await life.publish();
  life.reconnecting = await startChild(reconnect, {
    workflowId: workflowIds.reconnect(life.state.id, incident),
    staticSummary: `${life.state.name} is disconnected (${link.cause}): get it mended`,
    args: [
      {
        connectionId: life.state.id,
        incident,
        cause: link.cause,
        expected: login,
        companies: life.state.companies,
        waits: life.input.waits,
      },
    ],
  });
  void awaitEnd(life.reconnecting, (result) => {
    life.reconnecting = null;
    life.reconnected = result;
  });
}

async function carryOnConnected(life: ConnectionLife, result: ReconnectResult): Promise<void> {
  life.reconnected = null;
  const { incident } = life.state;
  if (result.kind === 'reconnected') life.connected(result.login);
  life.change({ incident: null, catchingUpAfter: incident });
  await life.publish();
  if (incident === null) return;
  await remember('Close the incident').closeIncident({
    incident,
    by: result.by,
    how: result.kind === 'reconnected' ? 'reconnected' : 'changed',
  });
  await tell('Say everywhere that it is mended').tellMended({ connectionId: life.state.id, incident });
}

async function beginChange(life: ConnectionLife, wish: { to: string; by: string }): Promise<void> {
  const { login, id } = life.state;
  if (!login) {
    life.wishedChange = null;
    return;
  }
  const change = life.state.changes + 1;
  life.change({ changes: change, changingTo: wish.to });
  await life.publish();
  life.changing = await startChild(changeSynchronisationUser, {
    workflowId: workflowIds.change(id, change),
    staticSummary: `${life.state.name}: change the synchronisation user to ${wish.to}`,
    args: [
      {
        connectionId: id,
        change,
        person: wish.to,
        askedBy: wish.by,
        current: login,
        waits: life.input.waits,
      },
    ],
  });
  life.wishedChange = null; // not before: a login that comes back meanwhile waits for the child to be there
  void awaitEnd(life.changing, (result) => {
    life.changing = null;
    life.changed = result?.kind === 'changed' ? result : null;
    life.change({ changingTo: null });
  });
}

/** The one moment of a change: from here on every round uses the successor's login. */
async function switchUser(
  life: ConnectionLife,
  successor: { login: NonNullable<ConnectionLife['state']['login']>; person: string },
): Promise<void> {
  const before = life.state;
  life.changed = null;
  life.connected(successor.login, successor.person);
  await life.publish();
  await tell('Say who the synchronisation user is now').tellChanged({
    connectionId: before.id,
    change: before.changes,
    from: before.synchronisationUserId,
    to: successor.person,
    login: successor.login.accountingUserName,
    companies: before.companies,
  });
  await passOn(life.reconnecting, mendedElsewhere, { by: successor.person });
}

function beginFreshHistory(life: ConnectionLife): Promise<never> {
  return condition(allHandlersFinished).then(() =>
    continueAsNew<typeof connection>({
      ...life.input,
      carried: { state: life.state, recentActions: life.recentActions },
    }),
  );
}

/** Runs `then` when a child ends; an operator who terminates one lets the connection decide anew. */
async function awaitEnd<T>(child: { result(): Promise<T> }, then: (result: T | null) => void): Promise<void> {
  try {
    then(await child.result());
  } catch {
    then(null);
  }
}
