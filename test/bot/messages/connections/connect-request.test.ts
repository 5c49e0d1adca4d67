import { describe, expect, test } from '@jest/globals';
import type { ConnectRequest } from '../../../../domain/announcements/logins.ts';
import { inWords } from '../../in-words.ts';
import { actionsOf } from '../drawn.ts';

const words = (announcement: ConnectRequest) => inWords(announcement).text;
const request: ConnectRequest = {
  what: 'connect-request',
  connectionId: 'exact-online-1',
  connectionName: 'Exact Online',
  systemName: 'Exact Online',
  purpose: 'set-up',
  askedBy: 'Sanne Jansen',
  reminded: 0,
  reach: null,
  progress: { step: 'waiting' },
};
const linked = { step: 'linked', login: 'CX_Basecone', reachable: 12, total: 12 } as const;

describe('A connect request', () => {
  test('asks the person to log in, and can be declined', () => {
    expect(words(request)).toMatchInlineSnapshot(`
     "*Connect Exact Online*
     Sanne Jansen asks you to be the synchronisation user of Exact Online. Syncuser reads the master data of every company with your login and books the purchase invoices that are handed over, so use one that reaches all of them.
     Click Connect and log in to Exact Online. Your password never goes through Slack."
    `);
    expect(actionsOf(inWords(request))).toEqual(['Connect', 'Cancel']);
  });
  test('asks a successor to take over', () => {
    expect(words({ ...request, purpose: 'change' })).toMatchInlineSnapshot(`
     "*Take over Exact Online*
     Sanne Jansen asks you to take over as synchronisation user of Exact Online. Syncuser looks what your login may read in every company; until it is decided, everything stays as it is.
     Click Connect and log in to Exact Online. Your password never goes through Slack."
    `);
  });
  test('asks to log in again, which cannot be declined', () => {
    const again: ConnectRequest = { ...request, purpose: 'reconnect', reminded: 2 };
    expect(words(again)).toMatchInlineSnapshot(`
     "*Reconnect Exact Online*
     Exact Online is disconnected. Please log in again, so that documents can be booked.
     Click Connect and log in to Exact Online. Your password never goes through Slack.
     _Reminder 2: we are still waiting for you._"
    `);
    expect(actionsOf(inWords(again))).toEqual(['Connect']);
  });
  test('says what the login reaches and asks for the companies', () => {
    expect(words({ ...request, progress: linked })).toMatchInlineSnapshot(`
     "*Connect Exact Online*: linked to CX_Basecone, reaches 12 of 12 companies.
     Which companies shall Syncuser keep up to date?"
    `);
    expect(actionsOf(inWords({ ...request, progress: linked }))).toEqual([
      'Start with all 12',
      'Choose companies…',
      'Cancel',
    ]);
  });
  test('says what the login does not reach', () => {
    expect(words({ ...request, progress: { ...linked, reachable: 10 } })).toMatchInlineSnapshot(`
     "*Connect Exact Online*: linked to CX_Basecone, reaches 10 of 12 companies.
     CX_Basecone has no access to the other 2. They can be added once Exact Online lets it in; or log in as a user who reaches them all.
     Which companies shall Syncuser keep up to date?"
    `);
  });
  test('offers another login where this one reaches too little', () => {
    const offers = (reachable: number, purpose: 'set-up' | 'change') =>
      actionsOf(inWords({ ...request, purpose, progress: { ...linked, reachable } }));
    expect(offers(10, 'set-up')).toContain('Log in as another user');
    expect(offers(12, 'set-up')).not.toContain('Log in as another user');
    expect(offers(10, 'change')).toEqual([]);
  });
  test('thanks when it is done', () => {
    expect(words({ ...request, progress: { step: 'done', login: 'CX_Basecone', companies: 12 } }))
      .toMatchInlineSnapshot(`
     "*Connect Exact Online* is done: linked to CX_Basecone, 12 companies.
     Syncuser takes it from here. Type \`/syncuser status\` to see how it goes."
    `);
  });
  test('says so when the login does not do', () => {
    const notTaken = { ...request, progress: { step: 'not-taken', login: 'P.Peeters' } } as const;
    expect(words(notTaken)).toContain('stays who it is, because P.Peeters may not read all');
    expect(words(notTaken)).toContain('You are still linked for yourself');
  });
  test('ends by lapsing or by being cancelled', () => {
    expect(words({ ...request, progress: { step: 'lapsed' } })).toMatchInlineSnapshot(`
     "*Connect Exact Online*: nobody logged in, so the request has lapsed. Nothing was changed.
     If it is still needed, ask Sanne Jansen to start again."
    `);
    expect(words({ ...request, progress: { step: 'cancelled', by: 'Sanne Jansen' } })).toMatchInlineSnapshot(
      `"*Connect Exact Online*: cancelled by Sanne Jansen. Nothing was changed, and there is nothing left for you to do."`,
    );
  });
});

test('A connect reminder is one line that says what is waited for', () => {
  const { connectionName, systemName, askedBy } = request;
  const reminder = (purpose: ConnectRequest['purpose']) =>
    inWords({ what: 'connect-reminder', connectionName, systemName, askedBy, purpose }).text;
  expect(reminder('set-up')).toBe(
    'Sanne Jansen is still waiting for you to connect Exact Online. Please click Connect above and log in to Exact Online.',
  );
  expect(reminder('change')).toBe(
    'Sanne Jansen is still waiting for you to take over Exact Online. Please click Connect above and log in to Exact Online.',
  );
  expect(reminder('reconnect')).toBe(
    'Exact Online is still disconnected, so no documents can be booked. Please click Connect above and log in to Exact Online.',
  );
});
