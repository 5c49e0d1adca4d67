import { log } from '@temporalio/activity';
import type { Digest, Stuck } from '../../domain/announcements/office.ts';
import type { ConnectionState } from '../../domain/connection.ts';
import { dueWarning } from '../../domain/logins/expiry.ts';
import { olderThanPromised, promise } from '../../domain/sync/freshness.ts';
import type { Moment } from '../../domain/master-data.ts';
import { incidentFigures, monthBefore, monthIn, thisMonth } from '../../domain/incidents/incident-month.ts';
import {
  isFirstOfMonth,
  isWorkingTime,
  localDay,
  workingHoursOf,
} from '../../domain/offices/working-hours.ts';
import { whoHasTakenUp } from '../../domain/incidents/incident-story.ts';
import type { Notice } from '../../store/incidents/notices.ts';
import { workflowIds } from '../../workflows/contract.ts';
import type { ActivityDeps } from '../deps.ts';
import { createDriftCheck } from '../connections/drift.ts';
import { createKeyPeopleTelling } from './key-people.ts';
import { nameOf } from '../names.ts';

const hour = 3_600_000;
/** A connection that should have moved so long ago is stuck, whatever holds it. */
const stuckAfterMs = 2 * hour;
/** The office opens at its hour; a schedule may come a little early by the clock of another machine. */
const clockMarginMs = 60_000;

export function createDigestActivities(deps: ActivityDeps) {
  const { store, speaker, office, now, freshness = promise(24 * hour), endOf = async () => null } = deps;
  const checkKeyPeople = createKeyPeopleTelling(deps);
  const mendDrift = createDriftCheck(deps);
  const connections = async () =>
    (await store.connections.all()).filter(({ link }) => link.state !== 'abandoned');

  async function lineOf(state: ConnectionState): Promise<Digest['lines'][number] | null> {
    const { name, link, pausedBy, lastSuccessAt, changingTo } = state;
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
    const [stale] = olderThanPromised(await store.dataAges.ofConnection(state.id), freshness, now());
    return stale ? { about: 'stale', name, since: stale.since, who: null } : null;
  }

  /** Says that something is wrong since then, once; or, when nothing is any more, that it is over. */
  async function tellStuck(
    subject: string,
    name: string,
    why: Stuck['why'],
    since: Moment | null,
  ): Promise<void> {
    const say = async ({ number, beganAt }: Notice, endedAt: Moment | null): Promise<void> => {
      await speaker.say({
        key: `notice/${number}`,
        to: { channel: office.channelId },
        ...(endedAt !== null && { onlyIfSaid: true }),
        announcement: { what: 'stuck', name, why, since: beganAt, endedAt },
      });
    };
    if (since) return say(await store.notices.begin(subject, since, stuckAfterMs), null);
    const open = await store.notices.openOf(subject);
    if (!open) return;
    // It is open until it was said that it is over: while Slack is down the next audit says it.
    const at = now().toISOString();
    await say(open, at);
    await store.notices.end(subject, at);
  }

  /** Connections with a workflow that cannot go on; null where nobody can tell, as a Temporal before 1.30 cannot. */
  async function standingStill(): Promise<Set<string> | null> {
    const found = await deps.truths?.standingStill().catch((error: unknown) => {
      log.warn('nobody can tell which workflows stand still', { error: String(error) });
      return null;
    });
    return found ? new Set(found) : null;
  }

  /** What a booking program handed over a while ago and is not settled. */
  async function bookingsOf({ id, name }: ConnectionState): Promise<Digest['bookings']> {
    const before = new Date(now().getTime() - hour).toISOString();
    const { waiting, misfits } = await store.purchaseBookings.outstanding(id, before);
    const told: Digest['bookings'] = [];
    if (waiting?.reason) {
      const { count, since, reason: waitFor } = waiting;
      told.push({ name, count, since, waitFor });
    }
    if (misfits) told.push({ name, ...misfits, waitFor: 'correction' });
    return told;
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
      const all = await connections();
      const told = (await Promise.all(all.map(lineOf))).filter((line) => line !== null);
      const bookings = (await Promise.all(all.map(bookingsOf))).flat();
      const lastMonth = isFirstOfMonth(hours, at) ? await monthBehind(hours.timeZone) : null;
      if (told.length === 0 && bookings.length === 0 && !lastMonth) return;
      await speaker.say({
        key: `digest/${localDay(hours.timeZone, at)}`,
        to: { channel: office.channelId },
        announcement: { what: 'digest', lines: told, bookings, lastMonth },
      });
    },

    /**
     * Looks for connections that should have moved and did not, and for those that lean on somebody who left, or on one
     * person alone. Each is told once, and edited when that is over. Before that, copies of another time are saved anew.
     */
    async audit(): Promise<void> {
      await deps.deliveries.takeUp(hour);
      await mendDrift();
      const at = now();
      const still = await standingStill();
      for (const state of await connections()) {
        await checkKeyPeople(state);
        await tellStuck(`stuck/${state.id}`, state.name, 'late', stuckSince(state, at.getTime()));
        const isGone = (await endOf(workflowIds.connection(state.id))) !== null;
        await tellStuck(`gone/${state.id}`, state.name, 'gone', isGone ? at.toISOString() : null);
        if (still === null) continue;
        const since = still.has(state.id) ? at.toISOString() : null;
        await tellStuck(`cannot-go-on/${state.id}`, state.name, 'cannot-go-on', since);
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
