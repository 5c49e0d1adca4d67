import type { View } from '@slack/types';
import type { Message } from '../../bot/messages/blocks.ts';

type Json = Record<string, unknown>;

/** Slack's limits of what is inside a message or view, by type: docs.slack.dev/reference/block-kit. In characters. */
const longest: Record<string, number> = {
  section: 3_000,
  context: 3_000,
  header: 150,
  button: 75,
  option: 75,
  label: 2_000,
};
const most: Record<string, number> = { actions: 25, context: 10, checkboxes: 10, static_select: 100 };
const inMessage = { blocks: 50, together: 13_000, text: 4_000 };
const inView = { blocks: 100, bytes: 250_000, title: 24, metadata: 3_000 };
const values = { button: 2_000, option: 150, action_id: 255, block_id: 255 };

/** Where a message or view breaks a limit of Slack; nothing when Slack takes it. */
export function violations(drawn: Message | View): string[] {
  const found: string[] = [];
  const check = (what: string, is: number, limit: number) => {
    if (is > limit) found.push(`${what}: ${is} of ${limit}`);
  };
  const { blocks } = drawn;
  if ('type' in drawn) {
    check('blocks of a view', blocks.length, inView.blocks);
    check('bytes of a view', Buffer.byteLength(JSON.stringify(drawn)), inView.bytes);
    check('metadata', drawn.private_metadata?.length ?? 0, inView.metadata);
    if (drawn.type === 'modal')
      for (const part of [drawn.title, drawn.submit, drawn.close])
        check('title', part?.text.length ?? 0, inView.title);
  } else {
    check('blocks of a message', blocks.length, inMessage.blocks);
    check('text', drawn.text.length, inMessage.text);
    check(
      'together',
      textsIn(blocks).reduce((sum, text) => sum + text.length, 0),
      inMessage.together,
    );
    if (drawn.text === '') found.push('no text');
  }
  if (blocks.length === 0) found.push('no blocks');
  for (const one of nodes(blocks)) {
    const { type } = one;
    const kind = typeof type === 'string' ? type : 'value' in one ? 'option' : 'label';
    const text = textsIn(one.text ?? one.label)[0];
    if (text !== undefined) check(`text of ${kind}`, text.length, longest[kind] ?? 3_000);
    if (typeof one.text === 'string' && (hasHalf(one.text) || (type === 'mrkdwn' && isTorn(one.text))))
      found.push(`a torn end: …${one.text.slice(-20)}`);
    if (text === '') found.push(`an empty text of ${kind}`);
    for (const parts of [one.elements, one.options, one.option_groups])
      if (Array.isArray(parts)) check(`parts of ${kind}`, parts.length, most[kind] ?? 100);
    if (typeof one.value === 'string')
      check(`value of ${kind}`, one.value.length, type === 'button' ? values.button : values.option);
    if (type === 'actions' && Array.isArray(one.elements)) {
      const actions = one.elements.map((element: Json) => element.action_id);
      if (new Set(actions).size < actions.length) found.push('two equal actions in one block');
    }
    for (const id of ['action_id', 'block_id'] as const)
      if (typeof one[id] === 'string') check(id, one[id].length, values[id]);
  }
  const ids = blocks.map((block) => block.block_id).filter((id) => id !== undefined);
  if (new Set(ids).size < ids.length) found.push('two blocks with one block_id');
  return found;
}

const hasHalf = (text: string) => /\p{Cs}/u.test(text);
/** An entity or a token that ends in the middle. */
const isTorn = (text: string) => /(?:&[a-z]{0,3}|<[^<>\n]*)…?$/.test(text);

function* nodes(value: unknown): Generator<Json> {
  if (Array.isArray(value)) for (const item of value) yield* nodes(item);
  else if (typeof value === 'object' && value !== null) {
    yield value as Json;
    for (const inner of Object.values(value)) yield* nodes(inner);
  }
}

function textsIn(value: unknown): string[] {
  return [...nodes(value)].flatMap(({ text }) => (typeof text === 'string' ? [text] : []));
}
