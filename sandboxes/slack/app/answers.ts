import { isObject } from '../rules/check.ts';
import { refusedMessage, refusedView } from '../rules/whole.ts';
import type { Envelope, Taken } from './deliveries.ts';

type Json = Record<string, unknown>;

/**
 * What the local Slack is told of the app's answer to a command or an interaction: the answer, or the words a person reads
 * in Slack when there was none or when it cannot be shown (the codes as others saw them in Slack).
 */
export function answerFor({ type, payload }: Envelope, taken: Taken): { payload: unknown; outcome: string } {
  if (type === 'slash_commands') return commandAnswer(String(payload['command']), taken);
  if (taken.how !== 'answered') {
    const outcome = failure(taken);
    return payload['type'] === 'view_submission'
      ? trouble(payload, outcome)
      : { payload: undefined, outcome };
  }
  const answer = taken.payload;
  if (!isObject(answer) || !['update', 'push'].includes(String(answer['response_action'])))
    return { payload: answer, outcome: 'ok' };
  const refusal = refusedView(answer['view'], 'modal');
  return refusal ? trouble(payload, refusal.error) : { payload: answer, outcome: 'ok' };
}

const failure = ({ how }: Taken) => (how === 'nobody' ? 'dispatch_failed' : 'operation_timeout');

function commandAnswer(command: string, taken: Taken): { payload: unknown; outcome: string } {
  const failed = (outcome: string) => ({
    payload: { response_type: 'ephemeral', text: `${command} failed with the error "${outcome}"` },
    outcome,
  });
  if (taken.how !== 'answered') return failed(failure(taken));
  if (!isObject(taken.payload)) return { payload: taken.payload, outcome: 'ok' };
  if (refusedMessage(taken.payload)) return failed('invalid_command_response');
  return { payload: { response_type: 'ephemeral', ...taken.payload }, outcome: 'ok' };
}

/** The modal stays and says that something went wrong. */
function trouble(payload: Json, outcome: string): { payload: unknown; outcome: string } {
  const view = isObject(payload['view']) ? payload['view'] : {};
  const blocks = Array.isArray(view['blocks']) ? (view['blocks'] as Json[]) : [];
  const input = blocks.find((block) => block['type'] === 'input')?.['block_id'];
  return {
    payload: {
      response_action: 'errors',
      errors: { [typeof input === 'string' ? input : 'view']: 'We had some trouble connecting. Try again?' },
    },
    outcome,
  };
}
