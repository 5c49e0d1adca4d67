import { describe, expect, test } from '@jest/globals';
import { describeUnknown, redacted } from '../../accounting/unknown-replies.ts';

describe('what is kept of a reply that nobody understands', () => {
  const reply = {
    system: 'exact-online',
    method: 'GET',
    url: new URL("https://start.exactonline.nl/api/v1/7/crm/Accounts?$select=ID&$filter=Code eq '8'&$top"),
    status: 400,
    reason: 'Teapot for jan@kantoor.nl',
    why: 'no words of error',
    text: `{"d":"${'x '.repeat(3_000)}"}`,
  };

  test('is the path with the names of its parameters, without their values', () => {
    expect(describeUnknown(reply)).toMatchObject({
      system: 'exact-online',
      method: 'GET',
      path: '/api/v1/7/crm/Accounts?$select&$filter&$top',
      status: 400,
      reason: 'Teapot for [e-mail]',
    });
  });

  test('is the beginning of the body', () => {
    expect(describeUnknown(reply).text).toHaveLength(2_000);
  });

  test('holds no half of what is cut through', () => {
    const text = `${'a '.repeat(990)}refresh_token=${'AbC1'.repeat(20)}`;
    expect(describeUnknown({ ...reply, text }).text).not.toContain('AbC1');
  });
});

describe('a text without secrets', () => {
  test.each([
    ['{"access_token":"AAEA-x.y","expires_in":"600"}', '{"access_token":[secret],"expires_in":"600"}'],
    ['{"refreshToken" : "a\\"b", "ok":1}', '{"refreshToken" : [secret], "ok":1}'],
    ['{"access_token":"cut off', '{"access_token":[secret]'],
    [
      'grant_type=refresh_token&refresh_token=abc!1&x=1',
      'grant_type=refresh_token&refresh_token=[secret]&x=1',
    ],
    ['https://us.example/callback?code=xyz&state=s', 'https://us.example/callback?code=[secret]&state=s'],
    ['Authorization was Bearer abc.def', 'Authorization was Bearer [secret]'],
    ['eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.x', '[secret].[secret].x'],
    ['mail j.de-vries+x@kantoor.example now', 'mail [e-mail] now'],
    ['mail j%40kantoor.example now', 'mail [e-mail] now'],
    ['iban NL91ABNA0417164300.', 'iban [iban].'],
    ['{"BankAccount":"123456789","Main":true}', '{"BankAccount":[secret],"Main":true}'],
    ['mail a@b@c.example', 'mail [e-mail]'],
    ['iban MT84MALT011000012345MTLCAST001S.', 'iban [iban].'],
    ['iban NL91 ABNA 0417 1643 00, BE71096123456769', 'iban [iban], [iban]'],
  ])('%s', (text, expected) => {
    expect(redacted(text)).toBe(expected);
  });

  test.each([
    '{"Code":"                 8","Description":"Crediteuren"}',
    "/api/v1/123456/crm/Accounts(guid'3c53f3c6-0d3e-4a37-b2c2-2a6e3f1f0001')",
    'https://start.exactonline.nl/api/v1/123456/sync/Financial/GLAccounts',
    'Forbidden - Application Scope Violated. Cannot read',
    '/Date(1382667872203)/',
    'one @ a time',
  ])('leaves alone %s', (text) => {
    expect(redacted(text)).toBe(text);
  });
});
