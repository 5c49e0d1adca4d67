import {
  condition,
  patched,
  setCurrentDetails,
  upsertSearchAttributes,
  workflowInfo,
  type SignalDefinition,
  type Workflow,
} from '@temporalio/workflow';
import type { SearchAttributePair } from '@temporalio/common';
import { describeForOperator } from '../domain/operator-words.ts';
import {
  statusWord,
  type ConnectionState,
  type FormerFate,
  type LinkState,
  type Login,
} from '../domain/connection.ts';
import type { SyncWish } from '../domain/rounds.ts';
import type { AwaitedPurpose } from '../domain/sign-in.ts';
import { workflowIds, type ConnectionInput } from './contract.ts';
import type { changeSynchronisationUser } from './change-synchronisation-user.ts';
import { LoginCare } from './connection-logins.ts';
import { Verifications } from './connection-verification.ts';
import { DelayCare } from './delay-care.ts';
import { Errand } from './errand.ts';
import { passOn } from './pass-on.ts';
import { patches } from './patches.ts';
import type { reconnect } from './reconnect.ts';
import { inherited, searchAttributes } from './search-attributes.ts';
import type { setUpSynchronisationUser } from './set-up-synchronisation-user.ts';
import { remember } from './steps.ts';
import type { syncMasterData } from './sync-master-data.ts';
import { openTalk } from './talk.ts';

/** How many ids of human actions are kept across continue-as-new, where Temporal forgets them. */
const rememberedActions = 200;
/** And of calls of the package, which may come by the hundred and must not push out what people did. */
const rememberedCalls = 50;

/** The memory of one connection: its state, what people have asked for, and what is under way beside the main loop. */
export class ConnectionLife {
  readonly input: ConnectionInput;
  state: ConnectionState;
  recentActions: string[];
  /** What the package called us for. */
  recentCalls: string[];
  /** Something about the state changed that the store does not know yet. */
  unsaved = true;
  /** What Temporal's list says of it; nothing yet when a history begins. */
  private shownStatus: string | null = null;
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
    this.recentCalls = input.carried?.recentCalls ?? [];
    this.logins = new LoginCare(input.carried?.looks);
    this.verifications = new Verifications(input.carried?.verifications);
    this.delays = new DelayCare(input.carried?.toldDelay);
    if (this.state.changingTo !== null)
      this.succession.adopt(workflowIds.change(this.state.id, this.state.changes));
  }

  hasSeen(actionId: string): boolean {
    return this.recentActions.includes(actionId) || this.recentCalls.includes(actionId);
  }

  /** True the first time an action is seen; a double click or a retry is told apart by its id. */
  isNew(actionId: string, by: string | null = null): boolean {
    if (this.hasSeen(actionId)) return false;
    if (by === this.state.system) this.recentCalls = [...this.recentCalls, actionId].slice(-rememberedCalls);
    else this.recentActions = [...this.recentActions, actionId].slice(-rememberedActions);
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
    const state = this.nextRevision();
    this.unsaved = false;
    setCurrentDetails(describeForOperator(state));
    this.showStatus();
    await remember(`Save: ${statusWord(state)}`).saveConnection({ state });
  }

  /** The state as it is now, newer than every one that was handed out before. */
  nextRevision(): ConnectionState {
    this.state = { ...this.state, revision: this.state.revision + 1 };
    return this.state;
  }

  private showStatus(): void {
    const status = searchableStatus(this.state.link);
    if (status === this.shownStatus && patched(patches.fewerSteps)) return;
    this.shownStatus = status;
    upsertSearchAttributes([{ key: searchAttributes.status, value: status }]);
  }

  /** The wishes that the round under way does not know of. */
  newWishes(): SyncWish[] {
    return this.state.wishes.filter(({ id }) => !this.handedOver.includes(id));
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
