import { WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure, type UpdateDefinition } from '@temporalio/common';
import fc from 'fast-check';
import { linkCauses, type LinkCause } from '../../domain/causes.ts';
import type { ConnectionState } from '../../domain/connection.ts';
import { isObjection, type Objection } from '../../domain/objections.ts';
import * as contract from '../../workflows/contract.ts';
import { ownLogins, waysToSignIn, type World } from './lifecycle-world.ts';
import { minute } from './office-of-fakes.ts';
import type { Story } from './story.ts';

const person = fc.constantFrom('sanne', 'tom', 'petra');
const soon = fc.constantFrom(2 * minute, 20 * minute, 90 * minute);
const children = ['setUp', 'round', 'reconnect', 'change', 'verification'] as const;

/** What happens to a connection, by how often; the numbers are weights. */
const kinds = {
  breaks: [6, { cause: fc.constantFrom(...linkCauses), heardBy: fc.constantFrom('nobody', 'a-booking') }],
  'former-login-breaks': [1, { whose: person }],
  doubt: [2, { looks: fc.integer({ min: 1, max: 4 }), then: fc.constantFrom(null, ...linkCauses) }],
  'package-is': [3, { how: fc.constantFrom('up', 'up', 'outage', 'rate-limit') }],
  'mends-itself': [2, {}],
  'sign-in': [
    9,
    {
      by: person,
      how: fc.oneof({ weight: 3, arbitrary: fc.constant('right') }, fc.constantFrom(...waysToSignIn)),
      purpose: fc.oneof(
        { weight: 6, arbitrary: fc.constant('asked') },
        fc.constantFrom('set-up', 'reconnect', 'change'),
      ),
    },
  ],
  'choose-companies': [2, { companies: fc.constantFrom('all', ['1', '2']) }],
  'unlink-companies': [1, {}],
  change: [4, { to: person, by: person, fate: fc.constantFrom('stand-in', 'let-go') }],
  weighs: [2, { verdict: fc.constantFrom('fits', 'fits', 'loses', 'uncertain') }],
  decide: [4, { says: fc.constantFrom('confirm', 'confirm', 'agree', 'decline'), by: person }],
  cancel: [2, { by: person }],
  undo: [3, { by: person }],
  'plan-handover': [2, { to: person, by: person, inMs: soon }],
  'cancel-handover': [1, { by: person }],
  'stand-in': [2, { by: person, person: fc.constantFrom('sanne', 'tom', 'petra', null) }],
  'links-own': [1, { person }],
  pause: [2, { by: person }],
  resume: [3, { by: person }],
  synchronise: [3, { by: person, companies: fc.constantFrom(null, ['1'], ['2']) }],
  'package-calls': [1, {}],
  verify: [2, { by: person }],
  'on-it': [3, { by: person }],
  snooze: [3, { by: person, everybody: fc.boolean(), forMs: fc.constantFrom(-1, 3 * minute, 40 * minute) }],
  'ends-a-child': [2, { which: fc.constantFrom(...children) }],
  'slack-is': [2, { how: fc.constantFrom('takes', 'refuses') }],
  'same-click-again': [2, {}],
} as const satisfies Record<string, [number, Record<string, fc.Arbitrary<unknown>>]>;

export type StepKind = keyof typeof kinds;
type Values<A> = { -readonly [K in keyof A]: A[K] extends fc.Arbitrary<infer V> ? V : never };
export type Step = { [K in StepKind]: { do: K } & Values<(typeof kinds)[K][1]> }[StepKind];

/** Every step there is. */
export const anyStep = fc.oneof(
  ...Object.entries(kinds).map(([kind, [weight, more]]) => ({
    weight,
    arbitrary: fc.record({ do: fc.constant(kind), ...more }),
  })),
) as fc.Arbitrary<Step>;

/** What became of a step. */
export interface Taken {
  step: Step;
  /** Whether it was accepted, or why it was refused; null where nobody is answered. */
  answer: 'accepted' | { refused: Objection } | null;
  action: contract.Action;
  before: ConnectionState;
  /** How many activities had been asked for before. */
  askedBefore: number;
  signInId?: string;
}

type Click = () => Promise<unknown>;

/** Takes steps, one or several at once, and remembers what became of them. */
export class Walker {
  private readonly story: Story;
  private readonly world: World;
  private count = 0;
  private lastClick: Click | null = null;
  readonly taken: Taken[] = [];
  /** The connection has ended for good. */
  isOver = false;

  constructor(story: Story, world: World) {
    this.story = story;
    this.world = world;
  }

  async state(): Promise<ConnectionState> {
    return this.story.state();
  }

  /** @throws Error when an answer is neither yes nor words */
  async take(step: Step, before: ConnectionState): Promise<Taken> {
    this.count += 1;
    const by = 'by' in step ? step.by : 'sanne';
    const taken: Taken = {
      step,
      answer: null,
      action: { actionId: `action-${this.count}`, by },
      before,
      askedBefore: this.story.asked.length,
    };
    this.taken.push(taken);
    await this.act(taken, await this.story.env.currentTimeMs());
    return taken;
  }

  private async act(taken: Taken, now: number): Promise<void> {
    const { step, action, before } = taken;
    const { world, story } = this;
    const at = iso(now);
    const grantId = before.login?.grantId;
    const click = <Args extends [unknown]>(update: UpdateDefinition<void, Args>, ...args: Args) =>
      this.click(taken, () => story.handle.executeUpdate(update as never, { args } as never));
    switch (step.do) {
      case 'breaks':
        if (!grantId) return;
        world.ails(grantId, { kind: 'broken', cause: step.cause }, now);
        if (step.heardBy === 'a-booking') await this.loginBroke(grantId, step.cause, at);
        return;
      case 'former-login-breaks':
        if (before.login?.accountingUserName !== ownLogins[step.whose])
          await this.loginBroke(`grant/${ownLogins[step.whose]}`, 'grant-lost', at);
        return;
      case 'doubt':
        if (grantId) world.ails(grantId, { kind: 'doubtful', looks: step.looks, then: step.then }, now);
        return;
      case 'package-is':
        if (step.how === 'up' && world.down) world.upSince = now;
        world.down = step.how === 'up' ? null : step.how;
        return;
      case 'mends-itself':
        if (grantId) world.mend(grantId);
        return;
      case 'sign-in': {
        const purpose = step.purpose === 'asked' ? this.asked(before) : step.purpose;
        const own = ownLogins[step.by];
        const name = purpose === 'reconnect' ? (before.login?.accountingUserName ?? own) : own;
        taken.signInId = `${name}/${step.how}/${step.by}/${this.count}`;
        return click(contract.signInReturned, { signInId: taken.signInId, purpose });
      }
      case 'choose-companies':
        return click(contract.chooseCompanies, { ...action, companies: step.companies });
      case 'unlink-companies':
        return click(contract.unlinkCompanies, { ...action, companies: ['1', '2'] });
      case 'change':
        return click(contract.changeSynchronisationUser, { ...action, to: step.to, fate: step.fate });
      case 'weighs':
        world.verdict = step.verdict;
        return;
      case 'decide': {
        if (before.changingTo === null) return; // the server that skips time never skips it again after a look for nothing
        const id = contract.workflowIds.change(before.id, before.changes);
        const child = story.env.client.workflow.getHandle(id);
        const says = {
          confirm: contract.confirmChange,
          agree: contract.agreeToChange,
          decline: contract.declineChange,
        };
        const args = [{ ...action, reason: 'It is sold.' }];
        return this.click(taken, () => child.executeUpdate(says[step.says] as never, { args } as never));
      }
      case 'cancel':
        return click(contract.cancelInvitation, action);
      case 'undo':
        return click(contract.undoChange, action);
      case 'plan-handover':
        return click(contract.planHandover, { ...action, to: step.to, at: iso(now + step.inMs) });
      case 'cancel-handover':
        return click(contract.cancelHandover, action);
      case 'stand-in':
        return click(contract.setStandIn, { ...action, person: step.person });
      case 'links-own': {
        const name = ownLogins[step.person];
        if (before.synchronisationUserId === step.person) return;
        world.linksOwn(step.person, name, at);
        return story.handle.signal(contract.personLinked, { person: step.person });
      }
      case 'pause':
        return click(contract.pause, action);
      case 'resume':
        return click(contract.resume, action);
      case 'synchronise': {
        const { companies } = step;
        const scope = companies && { companies: [...companies], kinds: ['vat-code' as const] };
        return click(contract.syncNow, { ...action, ...(scope && { scope }) });
      }
      case 'package-calls':
        return story.handle.signal(contract.packageCalled, {
          actionId: action.actionId,
          by: 'exact-online',
          scope: { companies: ['2'], kinds: ['vat-code'] },
          at,
        });
      case 'verify':
        return click(contract.verify, action);
      case 'on-it':
        return click(contract.acknowledge, action);
      case 'snooze':
        return click(contract.snooze, {
          ...action,
          until: iso(now + step.forMs),
          everybody: step.everybody,
        });
      case 'ends-a-child':
        return this.endChild(step.which, before);
      case 'slack-is':
        world.slack = step.how;
        return;
      case 'same-click-again':
        // Whatever is said to it, it must not happen twice.
        if (this.lastClick) await this.lastClick().catch(objectionOf);
    }
  }

  private asked(state: ConnectionState): 'set-up' | 'reconnect' | 'change' {
    if (state.link.state === 'connecting') return 'set-up';
    if (state.changingTo !== null) return 'change';
    return 'reconnect';
  }

  private async click(taken: Taken, click: Click): Promise<void> {
    this.lastClick = click;
    try {
      await click();
      taken.answer = 'accepted';
    } catch (error) {
      taken.answer = { refused: objectionOf(error) };
    }
  }

  private loginBroke(grantId: string, cause: LinkCause, at: string): Promise<void> {
    return this.story.handle.signal(contract.loginBroke, { grantId, cause, begunAt: at, at });
  }

  /** An operator ends what is under way. */
  private async endChild(which: (typeof children)[number], state: ConnectionState): Promise<void> {
    const { id, round, changes, incident } = state;
    const isUnderWay = {
      setUp: state.link.state === 'connecting',
      round: state.syncingSince !== null,
      reconnect: incident !== null,
      change: state.changingTo !== null,
      verification: false,
    }[which];
    if (!isUnderWay) return;
    const verifications = this.story.times('concludeVerification');
    const workflowId = {
      setUp: contract.workflowIds.setUp(id),
      round: contract.workflowIds.sync(id, round),
      reconnect: contract.workflowIds.reconnect(id, incident ?? 0),
      change: contract.workflowIds.change(id, changes),
      verification: contract.workflowIds.verify(id, String(verifications + 1)),
    }[which];
    const child = this.story.env.client.workflow.getHandle(workflowId);
    await child.cancel().catch((error: unknown) => {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    });
  }
}

/** Why something was refused. @throws what is no refusal */
function objectionOf(error: unknown): Objection {
  if (error instanceof WorkflowNotFoundError) return 'no-such-connection'; // as the gateway says it
  if (
    error instanceof WorkflowUpdateFailedError &&
    error.cause instanceof ApplicationFailure &&
    error.cause.type === contract.refusal &&
    isObjection(error.cause.message)
  )
    return error.cause.message;
  throw error;
}

const iso = (ms: number) => new Date(ms).toISOString();
