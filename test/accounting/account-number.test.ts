import { describe, expect, test } from '@jest/globals';
import { knownAccount } from '../../accounting/account-number.ts';

const number = 'NL91ABNA0417164300';

describe('What is known of a bank account', () => {
  test('is its ending and a fingerprint, and the number is not to be read in either', () => {
    const known = knownAccount([number]);
    expect(known).toEqual({ ending: '4300', fingerprint: expect.stringMatching(/^[\w-]{22}$/) });
    expect(JSON.stringify(known)).not.toMatch(/ABNA|04171643/);
  });

  test.each(['NL91 ABNA 0417 1643 00', 'nl91abna0417164300', ' NL91.ABNA.0417.1643.00\n'])(
    'is the same however it is written (%s)',
    (written) => expect(knownAccount([written])).toEqual(knownAccount([number])),
  );

  test('is another one for another number with the same ending', () => {
    const other = knownAccount(['NL02RABO0123454300']);
    expect(other.ending).toBe('4300');
    expect(other.fingerprint).not.toBe(knownAccount([number]).fingerprint);
  });

  test('with two numbers goes by the first of them, and either of them makes it another one', () => {
    const both = knownAccount([number, '417164300']);
    expect(both.ending).toBe('4300');
    expect(both.fingerprint).not.toBe(knownAccount([number]).fingerprint);
    expect(both.fingerprint).toBe(knownAccount(['417164300', number]).fingerprint);
  });

  test('with a number so short that an ending would tell half of it is the fingerprint alone', () => {
    expect(knownAccount(['1234567'])).toEqual({ ending: null, fingerprint: expect.any(String) });
  });

  test.each([[[]], [['']], [[' - ']]])('without a number is nothing (%j)', (numbers) => {
    expect(knownAccount(numbers)).toEqual({ ending: null, fingerprint: null });
  });
});
