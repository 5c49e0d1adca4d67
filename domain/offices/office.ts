import { z } from 'zod';
import { incidentTimesSchema } from './incident-times.ts';
import { holidaysSchema, hoursSchema } from './working-hours.ts';
import type { PersonId } from '../ids.ts';

/**
 * The accounting office: its people, their roles, its teams and the Slack channels they read.
 * It is read from the office file (see docs/slack-app.md); Slack is where its people are met.
 */
/** An `automation` is no person: a program that books under a user of its own. Superusers look after its login. */
export const roles = ['superuser', 'accountant', 'submitter', 'automation'] as const;
export type Role = (typeof roles)[number];

const personId: z.ZodType<PersonId, PersonId> = z.string().min(1);

export const officeUserSchema = z.object({
  id: personId,
  name: z.string().min(1),
  slackUserId: z.string().min(1),
  roles: z.array(z.enum(roles)),
  /** Left the office: may do nothing and is told nothing any more. Leaving the file means the same. */
  inactive: z.boolean().optional(),
});
export type OfficeUser = z.infer<typeof officeUserSchema>;

export const teamSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  channelId: z.string().min(1),
  /** Companies this team keeps, by code or by name; '*' claims every company nobody else claims. */
  companies: z.array(z.string().min(1)),
});
export type Team = z.infer<typeof teamSchema>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export const officeSchema = z
  .object({
    id: z.string().min(1),
    name: z.string().min(1),
    channelId: z.string().min(1),
    /** In which times are said to people, an IANA name. */
    timeZone: z
      .string()
      .refine(isTimeZone, 'must be a time zone like Europe/Amsterdam')
      .default('Europe/Amsterdam'),
    hours: hoursSchema.optional(),
    holidays: holidaysSchema.optional(),
    incidents: incidentTimesSchema.optional(),
    /** Whether bookings are kept while they cannot be delivered; otherwise they are refused then. */
    holdBookings: z.boolean().optional(),
    users: z.array(officeUserSchema).min(1),
    teams: z.array(teamSchema),
  })
  .refine((office) => office.users.some(mayManageConnections), {
    message: 'an office needs at least one user with the role superuser who is not inactive',
    path: ['users'],
  });
export type Office = z.infer<typeof officeSchema>;

/** Every channel and person of the office, by Slack's id. */
export function slackIds({ channelId, teams, users }: Office): string[] {
  return [channelId, ...teams.map((team) => team.channelId), ...users.map(({ slackUserId }) => slackUserId)];
}

/** What people call a channel or a person of the office by Slack's id: its team, its office, their name; or null. */
export function nameInSlack(office: Office, slackId: string): string | null {
  const person = office.users.find(({ slackUserId }) => slackUserId === slackId);
  const team = office.teams.find(({ channelId }) => channelId === slackId);
  return person?.name ?? team?.name ?? (slackId === office.channelId ? office.name : null);
}

export function isActive(user: OfficeUser): boolean {
  return user.inactive !== true;
}

/** Only a superuser sets up, changes, pauses and resumes a connection. */
export function mayManageConnections(user: OfficeUser): boolean {
  return isActive(user) && user.roles.includes('superuser');
}

/** Every superuser and accountant may look at a connection and start a sync. */
export function mayUseConnections(user: OfficeUser): boolean {
  return isActive(user) && (user.roles.includes('superuser') || user.roles.includes('accountant'));
}

/** Whom a connection leans on. */
export interface KeyPeople {
  synchronisationUserId: PersonId;
  standInId: PersonId | null;
}

export function leansOn({ synchronisationUserId, standInId }: KeyPeople, userId: string): boolean {
  return userId === synchronisationUserId || userId === standInId;
}

/**
 * The synchronisation user, their stand-in and every superuser may mend a broken connection; also whoever left the
 * office, as long as this connection leans on them.
 */
export function mayReconnect(user: OfficeUser, keyPeople: KeyPeople): boolean {
  return leansOn(keyPeople, user.id) || mayManageConnections(user);
}

/** Everybody who is there to mend the connection: the synchronisation user first, then their stand-in. */
export function responders(office: Office, keyPeople: KeyPeople): OfficeUser[] {
  const rank = ({ id }: OfficeUser) =>
    id === keyPeople.synchronisationUserId ? 0 : id === keyPeople.standInId ? 1 : 2;
  return office.users
    .filter((user) => isActive(user) && mayReconnect(user, keyPeople))
    .sort((one, other) => rank(one) - rank(other));
}

/** The only person who could mend this connection, or null: with them ill or gone, nobody could. */
export function onlyResponder(office: Office, keyPeople: KeyPeople): OfficeUser | null {
  const [first, ...others] = responders(office, keyPeople);
  return first && others.length === 0 ? first : null;
}

export function isAutomation(user: OfficeUser): boolean {
  return isActive(user) && user.roles.includes('automation');
}

export function superusers(office: Office): OfficeUser[] {
  return office.users.filter(mayManageConnections);
}

/** Whoever may be chosen as synchronisation user: "it does not matter which role", but they need one that books. */
export function possibleSynchronisationUsers(office: Office): OfficeUser[] {
  return office.users.filter(mayUseConnections);
}

export function findUser(office: Office, userId: string): OfficeUser | undefined {
  return office.users.find((user) => user.id === userId);
}

export function findUserBySlackId(office: Office, slackUserId: string): OfficeUser | undefined {
  const known = office.users.filter((user) => user.slackUserId === slackUserId);
  return known.find(isActive) ?? known[0];
}

/** The teams whose companies are among the given ones, so that an alert reaches whom it hits. */
export function teamsOf(office: Office, companies: readonly { code: string; name: string }[]): Team[] {
  const claimed = (team: Team, company: { code: string; name: string }) =>
    team.companies.includes(company.code) || team.companies.includes(company.name);
  return office.teams.filter((team) =>
    companies.some(
      (company) =>
        claimed(team, company) ||
        (team.companies.includes('*') && !office.teams.some((other) => claimed(other, company))),
    ),
  );
}
