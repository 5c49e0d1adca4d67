import { expect } from '@jest/globals';
import { accounting } from '../slack-driver.ts';
import { changeComesIn } from './keeping-up.ts';
import { petra, sanne } from './slack-office.ts';
import type { Story } from './story.ts';

/** Another synchronisation user: only one who reaches every company. */
export function changing({ system, step }: Story): void {
  const { companies, logins, name, reachedByLesser } = system;

  step('a successor who may read less is refused where nobody else could agree to the loss', async (cast) => {
    const { api, slack, work, follow } = cast;
    const before = await api.connection();
    expect((await slack.change(sanne, petra)).text).toContain('Until then nothing changes');
    const invitation = await slack.directMessage(petra, 'asks you to take over as synchronisation user');
    const visitor = await follow(await slack.askForLink(petra, invitation));
    await visitor.sees(`Take over ${name}`);
    await work.logIn(visitor, logins.lesser);
    await visitor.sees(`Linked to ${logins.lesser}, reaches ${reachedByLesser} of`);
    const { text } = await slack.directMessage(
      sanne,
      'the synchronisation user was not changed to Petra Peeters',
    );
    expect(text).toContain(`With ${logins.lesser} this would be lost`);
    expect(text).toContain('your office has only Sanne Jansen');
    const lost = (await api.companies()).slice(reachedByLesser);
    expect(text).toContain(lost[0]?.name);
    const after = await api.connection();
    expect([after.synchronisationUser, after.login]).toEqual([before.synchronisationUser, before.login]);
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
    expect((await slack.ask(sanne, 'history')).text).toContain(
      `Sanne Jansen became the synchronisation user as ${logins.successor}, in place of Tom de Vries`,
    );
  });

  step('the rounds go on with the login of the successor', changeComesIn);
}
