import { describe, expect, test } from '@jest/globals';
import { chooseConnection } from '../../bot/choose-connection.ts';
import { originOf } from '../../bot/asking/origins.ts';
import { readTyped } from '../../bot/subcommands.ts';
import { carry } from '../../bot/modals/carried.ts';
import { state } from './facts.ts';

describe('What is typed after /syncuser', () => {
  test('may be nothing, a subcommand in any case, and an argument of several words', () => {
    expect(readTyped('  ')).toEqual({ kind: 'overview' });
    expect(readTyped('Status  Exact  Online ')).toEqual({
      kind: 'subcommand',
      name: 'status',
      argument: 'Exact Online',
    });
  });
  test.each([
    ['stauts', 'status'],
    ['set-up', 'setup'],
    ['reconect', 'reconnect'],
    ['company', 'companies'],
    ['helpp', 'help'],
  ])('%s probably means %s', (word, nearest) => {
    expect(readTyped(word)).toEqual({ kind: 'unknown', word, nearest });
  });
  test('may be nothing like anything', () => {
    expect(readTyped('xyzzyxyzzy')).toMatchObject({ nearest: null });
  });
});

describe('A connection', () => {
  const [noord, zuid] = [state({ id: 'n', name: 'Exact Noord' }), state({ id: 'z', name: 'Exact Zuid' })];
  test('is meant by its name or its beginning, in any case', () => {
    expect(chooseConnection([noord, zuid], 'EXACT ZUID')).toBe(zuid);
    expect(chooseConnection([noord, zuid], 'exact n')).toBe(noord);
  });
  test('need not be named when it is the only one', () => {
    expect(chooseConnection([noord], '')).toBe(noord);
  });
  test('is asked for when it is not clear', () => {
    expect(() => chooseConnection([noord, zuid], '')).toThrow('There are Exact Noord and Exact Zuid.');
    expect(() => chooseConnection([noord, zuid], 'exact')).toThrow('More than one connection fits “exact”');
    expect(() => chooseConnection([noord], 'tryton')).toThrow('There is no connection called “tryton”.');
    expect(() => chooseConnection([], '')).toThrow('/syncuser setup');
  });
  test('may have the beginning of another name as its own', () => {
    const short = state({ id: 's', name: 'Exact' });
    expect(chooseConnection([short, noord], 'exact')).toBe(short);
  });
});

describe('What Slack sends', () => {
  const click = {
    type: 'block_actions',
    trigger_id: 't1',
    user: { id: 'U1' },
    channel: { id: 'C1' },
    response_url: 'https://hooks.slack.com/x',
  };
  test('has the same id when it is delivered again', () => {
    const command = {
      command: '/syncuser',
      trigger_id: 't1',
      user_id: 'U1',
      response_url: 'x',
      channel_id: 'C1',
    };
    expect(originOf(command)?.actionId).toBe(originOf({ ...command })?.actionId);
    expect(originOf(click)?.actionId).toBe('click/t1');
    const submission = (trigger: string) => ({
      type: 'view_submission',
      trigger_id: trigger,
      user: { id: 'U1' },
      view: { id: 'V1', private_metadata: carry({ responseUrl: null, channel: null }) },
    });
    expect(originOf(submission('t1'))?.actionId).toBe(originOf(submission('t2'))?.actionId);
  });
  test('from App Home has no place to answer in', () => {
    expect(originOf({ ...click, channel: { id: '' } })).toMatchObject({ channel: null, responseUrl: null });
  });
  test('may be an event, which nobody asked for', () => {
    expect(originOf({ type: 'event_callback', event: {} })).toBeNull();
  });
});
