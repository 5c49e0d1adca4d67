import type { WebClient } from '@slack/web-api';
import { createDeliveries } from '../deliveries/deliveries.ts';
import { createReach } from '../deliveries/reach.ts';
import { createSlackMessages } from '../deliveries/slack-messages.ts';
import type { Deliveries, Delivery, Statement } from '../domain/deliveries.ts';
import type { ScreensOf } from '../domain/screens.ts';
import type { Office } from '../domain/offices/office.ts';
import type { Logger } from '../logger.ts';
import type { Store } from '../store/index.ts';
import { inWords } from './messages/announcement.ts';

/** The part of the store that remembers what is to be said and whom it reached. */
export interface SpeakerStore {
  deliveries: Store['deliveries'];
  unreachable: Store['unreachable'];
  incidents: Pick<Store['incidents'], 'told'>;
  wholeLists: Pick<Store['wholeLists'], 'keep'>;
}

/** Everything Syncuser says of its own accord, in Slack and in words. `later` begins the workflow `deliver`. */
export function createSpeaker(deps: {
  slack: WebClient;
  store: SpeakerStore;
  office: Office;
  /** Where in each accounting system people mend things. */
  screensOf: ScreensOf;
  later: (delivery: Delivery) => Promise<void>;
  logger: Pick<Logger, 'error'>;
  /** How long whoever says something waits for the first attempt; four seconds when absent. */
  firstAttemptMs?: number;
  now?: () => Date;
}): Deliveries {
  const { slack, store, office, screensOf, later, logger, now = () => new Date() } = deps;
  const reach = createReach({
    store: store.unreachable,
    office,
    say: (statement: Statement) => deliveries.say(statement),
    async catchUp(recipient) {
      for (const key of await store.deliveries.dueTo(recipient)) await deliveries.carryOut(key);
    },
    now,
    logger,
  });
  const deliveries = createDeliveries({
    store: store.deliveries,
    messages: createSlackMessages(slack),
    async inWords(announcement) {
      const { whole, ...message } = inWords(announcement, screensOf);
      if (whole) await store.wholeLists.keep(whole); // before anybody can ask for it
      return message;
    },
    later,
    incidentsTold: (numbers, at) => store.incidents.told(numbers, at),
    heard: (delivery, refusal) => reach.heard(delivery, refusal),
    firstAttemptMs: deps.firstAttemptMs,
    now,
    logger,
  });
  return deliveries;
}
