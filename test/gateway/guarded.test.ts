import { describe, expect, test } from '@jest/globals';
import { ObjectionError } from '../../gateway/errors.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import { guarded } from '../../gateway/guarded.ts';
import type { ConnectionState } from '../../domain/connection.ts';
import { minutesAgo, state } from '../bot/facts.ts';
import { everyone, may, office, people, type Group } from '../doors/people.ts';

const id = 'exact-online-1';
const connecting = { link: { state: 'connecting', since: minutesAgo(4) }, login: null } as const;
const nobodyAsks = 'a program, or looked at where it is done';

interface Row {
  who: Group;
  what?: object;
  is?: Partial<ConnectionState>;
}

/** Every verb of the gateway; the types demand a row for a new one, and so does the last test. */
const verbs: Record<keyof Gateway, Row | Record<string, Row> | typeof nobodyAsks> = {
  setUp: { who: 'superusers', what: { connectionId: 'new' } },
  changeSynchronisationUser: { who: 'superusers' },
  undoChange: { who: 'superusers' },
  decideChange: { who: 'superusers' },
  planHandover: { who: 'superusers' },
  cancelHandover: { who: 'superusers' },
  setStandIn: { who: 'superusers' },
  unlinkCompanies: { who: 'superusers' },
  decideDeletions: { who: 'superusers' },
  pause: { who: 'superusers' },
  resume: { who: 'superusers' },
  chooseCompanies: {
    'of a set-up': { who: 'responders', is: connecting },
    later: { who: 'superusers' },
  },
  cancelInvitation: {
    'of a set-up': { who: 'theAskedAndSuperusers', is: connecting },
    'of a change to a superuser': { who: 'superusers', is: { changingTo: 'sanne' } },
  },
  acknowledge: { who: 'responders' },
  snooze: { who: 'responders' },
  syncNow: {
    'a round': { who: 'whoWorksWithConnections' },
    everything: { who: 'superusers', what: { scope: { full: true } } },
  },
  verify: { who: 'whoWorksWithConnections' },
  unlinkPerson: {
    'their own': { who: 'theAccountantAlone', what: { person: 'monica' } },
    'of an automation': { who: 'superusers', what: { person: 'robot2' } },
  },
  signInReturned: nobodyAsks,
  packageCalled: nobodyAsks,
  bookingsChanged: nobodyAsks,
  reachable: nobodyAsks,
};

/** The gateway behind the guard notes what got through. */
function behindTheGuard(is: Partial<ConnectionState> = {}) {
  const passed: string[] = [];
  const gateway = Object.fromEntries(
    Object.keys(verbs).map((verb) => [verb, async () => void passed.push(verb)]),
  ) as unknown as Gateway;
  const connection = state({ standInId: 'petra', ...is });
  const connections = { get: async (asked: string) => (asked === id ? connection : null) };
  return { passed, gateway: guarded(gateway, { office, connections }) };
}

const rows = Object.entries(verbs).flatMap(([verb, row]): [string, string, Row][] =>
  row === nobodyAsks
    ? []
    : 'who' in row
      ? [[verb, '', row as Row]]
      : Object.entries(row).map(([kind, one]) => [verb, kind, one]),
);

describe('what nobody asked for at the door is refused behind it:', () => {
  test.each(rows)('%s %s', async (verb, _, { who: group, what, is }) => {
    for (const who of everyone) {
      const { passed, gateway } = behindTheGuard(is);
      const asked = { actionId: 'a', by: people[who], ...what };
      const act = Object.entries(gateway).find(([name]) => name === verb)![1] as (
        ...args: unknown[]
      ) => Promise<void>;
      const attempt = verb === 'setUp' ? act(asked) : act(id, asked);
      if (may(group, who)) await attempt;
      else await expect(attempt).rejects.toThrow(ObjectionError);
      expect({ who, passed }).toEqual({ who, passed: may(group, who) ? [verb] : [] });
    }
  });

  test('every verb has a row', () => {
    const { gateway } = behindTheGuard();
    expect(Object.keys(gateway).toSorted()).toEqual(Object.keys(verbs).toSorted());
  });

  test('whoever left may still mend what leans on them', async () => {
    const { passed, gateway } = behindTheGuard({ synchronisationUserId: 'joost' });
    await gateway.acknowledge(id, { actionId: 'a', by: 'joost' });
    await expect(gateway.pause(id, { actionId: 'a', by: 'joost' })).rejects.toThrow(ObjectionError);
    expect(passed).toEqual(['acknowledge']);
  });
});
