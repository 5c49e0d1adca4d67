import type { Moment } from '../../domain/master-data.ts';

/** A process of ours that lives, or lived until then. */
export interface HeartbeatRow {
  process: string;
  program: string;
  at: Moment;
}
