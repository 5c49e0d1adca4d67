import {
  condition,
  setCurrentDetails,
  upsertSearchAttributes,
  workflowInfo,
  type SignalDefinition,
  type Workflow,
} from '@temporalio/workflow';
import type { SearchAttributePair } from '@temporalio/common';
import { describeForOperator } from '../domain/operator-words.ts';
import {
  maySync,
  statusWord,
  type ConnectionState,
  type FormerFate,
  type LinkState,
  type Login,
} from '../domain/connection.ts';
import { nextOfHandover } from '../domain/handover.ts';
import type { SyncWish } from '../domain/rounds.ts';
import type { AwaitedPurpose } from '../domain/sign-in.ts';
import { workflowIds, type ConnectionInput } from './contract.ts';
import type { changeSynchronisationUser } from './change-synchronisation-user.ts';
import { LoginCare } from './connection-logins.ts';
import { Verifications } from './connection-verification.ts';
import { DelayCare } from './delay-care.ts';
import { Errand } from './errand.ts';
import { passOn } from './pass-on.ts';
import type { reconnect } from './reconnect.ts';
import { inherited, searchAttributes } from './search-attributes.ts';
import type { setUpSynchronisationUser } from './set-up-synchronisation-user.ts';
import { remember } from './steps.ts';
import type { syncMasterData } from './sync-master-data.ts';
import { openTalk } from './talk.ts';

/** How many ids of human actions are kept across continue-as-new, where Temporal forgets them. */
const rememberedActions = 200;

export type NextStep =
  | 'set-up'
  | 'end-change'
  | 'end-incident'
  | 'open-incident'
  | 'end-round'
  | 'end-look'
  | 'end-verification'
  | 'begin-change'
  | 'undo-change'
  | 'hand-over'
  | 'forget-former'
  | 'hand-over-wishes'
  | 'sync'
  | 'tell-delay'
  | 'look'
  | 'verify'
  | 'wait';

/** The memory of one connection: its state, what people have asked for, and what is under way beside the main loop. */
export class ConnectionLife {
  readonly input: ConnectionInput;
  state: ConnectionState;
  recentActions: string[];
  /** Something about the state changed that the store does not know yet. */
  unsaved = true;
  wishedChange: { to: string; by: string; fate: FormerFate; isUnattended: boolean } | null = null;
  /** Who wants the last change undone. */
  wishedUndo: string | null = null;
  /** Ids of the wishes that the round under way knows of. */
  handedOver: number[] = [];
  readonly setUp = new Errand<typeof setUpSynchronisationUser>();
  readonly round = new Errand<typeof syncMasterData>();
  readonly reconnect = new Errand<typeof reconnect>();
  readonly succession = new Errand<typeof changeSynchronisationUser>();
  readonly logins: LoginCare;
  readonly verifications: Verifications;
  readonly delays: DelayCare;
  readonly talk = openTalk();

  constructor(input: ConnectionInput) {
    this.input = input;
    this.state = input.carried?.state ?? newState(input);
    this.recentActions = input.carried?.recentActions ?? [];
    this.logins = new LoginCare(input.carried?.looks);
    this.verifications = new Verifications(input.carried?.verifications);
    this.delays = new DelayCare(input.carried?.toldDelay);
    if (this.state.changingTo !== null)
      this.succession.adopt(workflowIds.change(this.state.id, this.state.changes));
  }

  hasSeen(actionId: string): boolean {
    return this.recentActions.includes(actionId);
  }

  /** True the first time an action is seen; a double click or a retry is told apart by its id. */
  isNew(actionId: string): boolean {
    if (this.hasSeen(actionId)) return false;
    this.recentActions = [...this.recentActions, actionId].slice(-rememberedActions);
    return true;
  }

  change(patch: Partial<ConnectionState>): void {
    this.state = { ...this.state, ...patch };
    this.unsaved = true;
  }

  connected(login: Login, synchronisationUserId = this.state.synchronisationUserId): void {
    this.change({
      link: { state: 'connected', since: now() },
      health: { state: 'ok' },
      login,
      synchronisationUserId,
      nextSyncAt: now(),
    });
    this.logins.allDue();
    this.verifications.want('schedule');
  }

  /** A human is asked to log in for this purpose, or is about to be. */
  expects(purpose: AwaitedPurpose): boolean {
    switch (purpose) {
      case 'set-up':
        return this.state.link.state === 'connecting';
      case 'reconnect':
        return this.state.link.state === 'disconnected';
      case 'change':
        return this.state.changingTo !== null || this.wishedChange !== null;
    }
  }

  /** Tells the child that waits for a human, also one that is only being started. False when it is settled already. */
  async passOn<Payload>(
    purpose: AwaitedPurpose,
    signal: SignalDefinition<[Payload]>,
    payload: Payload,
  ): Promise<boolean> {
    const errand: Errand<Workflow> = {
      'set-up': this.setUp,
      reconnect: this.reconnect,
      change: this.succession,
    }[purpose];
    for (;;) {
      await condition(() => errand.handle !== null || !this.expects(purpose));
      const child = errand.handle;
      if (child === null) return false;
      if (await passOn(child, signal, payload)) return true;
      errand.lost(child);
      await condition(() => errand.handle !== child); // it ended in this very moment; another may take its place
    }
  }

  /** What the connection does next; the order of the questions is the order of importance. */
  nextStep(): NextStep {
    const { link, incident, changingTo, syncingSince } = this.state;
    const isConnected = link.state === 'connected';
    if (link.state === 'connecting' && !this.setUp.handle) return 'set-up';
    if (changingTo !== null && !this.succession.handle) return 'end-change';
    if (incident !== null && !this.reconnect.handle && (isConnected || this.reconnect.result))
      return 'end-incident';
    if (link.state === 'disconnected' && !this.reconnect.handle) return 'open-incident';
    if (syncingSince !== null && !this.round.handle) return 'end-round';
    if (this.logins.look.brought) return 'end-look';
    if (this.verifications.errand.result) return 'end-verification';
    if (this.wishedUndo !== null && changingTo === null) return 'undo-change';
    if (this.untilUndoEnds() === 0 && changingTo === null) return 'forget-former';
    if (this.untilHandover() === 0 && changingTo === null) return 'hand-over';
    if (this.wishedChange && changingTo === null) return 'begin-change';
    if (this.round.handle && this.newWishes().length > 0) return 'hand-over-wishes';
    if (this.waitsForRound() && (this.isDue() || this.maySyncWishes())) return 'sync';
    if (this.untilDelayIsTold() === 0) return 'tell-delay';
    if (this.untilNextLook() === 0) return 'look';
    if (this.verifications.untilDue(this) === 0) return 'verify';
    return 'wait';
  }

  /** Sleeps until something needs doing. */
  async somethingHappens(): Promise<void> {
    const awake = () => this.unsaved || this.nextStep() !== 'wait';
    const [first] = this.alarms().sort((one, other) => one.inMs - other.inMs);
    if (first) await condition(awake, Math.max(1, first.inMs), { summary: first.summary });
    else await condition(awake);
  }

  /** What falls due by itself: in how many milliseconds, and what an operator reads on its timer. */
  private alarms(): { inMs: number; summary: string }[] {
    const look = this.untilNextLook();
    const verification = this.verifications.untilDue(this);
    const delay = this.untilDelayIsTold();
    const undo = this.untilUndoEnds();
    const handover = this.untilHandover();
    return [
      ...(handover === null || this.state.changingTo !== null
        ? []
        : [{ inMs: handover, summary: 'until the planned handover, or a reminder of it' }]),
      ...(this.waitsForRound() ? [{ inMs: this.untilNextSync(), summary: 'until the next round' }] : []),
      ...(delay === null ? [] : [{ inMs: delay, summary: 'until the delay is told to the office' }]),
      ...(undo === null || this.state.changingTo !== null
        ? []
        : [{ inMs: undo, summary: 'until the change cannot be undone any more' }]),
      ...(look === null ? [] : [{ inMs: look, summary: 'until the next look at the login' }]),
      ...(verification === null
        ? []
        : [{ inMs: verification, summary: 'until the rights of the login are verified' }]),
    ];
  }

  /** Milliseconds until the planned handover, or a reminder of it; null when none is planned. */
  private untilHandover(): number | null {
    const { handover } = this.state;
    return handover === null ? null : Math.max(0, nextOfHandover(handover).dueAt - Date.now());
  }

  /** Milliseconds until the last change cannot be undone any more; null when there is none. */
  private untilUndoEnds(): number | null {
    const { former } = this.state;
    return former === null ? null : Math.max(0, Date.parse(former.until) - Date.now());
  }

  /** Nothing is under way beside the main loop but a change, which goes on by itself; so a fresh history may begin. */
  isQuiet(): boolean {
    const errands = [this.setUp, this.round, this.reconnect, this.verifications.errand];
    const underWay = errands.some(({ handle }) => handle);
    // A round that is due may as well be the first thing of the new history: where calls come in all the time, one always is.
    const mayWait = ['wait', 'sync'].includes(this.nextStep());
    return mayWait && !underWay && !this.logins.look.isUnderWay && this.talk.isSilent();
  }

  /** So that whoever filters by connection in Temporal UI finds its rounds, set-up, reconnects and changes too. */
  foundBy(): SearchAttributePair[] {
    const own = workflowInfo().typedSearchAttributes;
    return inherited.flatMap((key) => {
      const value = own.get(key);
      return value === undefined ? [] : [{ key, value }];
    });
  }

  /** Lets the store, the search attributes and the operator's page know what changed. */
  async publish(): Promise<void> {
    this.state = { ...this.state, revision: this.state.revision + 1 };
    this.unsaved = false;
    const { state } = this;
    setCurrentDetails(describeForOperator(state));
    upsertSearchAttributes([{ key: searchAttributes.status, value: searchableStatus(state.link) }]);
    await remember(`Save: ${statusWord(state)}`).saveConnection({ state });
  }

  /** The wishes that the round under way does not know of. */
  newWishes(): SyncWish[] {
    return this.state.wishes.filter(({ id }) => !this.handedOver.includes(id));
  }

  private untilDelayIsTold(): number | null {
    return this.delays.dueIn(this.state.health, this.input.waits);
  }

  /** The next planned round is due. */
  isDue(): boolean {
    return this.untilNextSync() === 0;
  }

  /** While the package is down or limits us, wishes wait for the next planned round, which finds out when it is well. */
  private maySyncWishes(): boolean {
    return this.state.wishes.length > 0 && this.state.health.state === 'ok';
  }

  private waitsForRound(): boolean {
    return maySync(this.state) && this.state.syncingSince === null;
  }

  private untilNextLook(): number | null {
    return this.logins.untilDue(this, this.input.waits);
  }

  /** Milliseconds until the next round is due; 0 when it is. */
  private untilNextSync(): number {
    return this.state.nextSyncAt === null ? 0 : Math.max(0, Date.parse(this.state.nextSyncAt) - Date.now());
  }
}

export const now = (): string => new Date().toISOString();

function searchableStatus(link: LinkState): string {
  return link.state === 'disconnected' ? `Disconnected: ${link.cause}` : statusWord({ link });
}

function newState(input: ConnectionInput): ConnectionState {
  return {
    id: input.connectionId,
    name: input.name,
    system: input.system,
    link: { state: 'connecting', since: now() },
    health: { state: 'ok' },
    pausedBy: null,
    synchronisationUserId: input.synchronisationUserId,
    standInId: null,
    login: null,
    requestedBy: input.requestedBy,
    incident: null,
    companies: 0,
    round: 0,
    changes: 0,
    lastSuccessAt: null,
    syncingSince: null,
    nextSyncAt: null,
    wishes: [],
    changingTo: null,
    former: null,
    handover: null,
    catchingUpAfter: null,
    revision: 0,
  };
}
