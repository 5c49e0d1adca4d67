import { describe, expect, test } from '@jest/globals';
import { topView, withInitialTicks } from '../../page/ticks.ts';

const option = (value: string) => ({ value, text: { type: 'plain_text', text: value } });
const group = (id: string, ...initial: string[]) => ({
  block_id: id,
  element: { type: 'checkboxes', action_id: id, initial_options: initial.map(option) },
});
const view = { id: 'V1', blocks: [group('a', '1', '2'), group('b', '3'), { block_id: 'text' }] };

describe('A view that is sent', () => {
  const sent = (values: Record<string, unknown>) =>
    withInitialTicks({ t: 'view_submit', user: 'U1', values }, view)['values'];
  const ticked = (...values: string[]) => ({
    type: 'checkboxes',
    selected_options: values.map(option),
  });

  test('has the ticks it was shown with where nobody touched them', () => {
    expect(sent({})).toEqual({ a: { a: ticked('1', '2') }, b: { b: ticked('3') } });
  });

  test('has none where they were taken away', () => {
    const none = { a: { a: ticked() } };
    expect(sent(none)).toEqual({ ...none, b: { b: ticked('3') } });
  });
});

test('whatever else a person sends is left as it is', () => {
  const message = { t: 'post_message', text: 'hello' };
  expect(withInitialTicks(message, view)).toBe(message);
  const submit = { t: 'view_submit', values: {} };
  expect(withInitialTicks(submit, null)).toBe(submit);
});

test('the view on top is the newest one, or none', () => {
  expect(topView({ t: 'view', stack: [{ id: 'V0' }, view] })).toBe(view);
  expect(topView({ t: 'init', state: { modalStack: [] } })).toBeNull();
  expect(topView({ t: 'message' })).toBeUndefined();
});
