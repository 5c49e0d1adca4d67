import { html } from 'ghtml';
import { heading, type Tone } from './blocks.ts';
import { layout } from './layout.ts';

/** One thing to say and what to do next. */
export interface Notice {
  status: number;
  tone: Tone;
  eyebrow: string;
  title: string;
  lead: string;
}

export function noticePage(officeName: string, notice: Notice): string {
  const body = html`!${heading({ ...notice, lead: html`${notice.lead}` })}`;
  return layout({ title: notice.title, officeName, body });
}

const openSlack = 'Open Slack and click Connect or Reconnect again; you get a new link at once.';
const link = { tone: 'attention', eyebrow: 'Link to log in' } as const;

/** Why a link to log in leads nowhere, and what to do instead. In all of them nothing has changed. */
export const deadLinks = {
  unknown: {
    ...link,
    status: 404,
    title: 'This link is not known',
    lead: `It may have been copied only in part. Nothing was changed. ${openSlack}`,
  },
  used: {
    ...link,
    status: 410,
    title: 'This link has been used',
    lead: `A link works once, in one browser. Nothing was changed by opening it again. ${openSlack}`,
  },
  expired: {
    ...link,
    status: 410,
    title: 'This link has expired',
    lead: `For safety a link is only valid for a short time. Nothing was changed. ${openSlack}`,
  },
  voided: {
    ...link,
    status: 410,
    title: 'This link has been replaced',
    lead: 'A newer link was sent, or the login is no longer needed. Nothing was changed. Use the newest message in Slack; if there is none, there is nothing left to do.',
  },
  otherBrowser: {
    ...link,
    status: 403,
    title: 'This login was begun in another browser',
    lead: `Go back to the browser you began in, or start again here. Nothing was changed. ${openSlack}`,
  },
  unknownLogin: {
    ...link,
    status: 404,
    eyebrow: 'Login',
    title: 'This login is not known',
    lead: `Syncuser did not ask for it, or it was begun too long ago. Nothing was changed. ${openSlack}`,
  },
  notAllowed: {
    ...link,
    status: 403,
    title: 'This link allows nothing any more',
    lead: `Whoever got it may not do this any more: they left the office, or it is somebody else’s task now. Nothing was changed.`,
  },
  notFinished: {
    ...link,
    status: 409,
    eyebrow: 'Login',
    title: 'The login is not finished',
    lead: `Nothing came back from the accounting system yet. Finish the login there, or open the link from Slack again.`,
  },
  notFromHere: {
    ...link,
    status: 403,
    title: 'Please begin on the page itself',
    lead: `The request did not come from the page of Syncuser, or the browser does not accept cookies. Nothing was changed. Open the link from Slack and press the button there.`,
  },
} as const satisfies Record<string, Notice>;

export const pageNotFound: Notice = {
  status: 404,
  tone: 'calm',
  eyebrow: 'Syncuser',
  title: 'There is no such page',
  lead: 'Check the address, or start from the link you got in Slack.',
};

export const somethingBroke: Notice = {
  status: 500,
  tone: 'bad',
  eyebrow: 'Syncuser',
  title: 'Something went wrong here',
  lead: 'Nothing is lost. Please try again in a minute; if it happens again, tell the people who run Syncuser.',
};

export const databaseSilent: Notice = {
  status: 503,
  tone: 'bad',
  eyebrow: 'Syncuser',
  title: 'The database does not answer',
  lead: 'The database of Syncuser does not answer at the moment. Please try again in half a minute; if it happens again, tell the people who run Syncuser.',
};

/** Of a page that looks again by itself. */
export const databaseSilentForNow: Notice = {
  ...databaseSilent,
  lead: 'The database of Syncuser does not answer at the moment. This page looks again by itself every few seconds; if that takes longer than a minute, tell the people who run Syncuser.',
};
