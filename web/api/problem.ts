import type { FastifyReply } from 'fastify';

/**
 * The kinds of problem the API answers with (RFC 9457). Each has an address that answers as a page for people;
 * `title` never changes for a type (section 3.1.3), `meaning` is what that page says.
 */
export const problemTypes = {
  disconnected: {
    title: 'The accounting system is disconnected',
    meaning:
      'The link with the accounting system is broken and a person has to log in again. The people who can were told in Slack. Documents wait; nothing is lost. The members cause, since and onIt say why, since when, and who is mending it.',
  },
  'not-connected-yet': {
    title: 'The accounting system is not connected yet',
    meaning:
      'The connection was asked for, but the synchronisation user has not logged in to the accounting system yet.',
  },
  'company-not-reachable': {
    title: 'The company cannot be reached',
    meaning:
      'The connection works, but not for this company. The member cause says why: no-access, blocked, licence-expired, archived, gone, or not-chosen when it was never chosen for synchronisation. Waiting does not help; somebody has to change it in the accounting system or in Slack.',
  },
  'first-sync': {
    title: 'The company has no master data yet',
    meaning:
      'The master data of this company has never come in completely. It will, without anybody doing anything.',
  },
  delayed: {
    title: 'The accounting system does not answer',
    meaning:
      'The accounting system is down or limits us. Nothing is for anybody to do: ask, or hand the booking over, again later. The member expectedBack says when, if the accounting system said so. An office that keeps bookings takes them meanwhile.',
  },
  'master-data-not-fresh': {
    title: 'The master data is being read again',
    meaning:
      'The accounting system is connected again, and what was changed in it meanwhile is read first. Nothing is for anybody to do: ask again in a few minutes. A booking that is handed over is taken, and delivered then.',
  },
  paused: {
    title: 'The synchronisation is paused',
    meaning:
      'Documents can be booked on master data that was read since the last login. That of this company was not, and a superuser paused the synchronisation: it goes on with /syncuser resume in Slack. An office that keeps bookings takes them meanwhile.',
  },
  'deliveries-stopped': {
    title: 'Nothing is booked on this connection',
    meaning:
      'A booking came back from another company than it was sent to, or stands in the books twice. Until a person has looked and lets the deliveries go on, nothing is booked.',
  },
  'does-not-fit': {
    title: 'The booking does not fit',
    meaning:
      'Parts of the booking do not fit the master data, or the accounting system refused it. The member misfits says which, and why. Nothing was booked. Where the member booking is present it was kept: correct it with PUT, or withdraw it with DELETE; otherwise hand it over again, corrected.',
  },
  'other-content': {
    title: 'This reference is another booking',
    meaning:
      'A booking with this reference and other content was handed over before. Its state is in the member booking. A reference is used for one document only; a correction is a PUT.',
  },
  'too-late': {
    title: 'The booking cannot be changed any more',
    meaning:
      'It is delivered or withdrawn, or it was sent and nobody knows yet whether the accounting system has it. Its state is in the member booking.',
  },
  'not-found': {
    title: 'Not found',
    meaning: 'There is no connection or company with this id. The lists at /api/connections give the ids.',
  },
  ambiguous: {
    title: 'More than one company may be meant',
    meaning:
      'Ids and codes of companies meet on this connection, so nothing was done. The detail names each that may be meant: write its id with id: before it, like id:2310460, or its code with code: before it.',
  },
  'feed-began-anew': {
    title: 'The feed of changes began anew',
    meaning:
      'The database of Syncuser was taken back to an older state, so places in the feed that were given out before mean nothing any more. Read everything again, from the beginning.',
  },
  'invalid-request': {
    title: 'The request is not right',
    meaning: 'A part of the address or of the query cannot be understood. The detail says which.',
  },
  'other-method': {
    title: 'The address does not take this method',
    meaning:
      'There is such an address, but not for this method. The header Allow says which methods it takes.',
  },
  'not-authorised': {
    title: 'A bearer token is needed',
    meaning: 'The API asks for a token: send it as "Authorization: Bearer (token)".',
  },
  'other-host': {
    title: 'This is not the address of Syncuser',
    meaning:
      'The request named a host that is not that of PUBLIC_URL. A proxy in front of Syncuser has to pass the header Host on as it came.',
  },
  'database-silent': {
    title: 'The database of Syncuser does not answer',
    meaning:
      'This is not the fault of the request. What was asked for may have been done or not: ask, or hand it over again with the same reference, in half a minute.',
  },
  'internal-error': {
    title: 'Something went wrong in Syncuser',
    meaning:
      'This is not the fault of the request. Try again in a minute; the log of the server says what happened.',
  },
} as const satisfies Record<string, { title: string; meaning: string }>;

export type ProblemType = keyof typeof problemTypes;

export interface Problem {
  type: ProblemType;
  status: number;
  /** What is the matter this time, for a person. */
  detail: string;
  /** Extension members (RFC 9457 section 3.2). */
  members?: Record<string, unknown>;
}

export function isProblemType(name: string): name is ProblemType {
  return Object.hasOwn(problemTypes, name);
}

/** Answers with `application/problem+json`. */
export function sendProblem(reply: FastifyReply, publicUrl: string, problem: Problem): FastifyReply {
  const { type, status, detail, members } = problem;
  const body = {
    type: `${publicUrl}/problems/${type}`,
    title: problemTypes[type].title,
    status,
    detail,
    ...members,
  };
  return reply.code(status).type('application/problem+json; charset=utf-8').send(JSON.stringify(body));
}
