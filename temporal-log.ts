import { DefaultLogger, makeTelemetryFilterString, type RuntimeOptions } from '@temporalio/worker';
import type { Logger } from './logger.ts';

/** What Temporal's SDK says, also its native part, as lines of our own log. */
export function loggingTo(logger: Logger): RuntimeOptions {
  return {
    logger: new DefaultLogger('INFO', ({ level, message, meta }) => {
      const line = withoutTokens({ ...meta });
      const words = message.replace(taskToken, 'a task');
      if (level === 'ERROR') logger.error(line, words);
      else if (level === 'WARN') logger.warn(line, words);
      else logger.debug(line, words);
    }),
    telemetryOptions: {
      logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }) },
    },
  };
}

/** Whoever has one can answer for a task. */
const taskToken = /TaskToken\([^()]*\)|task_?token"?\s*[:=]\s*"?[\w+/=-]+"?/gi;

function withoutTokens(meta: Record<string, unknown>): Record<string, unknown> {
  const facts = Object.entries(meta).filter(([name]) => !/task_?token/i.test(name));
  return Object.fromEntries(
    facts.map(([name, value]) => [
      name,
      value instanceof Error
        ? value.message.replace(taskToken, 'a task')
        : typeof value === 'string'
          ? value.replace(taskToken, 'a task')
          : value,
    ]),
  );
}
