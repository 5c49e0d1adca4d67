import { expect, test } from '@jest/globals';
import type { CompanyId, ConnectionId } from '../../domain/ids.ts';

const connection: ConnectionId = 'exact-online-1'; // text from outside
const ofCompany = (id: CompanyId) => id;

test('an id of one sort does not fit where that of another belongs, which the compiler says', () => {
  // @ts-expect-error: a connection is no company
  expect(ofCompany(connection)).toBe('exact-online-1');
});
