import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';

import { endpoints } from '../../../accounting/exact-online/master-data.ts';
import {
  deletedSchema,
  divisionSchema,
  meSchema,
  selectOf,
  subscriptionSchema,
} from '../../../accounting/exact-online/schemas.ts';

const page = readFileSync(new URL('../../../docs/exact-online.md', import.meta.url), 'utf8');
const common = ['ID', 'Code', 'Modified', 'Timestamp'];
const used = [
  ...Object.values(endpoints).map(({ path, select }) => [path, select] as const),
  ['current/Me', selectOf(meSchema)] as const,
  ['system/Divisions', selectOf(divisionSchema)] as const,
  ['sync/Deleted', selectOf(deletedSchema)] as const,
  ['webhooks/WebhookSubscriptions', selectOf(subscriptionSchema)] as const,
];

describe('docs/exact-online.md', () => {
  test.each(used)('says where %s and each of its fields is published', (path, select) => {
    const line = page.split('\n').find((candidate) => candidate.includes(`${path}\``)) ?? '';
    const words = line.split(/[^A-Za-z]+/);
    expect(words).toEqual(expect.arrayContaining(select.split(',').filter((name) => !common.includes(name))));
    expect(line).toMatch(/\| (confirmed|second-hand|inferred)/);
  });
});
