import { expect } from '@jest/globals';
import { actionIds } from '../../bot/ids.ts';
import { accounting } from '../slack-driver.ts';
import { changeComesIn } from './keeping-up.ts';
import { joost, petra, sanne } from './slack-office.ts';
import type { Story } from './story.ts';

/** Another synchronisation user: only one who reaches every company. */
export function changing({ system, step }: Story): void {
  const { companies, logins, name, reachedByLesser } = system;

  step('a successor who may read less needs a second superuser, who refuses', async (cast) => {
    const { api, slack, work, follow } = cast;
    const before = await api.connection();
    expect((await slack.change(sanne, petra)).text).toContain('Until then nothing changes');
    const invitation = await slack.directMessage(petra, 'asks you to take over as synchronisation user');
    const visitor = await follow(await slack.askForLink(petra, invitation));
    await visitor.sees(`Take over ${name}`);
    await work.logIn(visitor, logins.lesser);
    await visitor.sees(`Linked to ${logins.lesser}, reaches ${reachedByLesser} of`);
    const decision = await slack.directMessage(sanne, 'is ready to take over from Tom de Vries');
    expect(decision.text).toContain(`could be read so far, and ${logins.lesser} may not`);
    const lost = (await api.companies()).slice(reachedByLesser);
    expect(decision.text).toContain(lost[0]?.name);
    const answer = await slack.confirmChange(sanne, decision, 'Tom is ill.');
    expect(answer.text).toContain('Another superuser is asked to agree. Until then nothing changes.');
    const question = await slack.directMessage(joost, 'although something would be lost. Do you agree?');
    expect(question.text).toContain('Tom is ill.');
    await slack.clickAndRead(joost, question, actionIds.declineChange);
    await slack.directMessage(sanne, 'Joost Smit refused or cancelled the change to Petra Peeters');
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
