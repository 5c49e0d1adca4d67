import { describe, expect, test } from '@jest/globals';
import { drawn } from '../../page/drawn.ts';

const draw = <T>(payload: T) => drawn(payload, 'Europe/Amsterdam');

describe('The page of the local Slack', () => {
  test('gets dates and entities as they are read', () => {
    expect(draw({ text: 'at <!date^1795427760^{time}|09:56 UTC> by A &amp; B' }).text).toBe(
      'at 10:56 by A & B',
    );
    expect(draw({ text: '<!date^1795427760^{date_short_pretty}^https://x.example|23 Nov>' }).text).toBe(
      '23 Nov',
    );
    expect(draw({ blocks: [{ text: { type: 'mrkdwn', text: '&lt;b&gt;' } }] })).toEqual({
      blocks: [{ text: { type: 'mrkdwn', text: '<b>' } }],
    });
  });
  test('gets the fallback of a date it cannot draw', () => {
    expect(draw({ text: '<!date^1795427760^{sundial}|noon>' }).text).toBe('noon');
  });
  test('gets values and what a view carries along as they are', () => {
    const view = { private_metadata: '{"a":"&amp;"}', blocks: [{ value: '&lt;' }] };
    expect(draw(view)).toEqual(view);
  });
  test('gets no button that only opens an address, as it would be dead there', () => {
    const link = { type: 'button', url: 'https://example.com' };
    const other = { type: 'button', value: 'x' };
    const row = (...elements: object[]) => ({ type: 'actions', elements });
    expect(draw([row(link), row(link, other), { type: 'section', accessory: link }])).toEqual([
      row(other),
      { type: 'section' },
    ]);
  });
});
