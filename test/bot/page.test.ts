import { expect, test } from '@jest/globals';
import { onPage, readPage } from '../../bot/page.ts';

test.each([
  ['', '', 1],
  ['Exact Online', 'Exact Online', 1],
  ['Exact Online page 2', 'Exact Online', 2],
  ['page 12', '', 12],
  ['2026-10 Page 3', '2026-10', 3],
  ['Homepage 2', 'Homepage 2', 1],
  ['Exact page 0', 'Exact page 0', 1],
])('%j is %j, page %i', (typed, rest, page) => {
  expect(readPage(typed)).toEqual({ rest, page });
});

test('The last page says that there is no more', () => {
  const list = [1, 2, 3, 4, 5];
  expect(onPage(list, { page: 2, size: 2 })).toEqual({ shown: [3, 4], more: true });
  expect(onPage(list, { page: 3, size: 2 })).toEqual({ shown: [5], more: false });
});
