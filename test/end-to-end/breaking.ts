import { expect } from '@jest/globals';
import { actionIds } from '../../bot/ids.ts';
import { accounting } from '../slack-driver.ts';
import { eventually } from '../until.ts';
import { noor, patienceMs, petra, sanne, teamChannels, tom } from './slack-office.ts';
import type { Story } from './story.ts';

/** The login breaks: who is told, and what stands still. */
export function breaking({ system, step }: Story): void {
  const { channels, companies, name, why } = system;

  step('one alert goes to the office and to each team that is hit', async ({ slack, work }) => {
    await work.breakLogin();
    for (const channel of [accounting, ...channels]) {
      const { text } = await slack.message(channel, 'is disconnected* since');
      expect(text).toContain(`*${name} is disconnected* since`);
      expect(text).toContain(why);
      expect(text).toContain('This can be done by Tom de Vries, Sanne Jansen or Joost Smit');
    }
    const { text } = await slack.message(accounting, 'is disconnected* since');
    expect(text).toContain(`*What is hit:* ${companies} companies`);
    expect(text).toContain('no document of these companies can be booked');
    for (const channel of [accounting, ...Object.values(teamChannels)]) {
      const alerts = (await slack.said(channel)).filter((message) =>
        message.text.includes('is disconnected* since'),
      );
      expect(alerts).toHaveLength([accounting, ...channels].includes(channel) ? 1 : 0);
    }
  });

  step('whoever opens App Home is warned; who can mend it gets the button', async ({ slack }) => {
    const warning = `*${name} is disconnected* since`;
    for (const person of [noor, petra, tom, sanne]) {
      const home = await slack.homeOf(person, warning);
      expect(home).toContain(why);
      expect(home.includes(`"action_id":"${actionIds.reconnect}"`)).toBe([tom, sanne].includes(person));
    }
  });

  step('a document cannot be booked, and the answer says why', async ({ api }) => {
    const [company] = await api.companies();
    const { status, type, body } = await api.readiness(company!.id);
    expect(status).toBe(503);
    expect(type).toContain('application/problem+json');
    expect(body).toMatchObject({ status: 503, title: 'The accounting system is disconnected' });
    expect(body['detail']).toContain(`Documents of ${company!.name} cannot be booked at the moment`);
    expect(body['detail']).toContain(why);
    expect(body['detail']).toContain('Tom de Vries, Sanne Jansen and Joost Smit can reconnect it');
  });

  step('an operator reads in words why no round runs', async ({ api, operator }) => {
    const { id } = await api.connection();
    await eventually(
      async () => expect(await operator.currentDetails(id)).toContain('No round runs:'),
      patienceMs,
    );
    const details = await operator.currentDetails(id);
    expect(details).toContain(`**${name}: Disconnected** since`);
    expect(details).toContain('waits for a human to log in again');
  });

  step('who asks for a round, or how it is, is told to reconnect', async ({ slack }) => {
    expect((await slack.ask(sanne, 'sync')).text).toContain('Reconnect it first, with /syncuser reconnect.');
    const { text } = await slack.ask(sanne, 'status');
    expect(text).toContain(`*${name}*: Disconnected`);
    expect(text).toContain(why);
  });
}
