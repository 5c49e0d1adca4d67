import { checkShape, check, isObject, type Fault } from './check.ts';
import { lengthOf } from './length.ts';
import { messageBlocks, sizes, views } from './table.ts';

type Json = Record<string, unknown>;

/** Why Slack does not take a call: the fields beside `ok: false`. */
export interface Refusal {
  error: string;
  [more: string]: unknown;
}

/** @returns null when Slack takes this text and these blocks as a message */
export function refusedMessage(args: { blocks?: unknown; text?: unknown }): Refusal | null {
  const { blocks } = args;
  if (blocks === undefined || blocks === null) return null;
  if (!Array.isArray(blocks)) return { error: 'invalid_blocks_format' };
  const faults = [...check(blocks, messageBlocks, '/blocks', 'message'), ...repeated(blocks, '/blocks')];
  if (faults.length > 0) {
    const errors = faults.map(inWords);
    const messages = errors.map((words) => `[ERROR] ${words}`);
    return { error: 'invalid_blocks', errors, response_metadata: { messages } };
  }
  const markdown = blocks.filter((block: Json) => block['type'] === 'markdown');
  if (lengthOfTexts(markdown) > sizes.allMarkdown || lengthOfTexts(blocks) > sizes.allBlocks)
    return { error: 'msg_blocks_too_long' };
  return null;
}

/** @returns null when Slack takes this as a view of that kind */
export function refusedView(view: unknown, kind: 'modal' | 'home'): Refusal | null {
  if (!isObject(view)) return badView([{ pointer: '/view', says: 'must provide an object' }]);
  if (Buffer.byteLength(JSON.stringify(view)) > sizes.viewBytes) return { error: 'view_too_large' };
  if (view['type'] !== kind) return badView([{ pointer: '/view/type', says: 'failed to match schema' }]);
  const blocks = Array.isArray(view['blocks']) ? (view['blocks'] as unknown[]) : [];
  const faults = [
    ...checkShape(view, views[kind], '/view', kind),
    ...repeated(blocks, '/view/blocks'),
    ...(kind === 'modal' && !view['submit'] ? withoutSubmit(blocks) : []),
    ...focusedTwice(blocks),
  ];
  return faults.length > 0 ? badView(faults) : null;
}

function badView(faults: Fault[]): Refusal {
  const messages = faults.map((fault) => `[ERROR] ${inWords(fault)}`);
  return { error: 'invalid_arguments', response_metadata: { messages } };
}

const inWords = ({ says, pointer }: Fault) => `${says} [json-pointer:${pointer}]`;

/** Every `block_id` once, and every `action_id` once in its block: docs.slack.dev/reference/block-kit/blocks */
function repeated(blocks: unknown[], pointer: string): Fault[] {
  const ids = blocks.map((block) => (isObject(block) ? block['block_id'] : undefined));
  const inBlocks = blocks.flatMap((block, index) => {
    const list = isObject(block) && Array.isArray(block['elements']) ? (block['elements'] as unknown[]) : [];
    const actions = list.map((element) => (isObject(element) ? element['action_id'] : undefined));
    return twice(actions, 'action_id', (at) => `${pointer}/${index}/elements/${at}/action_id`);
  });
  return [...twice(ids, 'block_id', (at) => `${pointer}/${at}/block_id`), ...inBlocks];
}

function twice(ids: unknown[], name: string, pointer: (index: number) => string): Fault[] {
  return ids.flatMap((id, index) =>
    typeof id === 'string' && ids.indexOf(id) < index
      ? [{ pointer: pointer(index), says: `\`${name}\` "${id}" already exists` }]
      : [],
  );
}

/** A modal with an input needs a submit: docs.slack.dev/surfaces/modals */
function withoutSubmit(blocks: unknown[]): Fault[] {
  return blocks.flatMap((block, index) =>
    isObject(block) && block['type'] === 'input'
      ? [
          {
            pointer: `/view/blocks/${index}/input`,
            says: 'must define `submit` to use an `input` block in modals',
          },
        ]
      : [],
  );
}

/** Only one element of a view may ask for the focus: docs.slack.dev/reference/block-kit/block-elements */
function focusedTwice(blocks: unknown[]): Fault[] {
  const focused = blocks.flatMap((block, index) => {
    if (!isObject(block)) return [];
    const inside = [block['element'], block['accessory'], ...((block['elements'] as unknown[]) ?? [])];
    return inside.some((element) => isObject(element) && element['focus_on_load'] === true) ? [index] : [];
  });
  return focused.slice(1).map((index) => ({
    pointer: `/view/blocks/${index}`,
    says: '`focus_on_load` may be true for one element',
  }));
}

/** Every text inside, however deep. */
function lengthOfTexts(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + lengthOfTexts(item), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [name, inner]) =>
      sum + (name === 'text' && typeof inner === 'string' ? lengthOf(inner, 'mrkdwn') : lengthOfTexts(inner)),
    0,
  );
}
