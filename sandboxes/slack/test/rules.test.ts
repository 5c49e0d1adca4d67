import { describe, expect, test } from '@jest/globals';
import { refusedMessage, refusedView } from '../rules/whole.ts';

type Json = Record<string, unknown>;

const x = (length: number) => 'x'.repeat(length);
const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const many = <T>(amount: number, one: (index: number) => T) =>
  Array.from({ length: amount }, (_, index) => one(index));
const section = (more: Json = {}) => ({ type: 'section', text: mrkdwn('words'), ...more });
const button = (more: Json = {}) => ({ type: 'button', text: plain('Press'), ...more });
const actions = (...elements: unknown[]) => ({ type: 'actions', elements });
const option = (more: Json = {}) => ({ text: plain('One'), value: '1', ...more });
const options = (amount: number) => many(amount, (index) => option({ value: `${index}` }));
const select = (more: Json = {}) => ({ type: 'static_select', action_id: 'a', options: options(2), ...more });
const input = (element: Json = { type: 'plain_text_input', action_id: 'a' }, more: Json = {}) => ({
  type: 'input',
  label: plain('Label'),
  element,
  ...more,
});
const confirm = (more: Json = {}) => ({
  confirm: {
    title: plain('Sure?'),
    text: plain('Really?'),
    confirm: plain('Yes'),
    deny: plain('No'),
    ...more,
  },
});
const modal = (more: Json = {}) => ({
  type: 'modal',
  title: plain('Title'),
  submit: plain('Send'),
  blocks: [section()],
  ...more,
});

/** What is refused of a message with this block, or of a modal with it, in Slack's words; null when it is taken. */
const inMessage = (...blocks: unknown[]) => refusal(refusedMessage({ blocks }));
const inModal = (...blocks: unknown[]) => refusal(refusedView(modal({ blocks }), 'modal'));
const asModal = (more: Json) => refusal(refusedView(modal(more), 'modal'));
function refusal(refused: { error: string; response_metadata?: unknown } | null): string | null {
  if (!refused) return null;
  const { messages = [] } = (refused.response_metadata ?? {}) as { messages?: string[] };
  return [refused.error, ...messages.slice(0, 1)].join(' ');
}

/** Each limit: what is judged, how much just passes, and what Slack says of one more. */
const limits: [what: string, most: number, judge: (amount: number) => string | null, says: string][] = [
  [
    'blocks of a message',
    50,
    (n) => inMessage(...many(n, () => section())),
    'no more than 50 items allowed [json-pointer:/blocks]',
  ],
  [
    'blocks of a view',
    100,
    (n) => inModal(...many(n, () => section())),
    'no more than 100 items allowed [json-pointer:/view/blocks]',
  ],
  [
    'a section’s text',
    3000,
    (n) => inMessage(section({ text: mrkdwn(x(n)) })),
    'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
  ],
  [
    'fields of a section',
    10,
    (n) => inMessage(section({ fields: many(n, () => mrkdwn('f')) })),
    'no more than 10 items',
  ],
  [
    'a field of a section',
    2000,
    (n) => inMessage(section({ fields: [mrkdwn(x(n))] })),
    'must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]',
  ],
  [
    'a header',
    150,
    (n) => inMessage({ type: 'header', text: plain(x(n)) }),
    'must be less than 151 characters',
  ],
  [
    'elements of a context',
    10,
    (n) => inMessage({ type: 'context', elements: many(n, () => mrkdwn('c')) }),
    'no more than 10 items',
  ],
  [
    'a text of a context',
    3000,
    (n) => inMessage({ type: 'context', elements: [mrkdwn(x(n))] }),
    'must be less than 3001',
  ],
  [
    'elements of actions',
    25,
    (n) => inMessage(actions(...many(n, () => button()))),
    'no more than 25 items allowed [json-pointer:/blocks/0/elements]',
  ],
  [
    'a block_id',
    255,
    (n) => inMessage(section({ block_id: x(n) })),
    'must be less than 256 characters [json-pointer:/blocks/0/block_id]',
  ],
  [
    'an action_id',
    255,
    (n) => inMessage(actions(button({ action_id: x(n) }))),
    'must be less than 256 characters',
  ],
  [
    'a button’s text',
    75,
    (n) => inMessage(actions(button({ text: plain(x(n)) }))),
    'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
  ],
  ['a button’s value', 2000, (n) => inMessage(actions(button({ value: x(n) }))), 'must be less than 2001'],
  ['a button’s address', 3000, (n) => inMessage(actions(button({ url: x(n) }))), 'must be less than 3001'],
  [
    'a button’s label',
    75,
    (n) => inMessage(actions(button({ accessibility_label: x(n) }))),
    'must be less than 76',
  ],
  [
    'a confirmation’s title',
    100,
    (n) => inMessage(actions(button(confirm({ title: plain(x(n)) })))),
    'must be less than 101',
  ],
  [
    'a confirmation’s text',
    300,
    (n) => inMessage(actions(button(confirm({ text: plain(x(n)) })))),
    'must be less than 301',
  ],
  [
    'a confirmation’s yes',
    30,
    (n) => inMessage(actions(button(confirm({ confirm: plain(x(n)) })))),
    'must be less than 31',
  ],
  [
    'a confirmation’s no',
    30,
    (n) => inMessage(actions(button(confirm({ deny: plain(x(n)) })))),
    'must be less than 31',
  ],
  [
    'an option’s text',
    75,
    (n) => inModal(input(select({ options: [option({ text: plain(x(n)) })] }))),
    'must be less than 76',
  ],
  [
    'an option’s value',
    150,
    (n) => inModal(input(select({ options: [option({ value: x(n) })] }))),
    'must be less than 151',
  ],
  [
    'an option’s description',
    75,
    (n) => inModal(input(select({ options: [option({ description: plain(x(n)) })] }))),
    'must be less than 76',
  ],
  [
    'options of a select',
    100,
    (n) => inModal(input(select({ options: options(n) }))),
    'no more than 100 items allowed [json-pointer:/view/blocks/0/element/options]',
  ],
  [
    'groups of a select',
    100,
    (n) =>
      inModal(
        input({
          type: 'static_select',
          action_id: 'a',
          option_groups: many(n, () => ({ label: plain('g'), options: options(1) })),
        }),
      ),
    'no more than 100 items',
  ],
  [
    'a group’s label',
    75,
    (n) =>
      inModal(
        input({
          type: 'static_select',
          action_id: 'a',
          option_groups: [{ label: plain(x(n)), options: options(1) }],
        }),
      ),
    'must be less than 76',
  ],
  [
    'checkboxes',
    10,
    (n) => inModal(input({ type: 'checkboxes', action_id: 'a', options: options(n) })),
    'no more than 10 items',
  ],
  [
    'radio buttons',
    10,
    (n) => inModal(input({ type: 'radio_buttons', action_id: 'a', options: options(n) })),
    'no more than 10 items',
  ],
  [
    'an overflow menu',
    5,
    (n) => inMessage(actions({ type: 'overflow', action_id: 'a', options: options(n) })),
    'no more than 5 items',
  ],
  [
    'a placeholder',
    150,
    (n) => inModal(input(select({ placeholder: plain(x(n)) }))),
    'must be less than 151',
  ],
  [
    'an input’s label',
    2000,
    (n) => inModal(input(undefined, { label: plain(x(n)) })),
    'must be less than 2001',
  ],
  [
    'an input’s hint',
    2000,
    (n) => inModal(input(undefined, { hint: plain(x(n)) })),
    'must be less than 2001',
  ],
  [
    'an input’s longest entry',
    3000,
    (n) => inModal(input({ type: 'plain_text_input', action_id: 'a', max_length: n })),
    'from 1 to 3000',
  ],
  [
    'an image’s words',
    2000,
    (n) => inMessage({ type: 'image', image_url: 'https://x.example/i.png', alt_text: x(n) }),
    'must be less than 2001',
  ],
  [
    'an image’s address',
    3000,
    (n) => inMessage({ type: 'image', image_url: x(n), alt_text: 'i' }),
    'must be less than 3001',
  ],
  [
    'all blocks of a message together',
    13_200,
    (n) => inMessage(...many(5, (index) => section({ text: mrkdwn(x(index < 4 ? 3000 : n - 12_000)) }))),
    'msg_blocks_too_long',
  ],
  [
    'all markdown of a message',
    12_000,
    (n) => inMessage({ type: 'markdown', text: x(n - 6000) }, { type: 'markdown', text: x(6000) }),
    'msg_blocks_too_long',
  ],
  [
    'a modal’s title',
    24,
    (n) => asModal({ title: plain(x(n)) }),
    'must be less than 25 characters [json-pointer:/view/title/text]',
  ],
  ['a modal’s submit', 24, (n) => asModal({ submit: plain(x(n)) }), 'must be less than 25'],
  ['a modal’s close', 24, (n) => asModal({ close: plain(x(n)) }), 'must be less than 25'],
  ['what a view carries along', 3000, (n) => asModal({ private_metadata: x(n) }), 'must be less than 3001'],
  ['a callback_id', 255, (n) => asModal({ callback_id: x(n) }), 'must be less than 256'],
  ['an external_id', 255, (n) => asModal({ external_id: x(n) }), 'must be less than 256'],
];

describe('The strict Slack', () => {
  test.each(limits)('takes %s up to %i, and refuses one more', (_what, most, judge, says) => {
    expect(judge(most)).toBeNull();
    expect(judge(most + 1)).toContain(says);
  });

  test('takes a view of 250 kB as JSON, and refuses a byte more', () => {
    // Everything inside is within its own limits but one, which is not looked at when the whole is too large.
    const view = (bytes: number) => {
      const empty = modal({ private_metadata: '' });
      return modal({ private_metadata: x(bytes - JSON.stringify(empty).length) });
    };
    expect(refusedView(view(250_000), 'modal')?.error).toBe('invalid_arguments');
    expect(refusedView(view(250_001), 'modal')).toEqual({ error: 'view_too_large' });
  });

  test.each([
    ['&', '&amp;'],
    ['<', '&lt;'],
    ['>', '&gt;'],
  ])('counts %s as long as Slack keeps it', (typed, kept) => {
    const header = (text: string) => inMessage({ type: 'header', text: plain(text) });
    expect(header(typed + x(150 - kept.length))).toBeNull();
    expect(header(typed + x(151 - kept.length))).toContain('must be less than 151');
    expect(header(kept + x(150 - kept.length))).toBeNull();
  });

  const refused: [what: string, says: string, judge: () => string | null][] = [
    [
      'a message of more than a list of blocks',
      'invalid_blocks_format',
      () => refusal(refusedMessage({ blocks: 'x' })),
    ],
    [
      'a block it does not know',
      'unsupported type: banner [json-pointer:/blocks/0/type]',
      () => inMessage({ type: 'banner' }),
    ],
    ['a block without a type', 'missing required field: type', () => inMessage({})],
    ['an element it does not know', 'unsupported type: slider', () => inMessage(actions({ type: 'slider' }))],
    [
      'an input element among actions',
      'unsupported type: plain_text_input',
      () => inMessage(actions({ type: 'plain_text_input' })),
    ],
    [
      'a property it does not know',
      'invalid additional property: disabled [json-pointer:/blocks/0/elements/0]',
      () => inMessage(actions(button({ disabled: true }))),
    ],
    [
      'an address of an option outside an overflow menu',
      'invalid additional property: url',
      () => inModal(input(select({ options: [option({ url: '' })] }))),
    ],
    [
      'an empty text',
      'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
      () => inMessage(section({ text: mrkdwn('') })),
    ],
    ['a text of blanks', 'must be more than 0 characters', () => inMessage(section({ text: mrkdwn(' \n') }))],
    [
      'a text that is a string',
      'must provide an object [json-pointer:/blocks/0/text]',
      () => inMessage(section({ text: 'words' })),
    ],
    [
      'mrkdwn in a header',
      'unsupported type: mrkdwn',
      () => inMessage({ type: 'header', text: mrkdwn('h') }),
    ],
    [
      'emoji of mrkdwn',
      'invalid additional property: emoji',
      () => inMessage(section({ text: { ...mrkdwn('h'), emoji: true } })),
    ],
    [
      'a section without text and fields',
      'must define either `text` or `fields`',
      () => inMessage({ type: 'section' }),
    ],
    ['actions without elements', 'no less than 1 items allowed', () => inMessage(actions())],
    ['a button without text', 'missing required field: text', () => inMessage(actions({ type: 'button' }))],
    ['a style of its own', 'failed to match schema', () => inMessage(actions(button({ style: 'big' })))],
    [
      'an action_id twice in a block',
      '`action_id` "a" already exists [json-pointer:/blocks/0/elements/1/action_id]',
      () => inMessage(actions(button({ action_id: 'a' }), button({ action_id: 'a' }))),
    ],
    [
      'a block_id twice in a message',
      '`block_id` "b" already exists [json-pointer:/blocks/1/block_id]',
      () => inMessage(section({ block_id: 'b' }), section({ block_id: 'b' })),
    ],
    [
      'a block_id twice in a view',
      '[json-pointer:/view/blocks/1/block_id]',
      () => inModal(section({ block_id: 'b' }), section({ block_id: 'b' })),
    ],
    [
      'a select without options',
      'must define either `options` or `option_groups`',
      () => inModal(input({ type: 'static_select' })),
    ],
    [
      'a choice that is none of the options',
      'must be one of the options',
      () => inModal(input(select({ initial_option: option({ value: 'other' }) }))),
    ],
    [
      'an image without words',
      'missing required field: alt_text',
      () => inMessage({ type: 'image', image_url: 'https://x.example' }),
    ],
    ['markdown in a view', 'unsupported type: markdown', () => inModal({ type: 'markdown', text: 'm' })],
    [
      'an input without a submit',
      'must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/0/input]',
      () => refusal(refusedView({ type: 'modal', title: plain('T'), blocks: [input()] }, 'modal')),
    ],
    [
      'a modal without a title',
      'missing required field: title',
      () => refusal(refusedView({ type: 'modal', blocks: [] }, 'modal')),
    ],
    ['a modal as a Home', '[json-pointer:/view/type]', () => refusal(refusedView(modal(), 'home'))],
    [
      'a title of a Home',
      'invalid additional property: title',
      () => refusal(refusedView({ type: 'home', title: plain('T'), blocks: [] }, 'home')),
    ],
    [
      'the focus asked for twice',
      '`focus_on_load`',
      () => inModal(...many(2, () => input({ type: 'plain_text_input', focus_on_load: true }))),
    ],
    [
      'a date in words',
      'failed to match schema',
      () => inModal(input({ type: 'datepicker', initial_date: 'tomorrow' })),
    ],
  ];
  test.each(refused)('refuses %s', (_what, says, judge) => {
    expect(judge()).toContain(says);
  });

  const taken: [what: string, judge: () => string | null][] = [
    [
      'an action_id in two blocks',
      () => inMessage(actions(button({ action_id: 'a' })), actions(button({ action_id: 'a' }))),
    ],
    ['a mention in mrkdwn for what it is', () => inMessage(section({ text: mrkdwn(`<@U1>${x(2995)}`) }))],
    ['a property that is null as one that is not there', () => inMessage(section({ accessory: null }))],
    ['the choice of an option', () => inModal(input(select({ initial_option: option({ value: '1' }) })))],
    [
      'a view without inputs and without a submit',
      () => refusal(refusedView({ type: 'modal', title: plain('T'), blocks: [section()] }, 'modal')),
    ],
  ];
  test.each(taken)('takes %s', (_what, judge) => {
    expect(judge()).toBeNull();
  });

  test('tells what is wrong with a message and with a view as Slack does', () => {
    const words = 'must be less than 151 characters [json-pointer:/blocks/0/text/text]';
    expect(refusedMessage({ blocks: [{ type: 'header', text: plain(x(151)) }] })).toEqual({
      error: 'invalid_blocks',
      errors: [words],
      response_metadata: { messages: [`[ERROR] ${words}`] },
    });
    expect(refusedView(modal({ title: plain(x(25)) }), 'modal')).toEqual({
      error: 'invalid_arguments',
      response_metadata: {
        messages: ['[ERROR] must be less than 25 characters [json-pointer:/view/title/text]'],
      },
    });
  });
});
