import type { ActivityInterceptorsFactory } from '@temporalio/worker';

const beatMs = 2_500;
/** Whoever is given more time than this tells its own progress (heartbeats.ts). */
const shortWorkMs = 10_000;

/**
 * Short work says all the while that this process is alive. Without it a worker that was killed is missed only when its
 * work is overdue, and a person who just logged in would wait for minutes.
 */
export const signsOfLife: ActivityInterceptorsFactory = (context) => ({
  inbound: {
    async execute(input, next) {
      const { heartbeatTimeoutMs } = context.info;
      if (heartbeatTimeoutMs === undefined || heartbeatTimeoutMs > shortWorkMs) return next(input);
      const beating = setInterval(() => context.heartbeat(), beatMs);
      try {
        return await next(input);
      } finally {
        clearInterval(beating);
      }
    },
  },
});
