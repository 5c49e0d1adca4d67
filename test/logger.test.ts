import { describe, expect, test } from '@jest/globals';
import { createLogger } from '../logger.ts';
import { Secret } from '../secret.ts';

function logged(fields: object): string {
  const lines: string[] = [];
  createLogger('worker', 'info', { write: (line) => void lines.push(line) }).info(fields, 'a line');
  return lines.join('');
}

describe('A log line', () => {
  test('says which part is speaking', () => {
    expect(JSON.parse(logged({ company: 101 }))).toMatchObject({
      name: 'worker',
      company: 101,
      msg: 'a line',
    });
  });

  test.each([
    { token: 'hush' },
    { slack: { botToken: 'hush' } },
    { request: { headers: { authorization: 'hush', 'set-cookie': 'hush' } } },
    { a: { b: { c: { refresh_token: 'hush' } } } },
    { password: 'hush', nested: { clientSecret: 'hush' } },
    { anything: new Secret('hush') },
  ])('shows no secret: %j', (fields) => {
    expect(logged(fields)).toContain('[secret]');
    expect(logged(fields)).not.toContain('hush');
  });
});
