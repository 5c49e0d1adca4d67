import { nearest } from '../nearest.ts';
import { incidentTimesSchema } from './incident-times.ts';
import { isActive, officeSchema, officeUserSchema, teamSchema, type Office } from './office.ts';
import { placeOf, unfitPart } from '../plain-text.ts';
import { hoursSchema } from './working-hours.ts';

/**
 * What is wrong with an office file though each of its members has the right form: sentences for whoever writes it. A slip
 * here is found by nobody until an alert reaches the wrong people, or none.
 */
export function slipsIn(json: unknown, office: Office): string[] {
  const unfit = unfitPart(json);
  return [
    ...(unfit ? [`${placeOf(unfit.path)} ${unfit.why}`] : []),
    ...unknownMembers(json),
    ...namesForIds(office),
    ...roleless(office),
    ...twice(office),
  ];
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const listOf = (value: unknown) => (Array.isArray(value) ? (value as unknown[]) : []);

/** Members that nobody reads: an `"inactiv": true` would let somebody in who left. */
function unknownMembers(json: unknown): string[] {
  if (!isObject(json)) return [];
  const of = (part: unknown, shape: object, where: string): string[] => {
    const known = Object.keys(shape);
    const unknown = isObject(part) ? Object.keys(part).filter((name) => !known.includes(name)) : [];
    return unknown.map((name) => {
      const meant = nearest(name.toLowerCase(), known, ({ length }) => Math.ceil(length / 3));
      return `${where}${name} is no member that is known${meant ? `; "${meant}" is probably meant` : ''}`;
    });
  };
  return [
    ...of(json, officeSchema.shape, ''),
    ...of(json['hours'], hoursSchema.shape, 'hours.'),
    ...of(json['incidents'], incidentTimesSchema.shape, 'incidents.'),
    ...listOf(json['users']).flatMap((user, at) => of(user, officeUserSchema.shape, `users[${at}].`)),
    ...listOf(json['teams']).flatMap((team, at) => of(team, teamSchema.shape, `teams[${at}].`)),
  ];
}

/** docs.slack.dev/reference/objects: a person is U… or W…, a channel C… or G… */
function namesForIds({ channelId, users, teams }: Office): string[] {
  const isChannel = (id: string) => /^[CG][A-Z0-9]+$/.test(id);
  const channel = (where: string) =>
    `${where} must be the id of a channel, like C012ABCDEF: it stands at the bottom of the channel's details in Slack`;
  return [
    ...(isChannel(channelId) ? [] : [channel('channelId')]),
    ...teams.flatMap((team, at) => (isChannel(team.channelId) ? [] : [channel(`teams[${at}].channelId`)])),
    ...users.flatMap(({ slackUserId }, at) =>
      /^[UW][A-Z0-9]+$/.test(slackUserId)
        ? []
        : [
            `users[${at}].slackUserId must be a member id, like U012ABCDEF: "Copy member ID" in the person's Slack profile`,
          ],
    ),
  ];
}

function roleless({ users }: Office): string[] {
  return users.flatMap((user, at) =>
    isActive(user) && user.roles.length === 0
      ? [`users[${at}].roles is empty: without a role ${user.name} may do nothing, and is told nothing`]
      : [],
  );
}

function twice({ users, teams }: Office): string[] {
  const companies = teams.flatMap((team) => [...new Set(team.companies)]);
  return [
    ...repeated(users.map(({ id }) => id)).map((id) => `users has two people with the id ${id}`),
    // Whoever left may have been taken in again under another id.
    ...repeated(users.filter(isActive).map(({ slackUserId }) => slackUserId)).map(
      (id) => `users has two people with the slackUserId ${id}`,
    ),
    ...repeated(teams.map(({ id }) => id)).map((id) => `teams has two with the id ${id}`),
    ...repeated(companies).map((company) => {
      const names = teams.filter((team) => team.companies.includes(company)).map(({ name }) => name);
      const what = company === '*' ? 'the rest of the companies (*)' : `the company ${company}`;
      return `teams: ${names.join(' and ')} have ${what}, and only one of them can keep it`;
    }),
  ];
}

function repeated(texts: readonly string[]): string[] {
  return [...new Set(texts.filter((text, at) => texts.indexOf(text) !== at))];
}
