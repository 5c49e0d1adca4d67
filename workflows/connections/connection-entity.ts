import type { Objection } from '../../domain/objections.ts';
import { setCurrentDetails, upsertSearchAttributes, workflowInfo, type Workflow } from '@temporalio/workflow';
import type { SearchAttributePair } from '@temporalio/common';
import { describeForOperator } from '../../words/connections/for-operators.ts';
import type { Happened, Happening } from '../../domain/connections/history-kinds.ts';
import type { ConnectionState, LinkState, Login } from '../../domain/connection.ts';
import { statusWord } from '../../words/connections/status.ts';
import type { SyncRequest } from '../../domain/sync/rounds.ts';
import type { AskedChange, ChangeFact } from '../../domain/succession/change-facts.ts';
import type { AwaitedPurpose } from '../../domain/logins/sign-in.ts';
import { beganAt, iso, now } from '../clock.ts';
import type { ConnectionInput, RefusedAction } from '../contract.ts';
import type { changeSynchronisationUser } from '../succession/change-synchronisation-user.ts';
import { LoginChecks } from './connection-logins.ts';
import { Noted } from './connection-noted.ts';
import { Questions } from './connection-questions.ts';
import { Verifications } from './connection-verification.ts';
import { DelayNotice } from './delay-notice.ts';
import { ChildSlot } from '../child-slot.ts';
import type { Carried, ChangeRequest } from '../inputs.ts';
import type { reconnect } from '../incidents/reconnect.ts';
import { inherited, searchAttributes } from '../search-attributes.ts';
import type { setUpSynchronisationUser } from '../logins/set-up-synchronisation-user.ts';
import { remember } from '../steps.ts';
import type { syncMasterData } from '../sync/sync-master-data.ts';
import { openOutbox } from '../outbox.ts';
import type { PersonId } from '../../domain/ids.ts';

/** How many ids of human actions are kept across continue-as-new, where Temporal forgets them. */
const rememberedActions = 200;
/** And of calls of the package, which may come by the hundred and must not push out what people did. */
const rememberedCalls = 50;

/** The memory of one connection: its state, what people have asked for, and what is under way beside the main loop. */
export class ConnectionEntity {
  readonly input: ConnectionInput;
  state: ConnectionState;
  recentActions: string[];
  /** What the package called us for. */
  recentCalls: string[];
  /** What was refused after it had been taken down. */
  refusedActions: RefusedAction[];
  /** What happened that the store does not know yet: it is kept together with the state it led to. */
  private happened: Happened[];
  /** The same of what became known of changes. */
  private changeFacts: ChangeFact[];
  /** Something about the state changed that the store does not know yet. */
  unsaved = true;
  /** What Temporal's list says of it; nothing yet when a history begins. */
  private shownStatus: string | null = null;
  requestedChange: ChangeRequest | null;
  /** Who wants the last change undone. */
  requestedUndo: string | null;
  /** Ids of the requests that the round under way knows of. */
  handedOver: number[];
  /** How many messages came in since this history began. */
  heard = 0;
  /** A fresh history is about to begin, so nothing new is taken in. */
  isRenewing = false;
  /** It is not tried before, in milliseconds since 1970. */
  renewsAfter = 0;
  readonly setUp: ChildSlot<typeof setUpSynchronisationUser>;
  readonly round: ChildSlot<typeof syncMasterData>;
  readonly reconnect: ChildSlot<typeof reconnect>;
  readonly succession: ChildSlot<typeof changeSynchronisationUser, AskedChange>;
  readonly logins: LoginChecks;
  readonly verifications: Verifications;
  readonly delays: DelayNotice;
  readonly outbox = openOutbox();
  readonly questions = new Questions(this);
  readonly noted = new Noted();

  constructor(input: ConnectionInput) {
    this.input = input;
    this.state = input.carried?.state ?? newState(input);
    this.recentActions = input.carried?.recentActions ?? [];
    this.happened = input.carried?.happened ?? [];
    this.changeFacts = input.carried?.changeFacts ?? [];
    this.recentCalls = input.carried?.recentCalls ?? [];
    this.requestedChange = input.carried?.requestedChange ?? null;
    this.requestedUndo = input.carried?.requestedUndo ?? null;
    this.handedOver = input.carried?.handedOver ?? [];
    const slots = input.carried?.slots;
    this.setUp = new ChildSlot(slots?.setUp);
    this.round = new ChildSlot(slots?.round);
    this.reconnect = new ChildSlot(slots?.reconnect);
    this.succession = new ChildSlot(slots?.succession);
    this.refusedActions = input.carried?.refusedActions ?? [];
    this.logins = new LoginChecks(input.carried?.looks);
    this.verifications = new Verifications(input);
    this.delays = new DelayNotice(input.carried?.toldDelay);
  }

  /** All that a fresh history needs to go on where this one is. */
  get memory(): Carried {
    const { state, recentActions, recentCalls, refusedActions, requestedChange, requestedUndo, handedOver } =
      this;
    return {
      state,
      happened: this.happened,
      changeFacts: this.changeFacts,
      recentActions,
      recentCalls,
      refusedActions,
      requestedChange,
      requestedUndo,
      handedOver,
      looks: this.logins.memory,
      toldDelay: this.delays.told,
      verifications: this.verifications.times,
      slots: {
        setUp: this.setUp.memory,
        round: this.round.memory,
        reconnect: this.reconnect.memory,
        succession: this.succession.memory,
        verification: this.verifications.slot.memory,
      },
    };
  }

  /** Whatever can be under way beside the main loop. */
  get slots(): ChildSlot<Workflow, unknown>[] {
    return [this.setUp, this.round, this.reconnect, this.succession, this.verifications.slot];
  }

  hasSeen(actionId: string): boolean {
    return this.recentActions.includes(actionId) || this.recentCalls.includes(actionId);
  }

  /** True the first time an action is seen; a double click or a retry is told apart by its id. */
  isNew(actionId: string, by: PersonId | null = null): boolean {
    if (this.hasSeen(actionId)) return false;
    if (by === this.state.system) this.recentCalls = [...this.recentCalls, actionId].slice(-rememberedCalls);
    else this.recentActions = [...this.recentActions, actionId].slice(-rememberedActions);
    return true;
  }

  /** An action came to nothing. */
  forget(actionId: string): void {
    const others = (id: string) => id !== actionId;
    this.recentActions = this.recentActions.filter(others);
    this.recentCalls = this.recentCalls.filter(others);
  }

  change(patch: Partial<ConnectionState>): void {
    this.state = { ...this.state, ...patch };
    this.unsaved = true;
  }

  /** Stands in the history once the store takes it; `id` is the same however often it is told. `by`: null when nobody did it. */
  happens(id: string, by: PersonId | null, happening: Happening): void {
    this.happened = [...this.happened, { id, at: now(), by, ...happening }];
    this.unsaved = true;
  }

  /** Stands in the table of changes once the store takes it. */
  keepOfChange(fact: ChangeFact): void {
    this.changeFacts = [...this.changeFacts, fact];
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
        return this.state.changingTo !== null || this.requestedChange !== null;
    }
  }

  /** Somebody reads why this was not done; a retry of the same click reads the same. */
  refused(actionId: string, why: Objection): void {
    this.refusedActions = [...this.refusedActions, { actionId, why }].slice(-rememberedCalls);
  }

  whyRefused(actionId: string): Objection | null {
    return this.refusedActions.find((one) => one.actionId === actionId)?.why ?? null;
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
    const saved = this.toSave();
    this.unsaved = false;
    setCurrentDetails(describeForOperator(saved.state));
    this.showStatus();
    await remember(`Save: ${statusWord(saved.state)}`).saveConnection(saved);
  }

  /** The state as it is now, newer than every one that was handed out before, with what led to it. */
  toSave(): { state: ConnectionState; happened?: Happened[]; changes?: ChangeFact[] } {
    const { happened, changeFacts: changes } = this;
    this.happened = [];
    this.changeFacts = [];
    this.state = { ...this.state, revision: this.state.revision + 1 };
    return {
      state: this.state,
      ...(happened.length > 0 && { happened }),
      ...(changes.length > 0 && { changes }),
    };
  }

  private showStatus(): void {
    const status = searchableStatus(this.state.link);
    if (status === this.shownStatus) return;
    this.shownStatus = status;
    upsertSearchAttributes([{ key: searchAttributes.status, value: status }]);
  }

  /** The requests that the round under way does not know of. */
  newRequests(): SyncRequest[] {
    return this.state.requests.filter(({ id }) => !this.handedOver.includes(id));
  }
}

function searchableStatus(link: LinkState): string {
  return link.state === 'disconnected' ? `Disconnected: ${link.cause}` : statusWord({ link });
}

function newState(input: ConnectionInput): ConnectionState {
  return {
    id: input.connectionId,
    name: input.name,
    system: input.system,
    link: { state: 'connecting', since: iso(beganAt()) },
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
    requests: [],
    changingTo: null,
    former: null,
    handover: null,
    catchingUpAfter: null,
    revision: 0,
  };
}
