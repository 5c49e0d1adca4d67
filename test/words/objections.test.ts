import { expect, test } from '@jest/globals';
import { objections } from '../../domain/objections.ts';
import { whyNot } from '../../words/objections.ts';

test.each(objections)('%s is said in a sentence of its own', (objection) => {
  const said = whyNot(objection);
  expect(said).toMatch(/^[A-Z0-9].*\.$/);
  expect(objections.filter((one) => whyNot(one) === said)).toEqual([objection]);
});
