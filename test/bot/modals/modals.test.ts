import { describe, expect, test } from '@jest/globals';
import type { InputBlock, ModalView } from '@slack/types';
import { carried, carry } from '../../../bot/modals/carried.ts';
import { changeModal } from '../../../bot/modals/change.ts';
import { companiesModal } from '../../../bot/modals/companies.ts';
import { setUpModal } from '../../../bot/modals/set-up.ts';
import type { OfficeUser } from '../../../domain/offices/office.ts';
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
const choose = (amount: number, linked: number | 'set-up' = 'set-up') =>
  companiesModal({
    connectionName: 'Exact Online',
    isSetUp: linked === 'set-up',
    companies: companies(amount).map((company, index) => ({
      ...company,
      externalId: `id-${company.code}`,
      status: index === 1 ? 'no-access' : 'reachable',
      linked: linked !== 'set-up' && index < linked,
    })),
    notReachable: 2,
    metadata,
  });
const boxes = (view: ModalView) =>
  inputs(view).flatMap(({ element }) => (element.type === 'checkboxes' ? [element] : []));
const ticks = (view: ModalView) =>
  boxes(view).flatMap(({ initial_options: ticked }) => (ticked ?? []).map(({ value }) => value));

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
  test('has a tick at all companies of a set-up, ten to a block: those are brought in', () => {
    const view = choose(12);
    expect(JSON.stringify(view.blocks[0])).toContain('every company with a tick is brought in. All 12');
    expect(inputs(view).map(({ label }) => label.text)).toEqual(['101 to 110', '111 to 112']);
    expect(ticks(view)).toHaveLength(12);
    expect(view.submit?.text).toBe('Start');
  });
  test('has a tick later at those that are linked, also where one cannot be reached now', () => {
    const view = choose(4, 3);
    expect(JSON.stringify(view.blocks[0])).toContain('3 companies have one now');
    expect(JSON.stringify(view.blocks[0])).toContain('2 other companies cannot be reached');
    expect(ticks(view)).toEqual(['id-101', 'id-102', 'id-103']);
    expect(boxes(view)[0]?.options[1]?.text.text).toContain('not reachable');
    expect(ticks(choose(1, 0))).toEqual([]);
  });
  test.each([300, 600, 1_000, 2_000])('fits into what Slack takes with %i companies', (amount) => {
    for (const view of [choose(amount), choose(amount, amount)]) {
      expect(view.blocks.length).toBeLessThanOrEqual(100);
      expect(JSON.stringify(view).length).toBeLessThan(250_000);
      expect(inputs(view)).toHaveLength(Math.min(amount, 600) / 10);
    }
  });
  test('says how many do not fit, and shows those first that can be added', () => {
    const view = choose(610, 605);
    expect(JSON.stringify(view.blocks[0])).toContain('10 more do not fit in here and stay as they are');
    expect(boxes(view)[0]?.options[0]?.value).toBe('id-706');
    expect(JSON.stringify(choose(610).blocks[0])).toContain('10 more do not fit in here and are brought in');
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
