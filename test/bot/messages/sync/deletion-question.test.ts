import { expect, test } from '@jest/globals';
import { inWords } from '../../in-words.ts';
import type { DeletionNotice } from '../../../../domain/announcements/syncing.ts';

const notice: DeletionNotice = {
  what: 'deletion-question',
  connectionId: 'exact-online-1',
  connectionName: 'Exact Online',
  systemName: 'Exact Online',
  question: 3,
  company: { code: '101', name: 'Bakkerij Jansen B.V.' },
  kind: 'vat-code',
  source: 'listing',
  rows: 12,
  live: 12,
  sameCodes: 0,
  mayRead: true,
  list: [
    { code: '5', name: 'Btw verlegd' },
    { code: null, name: '<Hoog>' },
  ],
  settled: null,
};
const settled = (how: 'deleted' | 'kept' | 'came-back' | 'confirmed', by: string | null) =>
  inWords({ ...notice, list: [], settled: { how, by } }).text;

test('rows that seem to be gone are a question with a short list and two answers', () => {
  const { text, blocks } = inWords(notice);
  expect(text).toMatchInlineSnapshot(`
   ":warning: *VAT codes of 101 Bakkerij Jansen B.V. in Exact Online seem to be gone*: 12 of 12
   *Why you are asked:* A complete listing of Exact Online does not show them any more. Syncuser goes on with the last good copy: until somebody answers they count as being there.
   • 5 Btw verlegd
   • &lt;Hoog&gt;
   and 10 more
   *Next step:* look in the accounting system whether they were deleted. A superuser can answer; if they come back, this settles by itself."
  `);
  expect(JSON.stringify(blocks)).toContain('They were deleted');
  expect(JSON.stringify(blocks)).toContain('Keep them');
});

test('what the package reports is said so, and a missing right is suspected when it says so itself', () => {
  const { text } = inWords({ ...notice, source: 'package', mayRead: false });
  expect(text).toContain('Exact Online reports them as deleted, all at once.');
  expect(text).toContain('The synchronisation user has no right to read them');
});

test('rows that came back under other ids are said to have, and a kind that is no more', () => {
  expect(inWords({ ...notice, sameCodes: 12 }).text).toContain(
    'All of them are there under another id, with the same code, as after an import',
  );
  expect(inWords({ ...notice, sameCodes: 3 }).text).toContain('3 of them are there under another id');
  expect(inWords({ ...notice, source: 'kind' }).text).toContain('Exact Online has no VAT codes any more');
});

test('how it ended is one sentence without the list or a button', () => {
  expect(settled('deleted', 'Sanne Jansen')).toMatchInlineSnapshot(
    `":white_check_mark: *VAT codes of 101 Bakkerij Jansen B.V. in Exact Online*, 12 of 12, seemed to be gone: Sanne Jansen said that they were deleted, and they are deleted here too."`,
  );
  expect(settled('kept', 'Sanne Jansen')).toContain('Sanne Jansen said to keep them.');
  expect(settled('came-back', null)).toContain('they are there again. Nothing was deleted');
  expect(settled('confirmed', null)).toContain('a later complete listing confirmed');
  const { blocks } = inWords({ ...notice, settled: { how: 'kept', by: 'Sanne Jansen' } });
  expect(JSON.stringify(blocks)).not.toContain('button');
});
