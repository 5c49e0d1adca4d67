import { describe, expect, test } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { signsOfLife } from '../../activities/signs-of-life.ts';

const underWay = (heartbeatTimeoutMs: number) =>
  new MockActivityEnvironment({ heartbeatTimeoutMs }, { interceptors: [signsOfLife] });

describe('signs of life', () => {
  test('come from short work by themselves, for as long as it lasts', async () => {
    const env = underWay(10_000);
    const sign = new Promise((resolve) => env.once('heartbeat', resolve));
    await env.run(() => sign); // it lasts until there is one
  });

  test('and what the work says is handed on, also when it fails', async () => {
    const env = underWay(10_000);
    expect(await env.run(async (word: string) => word.length, 'alive')).toBe(5);
    const fails = async () => {
      throw new Error('no answer');
    };
    await expect(env.run(fails)).rejects.toThrow('no answer');
  });
});
