import {
  condition,
  setCurrentDetails,
  upsertSearchAttributes,
  type ChildWorkflowHandle,
  type Workflow,
} from '@temporalio/workflow';
import { describeForOperator } from '../domain/operator-words.ts';
import {
  maySync,
  statusWord,
  type ConnectionState,
  type LinkState,
  type Login,
} from '../domain/connection.ts';
import { nextStart, phaseOf } from '../domain/rounds.ts';
import type { SignInPurpose } from '../domain/sign-in.ts';
import type { ChangeResult, ConnectionInput, ReconnectResult, SyncResult } from './contract.ts';
import type { changeSynchronisationUser } from './change-synchronisation-user.ts';
import type { reconnect } from './reconnect.ts';
import { searchAttributes } from './search-attributes.ts';
import type { setUpSynchronisationUser } from './set-up-synchronisation-user.ts';
import { remember } from './steps.ts';

/** How many ids of human actions are kept across continue-as-new, where Temporal forgets them. */
const rememberedActions = 200;

/** What the connection does next; the order of the questions is the order of importance. */
export type NextStep =
  | { do: 'carry-on-connected'; result: ReconnectResult }
  | { do: 'switch-user'; result: Extract<ChangeResult, { kind: 'changed' }> }
  | { do: 'open-incident' }
  | { do: 'begin-change'; to: string; by: string }
  | { do: 'sync' }
  | { do: 'wait' };

/** The memory of one connection: its state, what people have asked for, and who is waiting for whom. */
export class ConnectionLife {
  readonly input: ConnectionInput;
  state: ConnectionState;
  recentActions: string[];
  /** Something about the state changed that the store does not know yet. */
  unsaved = true;
  wishedChange: { to: string; by: string } | null = null;
  settingUp: ChildWorkflowHandle<typeof setUpSynchronisationUser> | null = null;
  reconnecting: ChildWorkflowHandle<typeof reconnect> | null = null;
  changing: ChildWorkflowHandle<typeof changeSynchronisationUser> | null = null;
  reconnected: ReconnectResult | null = null;
  changed: ChangeResult | null = null;

  constructor(input: ConnectionInput) {
    this.input = input;
    this.state = input.carried?.state ?? newState(input);
    this.recentActions = input.carried?.recentActions ?? [];
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

  /** The child that waits for a human to log in for this purpose, or null. */
  waiting(purpose: SignInPurpose): ChildWorkflowHandle<Workflow> | null {
    return { 'set-up': this.settingUp, reconnect: this.reconnecting, change: this.changing }[purpose];
  }

  /** Whether such a child is there or about to be. */
  expects(purpose: SignInPurpose): boolean {
    switch (purpose) {
      case 'set-up':
        return this.state.link.state === 'connecting';
      case 'reconnect':
        return this.state.link.state === 'disconnected';
      case 'change':
        return this.changing !== null || this.wishedChange !== null;
    }
  }

  change(patch: Partial<ConnectionState>): void {
    this.state = { ...this.state, ...patch };
    this.unsaved = true;
  }

  nextStep(): NextStep {
    if (this.changed?.kind === 'changed') return { do: 'switch-user', result: this.changed };
    if (this.reconnected) return { do: 'carry-on-connected', result: this.reconnected };
    if (this.wishedChange && !this.changing) return { do: 'begin-change', ...this.wishedChange };
    if (this.state.link.state === 'disconnected' && !this.reconnecting) return { do: 'open-incident' };
    if (maySync(this.state) && this.untilNextSync() === 0) return { do: 'sync' };
    return { do: 'wait' };
  }

  /** Milliseconds until the next round is due; 0 when it is. */
  untilNextSync(): number {
    return this.state.nextSyncAt === null ? 0 : Math.max(0, Date.parse(this.state.nextSyncAt) - Date.now());
  }

  /** Sleeps until something needs doing. */
  async somethingHappens(): Promise<void> {
    const awake = () => this.unsaved || this.nextStep().do !== 'wait';
    if (maySync(this.state))
      await condition(awake, Math.max(1, this.untilNextSync()), { summary: 'until the next round' });
    else await condition(awake);
  }

  /** No child is waiting for a human, so the workflow may begin a fresh history. */
  isQuiet(): boolean {
    return !this.reconnecting && !this.changing && !this.wishedChange && this.nextStep().do === 'wait';
  }

  connected(login: Login, synchronisationUserId = this.state.synchronisationUserId): void {
    this.change({
      link: { state: 'connected', since: now() },
      health: { state: 'ok' },
      login,
      synchronisationUserId,
      nextSyncAt: now(),
    });
  }

  /** Takes in what a round told: what changed, or why it stopped, and when the next one is due. */
  roundEnded(result: SyncResult): void {
    const { stop } = result;
    this.change({ syncingSince: null });
    if (stop?.kind === 'broken') {
      // A login that was replaced while the round ran says nothing about the one in use now.
      if (result.grantId === this.state.login?.grantId)
        this.change({
          link: { state: 'disconnected', since: now(), cause: stop.cause },
          health: { state: 'ok' },
          nextSyncAt: null,
        });
    } else if (stop?.kind === 'delayed') {
      const since = this.state.health.state === 'delayed' ? this.state.health.since : now();
      const until = stop.until ?? at(Date.now() + this.input.waits.retryDelayed);
      this.change({
        health: { state: 'delayed', reason: stop.reason, since, until: stop.until },
        nextSyncAt: until,
      });
    } else {
      const { syncInterval } = this.input.waits;
      const start = nextStart(Date.now(), syncInterval, phaseOf(this.state.id, syncInterval));
      this.change({ health: { state: 'ok' }, lastSuccessAt: now(), nextSyncAt: at(start) });
    }
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
}

export const now = (): string => at(Date.now());
const at = (time: number): string => new Date(time).toISOString();

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
    login: null,
    requestedBy: input.requestedBy,
    incident: null,
    companies: 0,
    round: 0,
    changes: 0,
    lastSuccessAt: null,
    syncingSince: null,
    nextSyncAt: null,
    changingTo: null,
    catchingUpAfter: null,
    revision: 0,
  };
}
