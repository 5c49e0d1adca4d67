import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from '@jest/globals';
import * as contract from '../../../workflows/contract.ts';
import { loginOf } from '../../connected-state.ts';
import { found } from '../office-of-fakes.ts';
import { quietRuntime } from '../servers.ts';
import { connected, story, type Story } from '../story.ts';

beforeAll(quietRuntime);

async function links({ beside, connectionId }: Story, signInId: string): Promise<void> {
  const workflowId = `${contract.workflowIds.personal(connectionId, signInId)}/${randomUUID()}`;
  await beside('linkPersonalUser', workflowId, [{ connectionId, signInId }]);
}

test('a person links a user of their own, and the connection works on with the login it has', () =>
  story(async (story) => {
    story.script.signIns.own = found('P.Peeters', { person: 'petra', missing: ['7'] });
    await links(story, 'own');
    expect(story.inputsOf('acceptSignIn')).toMatchObject([{ person: 'petra' }]);
    expect(story.times('tellPersonalLinks')).toBeGreaterThan(0);
    expect((await story.state()).login).toEqual(connected.state.login);
  }, connected));

test('a user of another environment, or of another connection, is refused', () =>
  story(async (story) => {
    story.script.signIns.elsewhere = found('P.Peeters', { login: loginOf('P.Peeters', 'env-2') });
    story.script.signIns.taken = found('T.deVries', { usedBy: 'The other one' });
    await links(story, 'elsewhere');
    await links(story, 'taken');
    expect(story.inputsOf('refuseSignIn')).toMatchObject([
      { verdict: 'wrong-environment', expected: { environmentId: 'env-1' } },
      { verdict: 'login-in-use' },
    ]);
    expect(story.times('acceptSignIn')).toBe(0);
  }, connected));

test('who stands in is kept, and the synchronisation user cannot be it', () =>
  story(async (story) => {
    const choose = (person: string | null) =>
      story.handle.executeUpdate(contract.setStandIn, { args: [{ ...story.act(), person }] });
    await choose('tom');
    await story.untilAsked('tellStandIn');
    expect((await story.state()).standInId).toBe('tom');
    await expect(choose('sanne')).rejects.toThrow();
    await choose(null);
    expect((await story.state()).standInId).toBeNull();
  }, connected));
