import { blocks, elements } from './table.ts';
import { lengthOf } from './length.ts';
import type { Rule, Shape, Surface, TextType } from './rule.ts';

/** What is wrong, and where: a JSON pointer into the payload. */
export interface Fault {
  pointer: string;
  says: string;
}

type Json = Record<string, unknown>;

/** The words were seen in Slack's answers, as others quote them in public; where none was found, they are like the others. */
export function check(value: unknown, rule: Rule, pointer: string, surface: Surface): Fault[] {
  const fault = (says: string, at = pointer): Fault[] => [{ pointer: at, says }];
  switch (rule.is) {
    case 'anything':
      return [];
    case 'boolean':
      return typeof value === 'boolean' ? [] : fault('must provide a boolean');
    case 'number':
      return typeof value === 'number' && value >= rule.from && value <= rule.to
        ? []
        : fault(`must be a number from ${rule.from} to ${rule.to}`);
    case 'word':
      return rule.words.includes(value as string) ? [] : fault('failed to match schema');
    case 'string':
      if (typeof value !== 'string') return fault('must provide a string');
      if (lengthOf(value) > rule.longest) return fault(`must be less than ${rule.longest + 1} characters`);
      return rule.format && !rule.format.test(value) ? fault('failed to match schema') : [];
    case 'text':
      return checkText(value, rule, pointer);
    case 'list':
      if (!Array.isArray(value)) return fault('must provide an array');
      if (value.length > rule.most) return fault(`no more than ${rule.most} items allowed`);
      if (value.length < rule.least) return fault(`no less than ${rule.least} items allowed`);
      return value.flatMap((item, index) => check(item, rule.of, `${pointer}/${index}`, surface));
    case 'object':
      return isObject(value)
        ? checkShape(value, rule.shape, pointer, surface)
        : fault('must provide an object');
    case 'typed':
      return checkTyped(value, rule, pointer, surface);
  }
}

function checkTyped(
  value: unknown,
  { types }: Rule & { is: 'typed' },
  pointer: string,
  surface: Surface,
): Fault[] {
  if (!isObject(value)) return [{ pointer, says: 'must provide an object' }];
  const type = value['type'];
  if (type === undefined) return [{ pointer, says: 'missing required field: type' }];
  const unsupported = [
    {
      pointer: `${pointer}/type`,
      says: `unsupported type: ${typeof type === 'string' ? type : typeof type}`,
    },
  ];
  if (typeof type !== 'string' || !types.includes(type)) return unsupported;
  if (type === 'plain_text' || type === 'mrkdwn')
    return checkText(value, { is: 'text', types: [type], longest: 3000 }, pointer);
  // An image is a block as well as an element; only blocks may also be sections.
  const shape = (types.includes('section') ? blocks : elements)[type];
  if (!shape || (shape.surfaces && !shape.surfaces.includes(surface))) return unsupported;
  const { type: _type, ...rest } = value;
  return [...checkShape(rest, shape, pointer, surface), ...unknownChoice(rest, pointer)];
}

/** What is chosen beforehand must be one of the options, word for word. */
function unknownChoice(element: Json, pointer: string): Fault[] {
  const { options, option_groups: groups } = element;
  if (!Array.isArray(options) && !Array.isArray(groups)) return [];
  const inGroups = ((groups ?? []) as unknown[]).map((group) => (isObject(group) ? group['options'] : []));
  const known = [options ?? [], inGroups].flat(2).map((option) => JSON.stringify(option));
  const chosen: [string, unknown][] = [
    ['initial_option', element['initial_option']],
    ...((element['initial_options'] ?? []) as unknown[]).map((option, index): [string, unknown] => [
      `initial_options/${index}`,
      option,
    ]),
  ];
  return chosen.flatMap(([name, option]) =>
    isObject(option) && !known.includes(JSON.stringify(option))
      ? [{ pointer: `${pointer}/${name}`, says: 'must be one of the options' }]
      : [],
  );
}

/** Slack takes a property that is null as one that is not there. */
export function checkShape(value: Json, shape: Shape, pointer: string, surface: Surface): Fault[] {
  if (shape.open) return [];
  const given = Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined);
  const names = given.map(([name]) => name);
  const missing = (shape.needed ?? []).filter((name) => !names.includes(name));
  const { oneOf } = shape;
  const chosen = oneOf?.names.filter((name) => names.includes(name)).length ?? 1;
  return [
    ...missing.map((name) => ({ pointer, says: `missing required field: ${name}` })),
    ...(oneOf && (chosen < 1 || (oneOf.exactly && chosen > 1))
      ? [{ pointer, says: `must define either ${oneOf.names.map((name) => `\`${name}\``).join(' or ')}` }]
      : []),
    ...given.flatMap(([name, inner]) => {
      const rule = shape.properties[name];
      return rule
        ? check(inner, rule, `${pointer}/${name}`, surface)
        : [{ pointer, says: `invalid additional property: ${name}` }];
    }),
  ];
}

/** https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
function checkText(value: unknown, rule: Rule & { is: 'text' }, pointer: string): Fault[] {
  if (!isObject(value)) return [{ pointer, says: 'must provide an object' }];
  const { type, text, ...rest } = value;
  if (!rule.types.includes(type as TextType))
    return [
      {
        pointer: `${pointer}/type`,
        says: `unsupported type: ${typeof type === 'string' ? type : typeof type}`,
      },
    ];
  const strange = Object.keys(rest).filter((name) => name !== (type === 'mrkdwn' ? 'verbatim' : 'emoji'));
  const faults = strange.map((name) => ({ pointer, says: `invalid additional property: ${name}` }));
  const fault = (says: string) => [...faults, { pointer: `${pointer}/text`, says }];
  if (text === undefined) return [...faults, { pointer, says: 'missing required field: text' }];
  if (typeof text !== 'string') return fault('must provide a string');
  // "Kept" without white space around it: a text of blanks is refused as an empty one.
  if (text.trim() === '') return fault('must be more than 0 characters');
  const tooLong = lengthOf(text, type as TextType) > rule.longest;
  return tooLong ? fault(`must be less than ${rule.longest + 1} characters`) : faults;
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
