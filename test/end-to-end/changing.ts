import { expect } from '@jest/globals';
import { accounting } from '../slack-driver.ts';
import { changeComesIn } from './keeping-up.ts';
import { petra, sanne } from './slack-office.ts';
import type { Story } from './story.ts';

/** Another synchronisation user: only one who reaches every company. */
export function changing({ system, step }: Story): void {
  const { companies, logins, name, reachedByLesser } = system;
  const missing = companies - reachedByLesser;

  step('a successor who reaches less is refused with the companies that are missing', async (cast) => {
    const { api, slack, work, follow } = cast;
    const before = await api.connection();
    expect((await slack.change(sanne, petra)).text).toContain('Until then nothing changes');
    const invitation = await slack.directMessage(petra, 'asks you to take over as synchronisation user');
    const visitor = await follow(await slack.askForLink(petra, invitation));
    await visitor.sees(`Take over ${name}`);
    await work.logIn(visitor, logins.lesser);
    const page = await visitor.sees(`${logins.lesser} does not reach ${missing} companies`);
    const { text } = await slack.directMessage(
      sanne,
      'the synchronisation user was not changed to Petra Peeters',
    );
    expect(text).toContain(`${logins.lesser} does not reach ${missing} of the ${companies} linked companies`);
    for (const [index, company] of (await api.companies()).entries()) {
      expect(text.includes(company.name)).toBe(index >= reachedByLesser);
      expect(page.includes(company.name)).toBe(index >= reachedByLesser);
    }
    const after = await api.connection();
    expect([after.synchronisationUser, after.login]).toEqual([before.synchronisationUser, before.login]);
    await slack.directMessage(petra, 'so nothing was changed');
  });

  step('a successor who reaches all of them takes over', async (cast) => {
    const { api, slack, work, follow } = cast;
    await slack.change(sanne, sanne);
    const invitation = await slack.directMessage(sanne, 'asks you to take over as synchronisation user');
    const visitor = await follow(await slack.askForLink(sanne, invitation));
    await work.logIn(visitor, logins.successor);
    await visitor.sees(`Linked to ${logins.successor}, reaches ${companies} of ${companies} companies`);
    await slack.message(accounting, `Sanne Jansen (${logins.successor}) is the synchronisation user now`);
    expect(await api.connection()).toMatchObject({
      link: { state: 'connected' },
      synchronisationUser: { id: 'sanne' },
      login: { user: logins.successor },
    });
    const { text } = await slack.ask(sanne, 'status');
    expect(text).toContain(`Synchronisation user: Sanne Jansen → ${logins.successor}`);
  });

  step('the rounds go on with the login of the successor', changeComesIn);
}
