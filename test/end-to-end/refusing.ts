import { expect } from '@jest/globals';
import { fetchAgain } from './fetch-again.ts';
import { noor, petra } from './slack-office.ts';
import type { Cast, Story } from './story.ts';

/** What is wrong, forged or not for this person: a sentence that helps, and nothing changes. */
export function refusing({ step }: Story): void {
  step('an unknown word gets help with the nearest one', async ({ slack }) => {
    const { text } = await slack.ask(noor, 'recconect');
    expect(text).toContain('Syncuser does not know “recconect”. Did you mean `/syncuser reconnect`?');
  });

  step('a person without rights reads who has them', async ({ slack }) => {
    const who = 'In your office that is Sanne Jansen or Joost Smit.';
    expect((await slack.ask(noor, 'setup')).text).toBe(`Only a superuser can set up a connection. ${who}`);
    expect((await slack.ask(petra, 'pause')).text).toBe(`Only a superuser can pause a connection. ${who}`);
    expect((await slack.ask(noor, 'sync')).text).toContain('Only superusers and accountants can start');
  });

  step(
    'a forged link and a forged answer of the login page lead to a page that says what to do',
    async (cast) => {
      const { web } = cast.syncuser.endpoints;
      const before = await cast.api.connection();
      await leadsTo(cast, `${web}/connect/${'A'.repeat(43)}`, 404, 'This link is not known');
      await leadsTo(cast, `${web}/oauth/callback?code=forged&state=forged`, 404, 'This login is not known');
      await leadsTo(cast, `${web}/oauth/callback`, 404, 'This login is not known');
      expect((await cast.api.connection()).link).toEqual(before.link);
    },
  );
}

async function leadsTo({ follow }: Cast, url: string, status: number, title: string): Promise<void> {
  const visitor = await follow(url);
  const text = await visitor.sees(title);
  expect(text).toContain('Nothing was changed');
  expect(text).toContain('Open Slack and click Connect or Reconnect again');
  expect((await fetchAgain(url)).status).toBe(status);
}
