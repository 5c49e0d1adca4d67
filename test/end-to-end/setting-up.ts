import { expect } from '@jest/globals';
import { actionIds } from '../../bot/ids.ts';
import { accounting, type Seen } from '../slack-driver.ts';
import { eventually } from '../until.ts';
import { fetchAgain } from './fetch-again.ts';
import { patienceMs, sanne, tom } from './slack-office.ts';
import type { Story } from './story.ts';
import type { Visitor } from './visitor.ts';

/** The first login and the first sync. One company is left out at first. */
export function settingUp({ system, step }: Story): void {
  const { companies, logins } = system;
  const linked = `inked to ${logins.synchronisation}, reaches ${companies} of ${companies} companies`;
  let invitation: Seen;
  let link: string;
  let visitor: Visitor;

  step('Syncuser greets the office once and says what to type', async ({ slack }) => {
    const { text } = await slack.message(accounting, 'this is Syncuser');
    expect(text).toContain('/syncuser setup');
    expect(await slack.said(accounting)).toHaveLength(1);
  });

  step('the superuser sets up a connection, and somebody else is asked to log in', async ({ slack }) => {
    const asked = { system: system.id, name: system.name, synchronisationUser: tom };
    const { text } = await slack.setUp(sanne, asked);
    expect(text).toContain('Tom de Vries is being asked in a direct message to log in');
    invitation = await slack.directMessage(tom, 'Sanne Jansen asks you to be the synchronisation user');
    await slack.directMessage(sanne, `Tom de Vries was asked to log in to ${system.name}`);
    expect((await slack.ask(sanne, 'status')).text).toContain(`*${system.name}*: Waiting for login`);
  });

  step('nobody else can use the invitation', async ({ slack }) => {
    const { text } = await slack.clickAndRead(sanne, invitation, actionIds.connect);
    expect(text).toContain('This invitation is for Tom de Vries only');
  });

  step('the personal link leads through the login and back', async ({ slack, work, follow }) => {
    link = await slack.askForLink(tom, invitation);
    visitor = await follow(link);
    expect(await visitor.sees(`Connect ${system.name}`)).toContain(
      'This link is meant for Tom de Vries only',
    );
    await work.logIn(visitor, logins.synchronisation);
    await visitor.sees(linked);
    expect((await slack.directMessage(tom, linked)).ts).toBe(invitation.ts);
  });

  step('a link works once, in one browser', async ({ api, follow }) => {
    const before = await api.connection();
    const stranger = await follow(link);
    expect(await stranger.sees('This link has been used')).toContain('Nothing was changed');
    expect((await fetchAgain(link)).status).toBe(410);
    expect(await api.connection()).toEqual(before);
  });

  step('all companies are ticked, and one can be left out', async ({ api }) => {
    expect(await visitor.ticked()).toHaveLength(companies);
    await visitor.untick((await api.companies()).at(-1)!.id);
    await visitor.press('Start the first sync');
    await visitor.sees('The first sync is running');
  });

  step('one message shows the progress of the first sync until it is finished', async ({ slack }) => {
    const { ts } = await slack.message(accounting, `Finished: ${companies - 1} companies`);
    const progress = (await slack.said(accounting)).filter(({ text }) =>
      text.includes('First synchronisation of'),
    );
    expect(progress.map((message) => message.ts)).toEqual([ts]);
    const edits = (await slack.log()).filter(({ summary }) => summary === 'chat.update');
    expect(JSON.stringify(edits)).toContain(ts);
    await slack.directMessage(tom, `linked to ${logins.synchronisation}, ${companies - 1} companies`);
    await slack.directMessage(sanne, 'is set up. Tom de Vries is the synchronisation user');
  });

  step('a company that was left out cannot be booked, the others can', async ({ api }) => {
    const all = await api.companies();
    expect(all.map(({ synchronised }) => synchronised)).toEqual(all.map((_, index) => index < companies - 1));
    await eventually(
      async () =>
        expect(await api.readiness(all[0]!.id)).toMatchObject({ status: 200, body: { ready: true } }),
      patienceMs,
    );
    expect(await api.readiness(all.at(-1)!.id)).toMatchObject({
      status: 403,
      type: expect.stringContaining('application/problem+json'),
      body: { cause: 'not-chosen' },
    });
  });
}
