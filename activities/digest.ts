import type { Digest } from '../domain/announcements/office.ts';
import type { ConnectionState } from '../domain/connection.ts';
import { dueWarning } from '../domain/expiry.ts';
import type { Moment } from '../domain/master-data.ts';
import { incidentFigures, monthBefore, monthIn, thisMonth } from '../domain/incident-month.ts';
import { isFirstOfMonth, isWorkingTime, localDay, workingHoursOf } from '../domain/working-hours.ts';
import { whoHasTakenUp } from '../domain/incident-story.ts';
import type { ActivityDeps } from './deps.ts';
import { createLeaningTelling } from './leaning.ts';
import { nameOf } from './names.ts';

const hour = 3_600_000;
/** Master data that is older than a working day is worth a line. */
const staleAfterMs = 24 * hour;
/** A connection that should have moved so long ago is stuck, whatever holds it. */
const stuckAfterMs = 2 * hour;
/** The office opens at its hour; a schedule may come a little early by the clock of another machine. */
const clockMarginMs = 60_000;

export function createDigestActivities(deps: ActivityDeps) {
  const { store, speaker, office, now } = deps;
  const lookAtPeople = createLeaningTelling(deps);
  const connections = async () =>
    (await store.connections.all()).filter(({ link }) => link.state !== 'abandoned');

  async function lineOf(state: ConnectionState): Promise<Digest['lines'][number] | null> {
    const { name, link, pausedBy, lastSuccessAt, changingTo } = state;
    const at = now().getTime();
    if (link.state === 'disconnected') {
      const incident = state.incident === null ? null : await store.incidents.get(state.incident);
      const onIt = incident && whoHasTakenUp(incident.story);
      return { about: 'disconnected', name, since: link.since, who: onIt && nameOf(deps, onIt) };
    }
    if (link.state === 'connecting')
      return {
        about: 'waits-for-login',
        name,
        since: link.since,
        who: nameOf(deps, state.synchronisationUserId),
      };
    if (changingTo) return { about: 'waits-for-login', name, since: null, who: nameOf(deps, changingTo) };
    if (pausedBy) return { about: 'paused', name, since: lastSuccessAt, who: nameOf(deps, pausedBy) };
    const expiry = state.login && (await store.grants.expiry(state.login.grantId));
    if (expiry && dueWarning(expiry.expiresAt, now()) !== null)
      return { about: 'login-ends', name, since: expiry.expiresAt, who: null };
    if (lastSuccessAt !== null && at - Date.parse(lastSuccessAt) > staleAfterMs)
      return { about: 'stale', name, since: lastSuccessAt, who: null };
    return null;
  }

  /** How the incidents of the month before were, or null when there were none. */
  async function monthBehind(timeZone: string): Promise<Digest['lastMonth']> {
    const month = monthBefore(thisMonth(timeZone, now()));
    const { from, until } = monthIn(timeZone, month);
    const incidents = (await store.incidents.openedSince(from)).filter(({ openedAt }) => openedAt < until);
    return incidents.length === 0 ? null : { month, figures: incidentFigures(incidents) };
  }

  return {
    /** One message on a working morning about what is stale, what waits and what expires; none when there is nothing to say. */
    async tellDigest(): Promise<void> {
      const hours = workingHoursOf(office);
      const at = now().getTime();
      if (!isWorkingTime(hours, at + clockMarginMs)) return;
      const lines = await Promise.all((await connections()).map(lineOf));
      const told = lines.filter((line) => line !== null);
      const lastMonth = isFirstOfMonth(hours, at) ? await monthBehind(hours.timeZone) : null;
      if (told.length === 0 && !lastMonth) return;
      await speaker.say({
        key: `digest/${localDay(hours.timeZone, at)}`,
        to: { channel: office.channelId },
        announcement: { what: 'digest', lines: told, lastMonth },
      });
    },

    /**
     * Looks for connections that should have moved and did not, and for those that lean on somebody who left, or on one
     * person alone. Each is told once, and edited when that is over.
     */
    async audit(): Promise<void> {
      const at = now();
      for (const state of await connections()) {
        await lookAtPeople(state);
        const subject = `stuck/${state.id}`;
        const since = stuckSince(state, at.getTime());
        const notice = since
          ? await store.notices.begin(subject, since, stuckAfterMs)
          : await store.notices.end(subject, at.toISOString());
        if (notice)
          await speaker.say({
            key: `notice/${notice.number}`,
            to: { channel: office.channelId },
            announcement: { what: 'stuck', name: state.name, since: notice.beganAt, endedAt: notice.endedAt },
          });
      }
    },
  };
}

/** When it should have moved, or null when nothing is wrong with it. */
function stuckSince(
  { link, pausedBy, companies, nextSyncAt, syncingSince }: ConnectionState,
  now: number,
): Moment | null {
  if (link.state !== 'connected' || pausedBy || companies === 0) return null;
  const due = syncingSince ?? nextSyncAt;
  const patience = syncingSince ? 6 * stuckAfterMs : stuckAfterMs;
  return due !== null && now - Date.parse(due) > patience ? due : null;
}
