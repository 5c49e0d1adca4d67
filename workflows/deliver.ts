import { CancellationScope, condition, setCurrentDetails, setHandler } from '@temporalio/workflow';
import { again, type DeliverInput } from './contract.ts';
import { carryOut, remember } from './steps.ts';

/**
 * One announcement to one recipient that Slack did not take at once. It is tried until it stands there, whatever refuses
 * meanwhile; whoever wanted it said goes on without waiting. Something newer to say is tried at once, however long the
 * next try was put off. After days, or when an operator ends it, it is given up, which is kept.
 */
export async function deliver({ key, whom, what }: DeliverInput): Promise<'said' | 'over' | 'given-up'> {
  let wanted = 1;
  setHandler(again, () => void (wanted += 1));
  setCurrentDetails(`Slack did not take this at once: **${what}** for ${whom}. It is tried until it does.`);
  for (;;) {
    const round = wanted;
    let end: 'said' | 'over' | 'given-up' | null = null;
    const tries = new CancellationScope();
    const tried = tries
      .run(() => carryOut(`Say it to ${whom}`).carryOutDelivery({ key }))
      .then(
        (result) => void (end = result),
        () => void (end = 'given-up'),
      );
    const isOver = () => end !== null || wanted > round;
    while (!isOver()) await condition(isOver, '1 day', { summary: 'until Slack takes it' });
    if (end === null) {
      tries.cancel(); // what is newer is not kept waiting by what was put off
      await tried;
      continue;
    }
    if (wanted > round) continue;
    if (end === 'given-up')
      await CancellationScope.nonCancellable(() =>
        remember('Keep that it could not be said').giveUpDelivery({ key }),
      );
    return end;
  }
}
