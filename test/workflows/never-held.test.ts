import { beforeAll, expect, test } from '@jest/globals';
import { UnavailableError } from '../../gateway/errors.ts';
import { createGateway } from '../../gateway/temporal-gateway.ts';
import * as contract from '../../workflows/contract.ts';
import { hour, waits } from './office-of-fakes.ts';
import { quietRuntime, realLimits } from './servers.ts';
import { connected, loginIs, signIn, story, type Story } from './story.ts';

beforeAll(quietRuntime);

/** They leave more than a thousand events, which is more than one history gets. */
const clicks = 250;
/** A history is long from a thousand events on. A connection lets people have their answers first, and what is being said. */
const mostEvents = { connection: 5_000, reconnect: 1_500 };

/** How long every history of this workflow is, the oldest first. */
async function lengths({ env }: Story, workflowId: string): Promise<number[]> {
  const found: { at: number; length: number }[] = [];
  for await (const { startTime, historyLength } of env.client.workflow.list({
    query: `WorkflowId = '${workflowId}'`,
  }))
    found.push({ at: startTime.getTime(), length: historyLength });
  return found.sort((one, other) => one.at - other.at).map(({ length }) => length);
}

/** As whoever reads “nothing is lost, please try again” does; the same click happens once. */
async function patiently(click: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await click();
    } catch (error) {
      if (!(error instanceof UnavailableError) || tries === 20) throw error;
    }
  }
}

test('a connection that stays disconnected, with a word that nobody takes, answers every click and mends all the same', () =>
  story(
    async (story) => {
      const { env, connectionId, handle, act, script } = story;
      const gateway = createGateway({ client: env.client, officeId: 'demo', waits });
      loginIs(story, 'broken');
      await story.untilAsked('tellDisconnection');
      script.before.tellStandIn = () => Promise.reject(new Error('Slack has lost this channel.'));

      let left = clicks;
      const until = () => new Date(Date.now() + hour).toISOString();
      const clickOn = async () => {
        for (let click = left--; click > 0; click = left--) {
          const action = act('tom');
          const person = click % 100 === 0 ? null : 'tom';
          if (click % 50 === 0)
            await patiently(() => gateway.setStandIn(connectionId, { ...action, person }));
          else if (click % 2 === 0) await patiently(() => gateway.acknowledge(connectionId, action));
          else {
            const snoozed = { ...action, until: until(), everybody: false };
            await patiently(() => gateway.snooze(connectionId, snoozed));
          }
        }
      };
      await Promise.all([clickOn(), clickOn(), clickOn(), clickOn()]);

      expect(story.times('openIncident')).toBe(1);
      const { incident, standInId } = await story.state();
      expect(standInId).toBe('tom');
      const own = await lengths(story, handle.workflowId);
      expect(own.length).toBeGreaterThan(1);
      const theirs = await lengths(story, contract.workflowIds.reconnect(connectionId, incident ?? 0));
      expect(theirs.length).toBeGreaterThan(1);
      for (const length of own) expect(length).toBeLessThan(mostEvents.connection);
      for (const length of theirs) expect(length).toBeLessThan(mostEvents.reconnect);

      loginIs(story, 'well');
      await signIn(story, 'first', 'reconnect');
      await story.until(({ link, incident: open }) => link.state === 'connected' && open === null);
    },
    connected,
    realLimits,
  ));
