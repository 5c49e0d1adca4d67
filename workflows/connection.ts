import { allHandlersFinished, condition, continueAsNew, workflowInfo } from '@temporalio/workflow';
import { isQuiet, nextStep, somethingHappens, type NextStep } from './connection-agenda.ts';
import { beginChange, endChange, forgetFormer, undoChange } from './connection-change.ts';
import { handOver } from './connection-handover.ts';
import { endIncident, openIncident } from './connection-incident.ts';
import { ConnectionLife } from './connection-life.ts';
import { beginLook, endLook } from './connection-logins.ts';
import { listen } from './connection-messages.ts';
import { endRound, handOverWishes, sync } from './connection-rounds.ts';
import { setUp } from './connection-set-up.ts';
import { beginVerification, endVerification } from './connection-verification.ts';
import type { ConnectionInput } from './contract.ts';
import { tellDelay } from './delay-care.ts';

const steps: Record<Exclude<NextStep, 'wait'>, (life: ConnectionLife) => Promise<void>> = {
  'set-up': setUp,
  'begin-change': beginChange,
  'end-change': endChange,
  'undo-change': undoChange,
  'hand-over': handOver,
  'forget-former': forgetFormer,
  'open-incident': openIncident,
  'end-incident': endIncident,
  'hand-over-wishes': handOverWishes,
  sync,
  'end-round': endRound,
  'tell-delay': tellDelay,
  look: beginLook,
  'end-look': endLook,
  verify: beginVerification,
  'end-verification': endVerification,
};

/**
 * The life of one connection. It is the only writer of its state and the only owner of when it syncs: set up once,
 * then a round every interval; when the login breaks, no round until a human has mended it. Whatever takes long is done
 * by a child beside this loop, so that people are answered meanwhile.
 */
export async function connection(input: ConnectionInput): Promise<void> {
  const life = new ConnectionLife(input);
  listen(life);
  for (;;) {
    // A login that broke is told first, and saved with its incident.
    if (life.unsaved && nextStep(life) !== 'open-incident') await life.publish();
    if (life.state.link.state === 'abandoned') break;
    if (workflowInfo().continueAsNewSuggested && isQuiet(life)) await beginFreshHistory(life);
    const step = nextStep(life);
    if (step === 'wait') await somethingHappens(life);
    else await steps[step](life);
  }
  await condition(() => allHandlersFinished() && life.talk.isSilent());
}

/** Returns when a person asked for something in the last moment: that is done first. */
async function beginFreshHistory(life: ConnectionLife): Promise<void> {
  await condition(allHandlersFinished);
  if (!isQuiet(life)) return;
  const { state, recentActions, recentCalls } = life;
  const looks = life.logins.times;
  const toldDelay = life.delays.told;
  const verifications = life.verifications.times;
  await continueAsNew<typeof connection>({
    ...life.input,
    carried: { state, recentActions, recentCalls, looks, toldDelay, verifications },
  });
}
