import { describe, expect, test } from '@jest/globals';
import type { InputBlock, ModalView } from '@slack/types';
import { carried, carry } from '../../../bot/modals/carried.ts';
import { changeModal } from '../../../bot/modals/change.ts';
import { companiesModal } from '../../../bot/modals/companies.ts';
import { setUpModal } from '../../../bot/modals/set-up.ts';
import type { OfficeUser } from '../../../domain/office.ts';
import { companies } from '../facts.ts';

const metadata = carry({ responseUrl: 'https://hooks.slack.com/x', channel: 'C1' }, 'exact-online-1');
const people = (amount: number): OfficeUser[] =>
  Array.from({ length: amount }, (_, index) => ({
    id: `user-${index}`,
    name: `Person ${index}`,
    slackUserId: `U${index}`,
    roles: ['accountant'],
  }));
const inputs = (view: ModalView) =>
  view.blocks.filter((block): block is InputBlock => block.type === 'input');
const selectOf = (view: ModalView, label: string) => {
  const element = inputs(view).find((block) => block.label.text === label)?.element;
  if (element?.type !== 'static_select') throw new Error(`no list ${label}`);
  return element;
};
const choose = (amount: number, mode: 'leave-out' | 'add' = 'leave-out') =>
  companiesModal({
    connectionName: 'Exact Online',
    mode,
    companies: companies(amount).map((company) => ({ ...company, externalId: `id-${company.code}` })),
    linked: 3,
    metadata,
  });

describe('The modal of a set-up', () => {
  test('lets choose among systems and people with their roles', () => {
    const view = setUpModal({
      systems: [
        { id: 'a', name: 'A' },
        { id: 'b', name: 'B' },
      ],
      people: people(2),
      metadata,
    });
    expect(inputs(view).map(({ label }) => label.text)).toEqual([
      'Accounting system',
      'Name of the connection',
      'Synchronisation user',
    ]);
    expect(selectOf(view, 'Synchronisation user').options?.map(({ text }) => text.text)).toEqual([
      'Person 0 (accountant)',
      'Person 1 (accountant)',
    ]);
    expect(selectOf(view, 'Accounting system').initial_option).toBeUndefined();
  });
  test('has the only system chosen already', () => {
    const view = setUpModal({ systems: [{ id: 'a', name: 'A' }], people: people(2), metadata });
    expect(selectOf(view, 'Accounting system').initial_option?.value).toBe('a');
  });
  test('groups more people than Slack takes in one list', () => {
    const select = selectOf(
      setUpModal({ systems: [], people: people(250), metadata }),
      'Synchronisation user',
    );
    expect(select.options).toBeUndefined();
    expect(select.option_groups?.map(({ options }) => options.length)).toEqual([100, 100, 50]);
  });
});

describe('The modal of a change', () => {
  const connection = (id: string) => ({ id, name: id, synchronisationUser: 'Tom de Vries' });
  test('says who it is now, and asks for the connection only when there are several', () => {
    const one = changeModal({ connections: [connection('Exact')], people: people(2), metadata });
    expect(JSON.stringify(one.blocks[0])).toContain('*Exact*: Tom de Vries is the synchronisation user now.');
    expect(inputs(one).map(({ block_id }) => block_id)).toEqual(['synchronisation-user', 'former-login']);
    const two = changeModal({
      connections: [connection('Exact'), connection('Tryton')],
      people: people(2),
      metadata,
    });
    expect(selectOf(two, 'Connection').options?.map(({ text }) => text.text)).toEqual([
      'Exact (now Tom de Vries)',
      'Tryton (now Tom de Vries)',
    ]);
  });
});

describe('The modal of companies', () => {
  test('links all companies unless they are ticked, ten to a block', () => {
    const view = choose(12);
    expect(JSON.stringify(view.blocks[0])).toContain('all 12 companies will be linked');
    expect(inputs(view).map(({ label }) => label.text)).toEqual([
      'Leave out: 101 to 110',
      'Leave out: 111 to 112',
    ]);
    expect(view.submit?.text).toBe('Start');
  });
  test('adds the ticked ones to those that are linked', () => {
    const view = choose(1, 'add');
    expect(JSON.stringify(view.blocks[0])).toContain('3 companies are linked');
    expect(inputs(view)[0]?.label.text).toBe('Add: 101');
  });
  test.each([300, 1_000, 2_000])('fits into what Slack takes with %i companies', (amount) => {
    const view = choose(amount);
    expect(view.blocks.length).toBeLessThanOrEqual(100);
    expect(JSON.stringify(view).length).toBeLessThan(250_000);
    expect(inputs(view)).toHaveLength(Math.min(amount, 1_000) / 10);
  });
});

test('A modal carries along where to answer, and nobody else’s words', () => {
  expect(carried(metadata)).toEqual({
    responseUrl: 'https://hooks.slack.com/x',
    channel: 'C1',
    connectionId: 'exact-online-1',
    all: false,
  });
  expect(() => carried('{"channel":1}')).toThrow();
});
