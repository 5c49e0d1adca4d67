import { expect, test } from '@jest/globals';
import { doneForEach } from '../../bot/incident-group.ts';
import { connectionState } from '../store/store.ts';

const [one, two] = ['one', 'two'].map((id) => connectionState({ id }));
const refuses = (...ids: string[]) =>
  doneForEach([one!, two!], async ({ id }) => {
    if (ids.includes(id)) throw new Error(`${id} is connected`);
  });

test('What is wanted for several is done for those that take it, and refused only when none does', async () => {
  expect(await refuses()).toEqual([one, two]);
  expect(await refuses('one')).toEqual([two]);
  await expect(refuses('one', 'two')).rejects.toThrow('one is connected');
});
