import type { Office } from '../../domain/offices/office.ts';

/** Everybody who may come to a door, by what they are. */
export const people = {
  superuser: 'sanne',
  /** An accountant whose login the connection uses. */
  synchronisationUser: 'tom',
  /** An accountant who stands in. */
  standIn: 'petra',
  accountant: 'monica',
  submitter: 'noor',
  automation: 'robot',
  /** Was a superuser, and is marked as having left. */
  left: 'joost',
  /** Is in Slack and was never in the office. */
  stranger: 'nobody',
} as const;
export type Who = keyof typeof people;
export const everyone = Object.keys(people) as Who[];

/** Who may do something, in the words of the tables. */
export const groups = {
  everybody: everyone.filter((who) => who !== 'left' && who !== 'stranger'),
  whoWorksWithConnections: ['superuser', 'synchronisationUser', 'standIn', 'accountant'],
  responders: ['superuser', 'synchronisationUser', 'standIn'],
  superusers: ['superuser'],
  theSynchronisationUser: ['synchronisationUser'],
  /** Whoever was asked to log in, and every superuser. */
  theAskedAndSuperusers: ['superuser', 'synchronisationUser'],
  theAccountantAlone: ['accountant'],
} as const satisfies Record<string, readonly Who[]>;
export type Group = keyof typeof groups;

export const may = (group: Group, who: Who) => (groups[group] as readonly Who[]).includes(who);

export const office: Office = {
  id: 'doors',
  name: 'Doors Accountants',
  timeZone: 'Europe/Amsterdam',
  channelId: 'C0OFFICE',
  teams: [],
  users: [
    { id: 'sanne', name: 'Sanne Jansen', slackUserId: 'U0sanne', roles: ['superuser'] },
    { id: 'tom', name: 'Tom de Vries', slackUserId: 'U0tom', roles: ['accountant'] },
    { id: 'petra', name: 'Petra Peeters', slackUserId: 'U0petra', roles: ['accountant'] },
    { id: 'monica', name: 'Monica Bakker', slackUserId: 'U0monica', roles: ['accountant'] },
    { id: 'noor', name: 'Noor Bos', slackUserId: 'U0noor', roles: ['submitter'] },
    { id: 'robot', name: 'Robot', slackUserId: 'U0robot', roles: ['automation'] },
    { id: 'robot2', name: 'Another robot', slackUserId: 'U0robot2', roles: ['automation'] },
    { id: 'joost', name: 'Joost Smit', slackUserId: 'U0joost', roles: ['superuser'], inactive: true },
    { id: 'second', name: 'Sam Kok', slackUserId: 'U0second', roles: ['superuser'] },
  ],
};

export const slackIdOf = (who: Who) => `U0${people[who]}`;
