import { allHandlersFinished, condition, continueAsNew } from '@temporalio/workflow';
import { nextStep, somethingHappens, type NextStep } from './connection-agenda.ts';
import { beginChange, endChange, forgetFormer, undoChange } from './connection-change.ts';
import { lookAtChildren } from './connection-children.ts';
import { handOver } from './connection-handover.ts';
import { endIncident, openIncident } from './connection-incident.ts';
import { ConnectionEntity } from './connection-entity.ts';
import { beginCheck, endCheck } from './connection-logins.ts';
import { listen } from './connection-messages.ts';
import { doNoted } from './connection-noted.ts';
import { endRound, handOverRequests, sync } from './connection-rounds.ts';
import { setUp } from './connection-set-up.ts';
import { beginVerification, endVerification } from './connection-verification.ts';
import { hasCome, nowMs } from '../clock.ts';
import { historyIsFarTooLong, historyIsLong } from '../history.ts';
import type { ConnectionInput } from '../contract.ts';
import { tellDelay } from './delay-notice.ts';

const steps: Record<Exclude<NextStep, 'wait'>, (entity: ConnectionEntity) => void | Promise<void>> = {
  'set-up': setUp,
  'begin-change': beginChange,
  'end-change': endChange,
  'undo-change': undoChange,
  'hand-over': handOver,
  'forget-former': forgetFormer,
  'open-incident': openIncident,
  'do-noted': doNoted,
  'end-incident': endIncident,
  'hand-over-requests': handOverRequests,
  sync,
  'end-round': endRound,
  'tell-delay': tellDelay,
  look: beginCheck,
  'end-look': endCheck,
  verify: beginVerification,
  'end-verification': endVerification,
  'look-at-children': lookAtChildren,
};

/**
 * The life of one connection. It is the only writer of its state and the only owner of when it syncs: set up once,
 * then a round every interval; when the login breaks, no round until a human has mended it. Whatever takes long is done
 * by a child beside this loop, so that people are answered meanwhile.
 */
export async function connection(input: ConnectionInput): Promise<void> {
  const entity = new ConnectionEntity(input);
  listen(entity);
  for (;;) {
    // A login that broke is told first, and saved with its incident.
    if (entity.unsaved && nextStep(entity, nowMs()) !== 'open-incident') await entity.publish();
    if (entity.state.link.state === 'abandoned') break;
    if (historyIsLong() && nowMs() >= entity.renewsAfter && !isOwed(entity)) await beginFreshHistory(entity);
    const at = nowMs();
    const step = nextStep(entity, at);
    if (step === 'wait') hasCome((await somethingHappens(entity, at)) ?? at);
    else await steps[step](entity);
  }
  await entity.outbox.settled();
  await condition(allHandlersFinished, '1 minute', { summary: 'until everybody is answered' });
  // What was asked for, or came back, meanwhile.
  while (entity.unsaved || !entity.noted.isEmpty()) {
    if (entity.unsaved) await entity.publish();
    await doNoted(entity);
  }
}

/** What a look found, or somebody asked for, is taken in first: a fresh history would not know of it. */
const isOwed = ({ logins, noted }: ConnectionEntity): boolean =>
  logins.look.brought !== null || !noted.isEmpty();

/** While somebody waits for an answer the others are served: so long, in milliseconds, until it is tried again. */
const untilNextTry = 10_000;

/**
 * Begins a fresh history with all that is known, whatever is under way: it is adopted. What is being answered or said may
 * be finished first. Returns when somebody still waits for an answer, or something is still being said.
 */
async function beginFreshHistory(entity: ConnectionEntity): Promise<void> {
  const isQuiet = () => allHandlersFinished() && entity.outbox.isSilent() && !entity.logins.look.isUnderWay;
  const isReady = () => isQuiet() || isOwed(entity);
  entity.isRenewing = true;
  await condition(isReady, '3 seconds', { summary: 'until everybody is answered' });
  entity.isRenewing = false;
  if (isOwed(entity)) return;
  // What is to be said is kept nowhere else until it is written down.
  const isStillSaid = !entity.outbox.isSilent() && !historyIsFarTooLong();
  if (!allHandlersFinished() || isStillSaid) {
    entity.renewsAfter = nowMs() + untilNextTry;
    return;
  }
  await continueAsNew<typeof connection>({ ...entity.input, carried: entity.memory });
}
