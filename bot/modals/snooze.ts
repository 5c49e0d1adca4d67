import type { ModalView } from '@slack/types';
import type { SnoozeChoice } from '../../domain/incidents/human-step.ts';
import { inputIds, viewIds } from '../ids.ts';
import { plain, section } from '../messages/blocks.ts';
import { escaped } from '../messages/words.ts';
import { chooseOne } from './choice.ts';

export interface SnoozeModalFacts {
  connectionName: string;
  choices: readonly SnoozeChoice[];
  /** In which the office reads the clock; an option of a list cannot show everybody their own time. */
  timeZone: string;
  metadata: string;
}

/** For whom, and until when, reminders are snoozed. There is no "for ever". */
export function snoozeModal({ connectionName, choices, timeZone, metadata }: SnoozeModalFacts): ModalView {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  const words: Record<SnoozeChoice['name'], string> = {
    'an-hour': 'For an hour',
    'this-afternoon': 'Until this afternoon',
    'next-morning': 'Until the next working morning',
  };
  return {
    type: 'modal',
    callback_id: viewIds.snooze,
    private_metadata: metadata,
    title: plain('Snooze reminders', 24),
    submit: plain('Snooze', 24),
    close: plain('Cancel', 24),
    blocks: [
      section(
        `${escaped(connectionName)} stays disconnected meanwhile, and everybody reads who snoozed it. Afterwards Syncuser reminds again.`,
      ),
      chooseOne(
        inputIds.until,
        'How long',
        choices.map(({ name, until }) => ({
          value: new Date(until).toISOString(),
          text: `${words[name]} (${clock.format(until)})`,
        })),
      ),
      chooseOne(inputIds.whose, 'For whom', [
        { value: 'everybody', text: 'For everybody' },
        { value: 'me', text: 'Only for me; the others are reminded' },
      ]),
    ],
  };
}
