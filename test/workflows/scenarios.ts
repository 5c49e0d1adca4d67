import type { Weighed } from '../../domain/succession/change.ts';
import type { FormerFate } from '../../domain/connection.ts';
import * as contract from '../../workflows/contract.ts';
import { loginOf } from '../connected-state.ts';
import { found, hour, minute, waits, type Script } from './office-of-fakes.ts';
import { longHistory, realTime } from './servers.ts';
import {
  changeTo,
  chooseCompanies,
  clickUntilFresh,
  connected,
  loginIs,
  lookFinds,
  pause,
  reconnects,
  resume,
  setUp,
  signIn,
  requestFor,
  type Carried,
  type Story,
} from './story.ts';

export interface Scenario {
  tell: (story: Story) => Promise<void>;
  /** What the connection brings along; without it, it begins with a set-up. */
  carried?: Carried;
  /** Where time takes its time; otherwise it is skipped. */
  openServer?: typeof realTime;
  ownWaits?: Partial<contract.Waits>;
}

/** No round comes in between, which would make a look needless. */
export const roundsAreRare: Partial<contract.Waits> = { syncInterval: 24 * hour };

/** Somebody takes over after this time. */
export async function planHandover(story: Story, afterMs: number, to = 'tom'): Promise<void> {
  const at = new Date((await story.env.currentTimeMs()) + afterMs).toISOString();
  await story.handle.executeUpdate(contract.planHandover, { args: [{ ...story.act(), to, at }] });
}

/** A connection whose synchronisation user changed more than a day ago, from Tom to Sanne. */
export function canNoLongerBeUndone(fate: FormerFate): Carried {
  const former = {
    change: 1,
    person: 'tom',
    login: loginOf('T.deVries'),
    changedAt: '2026-01-01T00:00:00.000Z',
    until: '2026-01-02T00:00:00.000Z',
    fate,
    standIn: null,
    standInBefore: null,
  };
  return { ...connected, state: { ...connected.state, changes: 1, former } };
}

/** Somebody wants no reminders for so long, for themselves or for everybody. */
export async function snooze(story: Story, by: string, ms: number, everybody: boolean): Promise<void> {
  const until = new Date((await story.env.currentTimeMs()) + ms).toISOString();
  await story.handle.executeUpdate(contract.snooze, { args: [{ ...story.act(by), until, everybody }] });
}

export const loss: Weighed = {
  verdict: 'loses',
  lost: 18,
  gained: 0,
  uncertain: 0,
  reachBefore: 12,
  reachAfter: 10,
  superusers: 2,
};

/** What a superuser says to the change that is under way. */
export async function decide(
  story: Story,
  says: 'confirm' | 'agree' | 'decline',
  by: string,
  reason: string | null = 'Company 7 is sold.',
): Promise<void> {
  const { id, changes } = await story.state();
  const change = story.env.client.workflow.getHandle(contract.workflowIds.change(id, changes));
  const action = story.act(by);
  if (says === 'confirm')
    await change.executeUpdate(contract.confirmChange, { args: [{ ...action, reason }] });
  else if (says === 'agree') await change.executeUpdate(contract.agreeToChange, { args: [action] });
  else await change.executeUpdate(contract.declineChange, { args: [action] });
}

/**
 * The stories of a connection whose histories are kept in test/histories. A change of the workflows must go on from
 * every one of them.
 */
export const scenarios = {
  'set-up': {
    async tell(story) {
      await setUp(story);
      await story.pass(2 * waits.syncInterval);
    },
  },
  lapse: {
    async tell(story) {
      await story.handle.result();
    },
  },
  broken: {
    carried: connected,
    async tell(story) {
      loginIs(story, 'broken');
      await story.untilAsked('tellDisconnection');
      await story.pass(30 * hour);
      await story.handle.executeUpdate(contract.acknowledge, { args: [story.act('tom')] });
      story.script.signIns.other = found('T.deVries');
      await signIn(story, 'other', 'reconnect');
      await story.untilAsked('tellRefusedLogin');
      await reconnects(story);
    },
  },
  /** Rounds, a break and its end, since a round begins while the state is saved. */
  snoozed: {
    carried: connected,
    async tell(story) {
      loginIs(story, 'broken');
      await story.untilAsked('tellDisconnection');
      await snooze(story, 'tom', 2 * hour, true);
      await snooze(story, 'sanne', 4 * hour, false);
      await story.untilAsked('snoozeIncident', 2);
      await story.pass(5 * hour);
      await story.untilAsked('remindOfIncident', 2);
      await reconnects(story);
    },
  },
  'ack-lapses': {
    carried: connected,
    async tell(story) {
      loginIs(story, 'broken');
      await story.untilAsked('tellDisconnection');
      await story.handle.executeUpdate(contract.acknowledge, { args: [story.act('tom')] });
      await story.untilAsked('takeUpIncident');
      await story.pass(hour + 5 * minute);
      await story.untilAsked('letGoOfIncident');
      await story.untilAsked('remindOfIncident');
      await reconnects(story);
    },
  },
  'works-again': {
    carried: connected,
    async tell(story) {
      story.script.plan = { ...story.script.plan, stop: { kind: 'broken', cause: 'no-company-access' } };
      await story.untilAsked('tellDisconnection');
      await story.pass(20 * minute);
      await story.handle.executeUpdate(contract.acknowledge, { args: [story.act('tom')] });
      await story.untilAsked('takeUpIncident');
      loginIs(story, 'well');
      story.script.worksAgain = loginOf('CX_Basecone');
      await story.pass(16 * minute);
      await story.until(({ link }) => link.state === 'connected');
      await story.untilAsked('tellCaughtUp');
    },
  },
  'stand-in': {
    carried: connected,
    async tell(story) {
      await story.handle.executeUpdate(contract.setStandIn, {
        args: [{ ...story.act(), person: 'petra' }],
      });
      await story.untilAsked('tellStandIn');
      loginIs(story, 'broken');
      await story.pass(waits.syncInterval + minute);
      await story.untilAsked('tellDisconnection');
      await story.handle.executeUpdate(contract.acknowledge, { args: [story.act('petra')] });
      await story.untilAsked('takeUpIncident');
      loginIs(story, 'well');
      story.script.signIns.petra = found('CX_Basecone', { person: 'petra' });
      await signIn(story, 'petra', 'reconnect');
      await story.untilAsked('tellCaughtUp');
    },
  },
  delayed: {
    carried: connected,
    async tell(story) {
      loginIs(story, 'rate-limited');
      await story.until(({ health }) => health.state === 'delayed');
      loginIs(story, 'well');
      await story.pass(waits.retryDelayed + minute);
      await story.until(({ health }) => health.state === 'ok');
    },
  },
  'change-done': {
    carried: connected,
    async tell(story) {
      story.script.signIns.tom = found('T.deVries', { person: 'tom' });
      await changeTo(story, 'tom');
      await signIn(story, 'tom', 'change');
      await story.untilAsked('tellChanged');
    },
  },
  'change-refused': {
    carried: connected,
    async tell(story) {
      story.script.signIns.tom = found('P.Peeters', { person: 'tom', missing: ['7', '8'] });
      story.script.weighed = loss;
      await changeTo(story, 'tom');
      await signIn(story, 'tom', 'change');
      await story.untilAsked('tellChangeDecision');
      await decide(story, 'confirm', 'sanne');
      await decide(story, 'decline', 'petra');
      await story.until(({ changes, changingTo }) => changes === 1 && changingTo === null);
    },
  },
  'change-agreed': {
    carried: connected,
    async tell(story) {
      story.script.signIns.tom = found('P.Peeters', { person: 'tom', missing: ['7', '8'] });
      story.script.weighed = loss;
      await changeTo(story, 'tom');
      await signIn(story, 'tom', 'change');
      await story.untilAsked('tellChangeDecision');
      await decide(story, 'confirm', 'sanne');
      await decide(story, 'agree', 'petra');
      await story.untilAsked('tellChanged');
    },
  },
  'change-undone': {
    carried: connected,
    async tell(story) {
      story.script.signIns.tom = found('T.deVries', { person: 'tom' });
      await changeTo(story, 'tom');
      await signIn(story, 'tom', 'change');
      await story.until(({ former }) => former !== null);
      await story.handle.executeUpdate(contract.undoChange, { args: [story.act('petra')] });
      await story.untilAsked('tellUndone');
    },
  },
  'change-kept': {
    carried: canNoLongerBeUndone('stand-in'),
    async tell(story) {
      await story.untilAsked('tellFormerSettled');
    },
  },
  handover: {
    carried: connected,
    ownWaits: { loginCheckInterval: 48 * hour },
    async tell(story) {
      story.script.known = found('T.deVries') as Extract<Script['known'], { result: 'found' }>;
      await planHandover(story, 24 * hour + minute);
      await pause(story);
      await story.pass(2 * minute);
      await story.untilAsked('tellHandover', 2);
      await story.pass(24 * hour);
      await story.untilAsked('tellChanged');
    },
  },
  'change-mends': {
    carried: connected,
    async tell(story) {
      loginIs(story, 'broken');
      await story.untilAsked('tellDisconnection');
      loginIs(story, 'well');
      story.script.signIns.tom = found('T.deVries', { person: 'tom' });
      await changeTo(story, 'tom');
      await signIn(story, 'tom', 'change');
      await story.untilAsked('tellMended');
    },
  },
  'pause-and-resume': {
    carried: connected,
    async tell(story) {
      await story.untilAsked('planRound');
      await pause(story);
      await story.pass(hour);
      await resume(story);
      await story.untilAsked('planRound', 2);
    },
  },
  'personal-link': {
    carried: connected,
    async tell({ script, beside, connectionId, act }) {
      script.signIns.own = found('P.Peeters', { person: 'petra' });
      const idOf = (signInId: string) => contract.workflowIds.personal(connectionId, signInId);
      await beside('linkPersonalUser', idOf('own'), [{ connectionId, signInId: 'own' }]);
      await beside('unlinkPersonalUser', idOf('undone'), [
        { ...act('petra'), connectionId, person: 'petra' },
      ]);
    },
  },
  bookings: {
    carried: connected,
    async tell({ script, beside, connectionId }) {
      const held = { kind: 'held', until: null, changed: true } as const;
      script.bookings = [held, { kind: 'settled' }, { kind: 'settled' }];
      const waits: contract.BookingWaits = { firstLook: minute, longestLook: hour, settle: minute };
      const workflowId = contract.workflowIds.bookings(connectionId, '101');
      await beside('deliverBookings', workflowId, [{ connectionId, companyId: '101', waits }]);
    },
  },
  'bookings-break': {
    carried: connected,
    ownWaits: roundsAreRare,
    async tell(story) {
      const { script, begin, connectionId, env } = story;
      await story.until(({ lastSuccessAt }) => lastSuccessAt !== connected.state.lastSuccessAt);
      const until = new Date((await env.currentTimeMs()) + 30 * 24 * hour).toISOString();
      const begunAt = new Date(await env.currentTimeMs()).toISOString();
      const { grantId } = connected.state.login!;
      const held = { kind: 'held', until, changed: true } as const;
      script.waiting = ['101', 'ended'];
      script.bookings = [{ ...held, broken: { grantId, cause: 'consent-withdrawn', begunAt } }, held];
      const waits: contract.BookingWaits = { firstLook: minute, longestLook: 40 * 24 * hour, settle: minute };
      const workflowId = contract.workflowIds.bookings(connectionId, '101');
      await begin('deliverBookings', workflowId, [{ connectionId, companyId: '101', waits }]);
      await story.untilAsked('tellDisconnection');
      await signIn(story, 'first', 'reconnect');
      await story.untilAsked('tellCaughtUp');
      await story.untilAsked('deliverNextBooking', 3);
    },
  },
  office: {
    carried: connected,
    async tell({ beside }) {
      await beside('morningDigest', 'digest');
      await beside('audit', 'audit');
      await beside('deliver', contract.workflowIds.deliver('incident/7/C1'), [
        { key: 'incident/7/C1', whom: 'channel C1', what: 'disconnection' },
      ]);
    },
  },
  'broken-between-rounds': {
    carried: connected,
    ownWaits: roundsAreRare,
    async tell(story) {
      await story.until(({ lastSuccessAt }) => lastSuccessAt !== connected.state.lastSuccessAt);
      lookFinds(story, 'broken');
      await story.pass(waits.loginCheckInterval + minute);
      await story.untilAsked('tellDisconnection');
    },
  },
  request: {
    carried: connected,
    async tell(story) {
      const round = story.hold('syncCompanies', ({ round }: { round: number }) => round === 5);
      await story.untilAsked('syncCompanies', 2);
      await requestFor(story, ['2']);
      await story.untilAsked('tellRequest');
      round.release();
      await story.until(({ syncingSince }) => syncingSince === null);
      story.script.chunk = { ...story.script.chunk, questions: 1 };
      await requestFor(story, ['1']);
      await story.untilAsked('tellRequest', 2);
      const decision = { ...story.act(), question: 1, verdict: 'kept' as const };
      await story.handle.executeUpdate(contract.decideDeletions, { args: [decision] });
      await story.untilAsked('tellDeletions', 2);
    },
  },
  noted: {
    carried: connected,
    ownWaits: roundsAreRare,
    async tell(story) {
      const { handle, act } = story;
      await chooseCompanies(story, ['1', '2', '3']);
      await handle.executeUpdate(contract.unlinkCompanies, { args: [{ ...act(), companies: ['3'] }] });
      await signIn(story, 'late', 'change');
      await story.untilAsked('dismissSignIn');
      await story.until(({ companies }) => companies === 11);
    },
  },
  'reconnect-fresh-history': {
    carried: connected,
    openServer: realTime,
    async tell(story) {
      const { env, connectionId, handle } = story;
      loginIs(story, 'broken');
      await story.untilAsked('tellDisconnection');
      const waiting = env.client.workflow.getHandle(contract.workflowIds.reconnect(connectionId, 1));
      const run = async () => (await waiting.describe()).runId;
      const firstRun = await run();
      for (let clicks = 0; (await run()) === firstRun; clicks += 1) {
        if (clicks > longHistory) throw new Error('The history never became long');
        const told = story.times('tellDisconnection');
        const by = clicks % 2 === 0 ? 'tom' : 'sanne';
        await handle.executeUpdate(contract.acknowledge, { args: [story.act(by)] });
        await story.untilAsked('tellDisconnection', told + 1);
      }
      loginIs(story, 'well');
      await signIn(story, 'first', 'reconnect');
      await story.until(({ link }) => link.state === 'connected');
      await story.untilAsked('tellMended');
    },
  },
  'fresh-history': {
    carried: connected,
    openServer: realTime,
    async tell(story) {
      await story.until(({ lastSuccessAt }) => lastSuccessAt !== connected.state.lastSuccessAt);
      await clickUntilFresh(story);
    },
  },
} satisfies Record<string, Scenario>;
