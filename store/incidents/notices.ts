import type { Moment } from '../../domain/master-data.ts';
import type { Database } from '../database/database.ts';
import type { NoticeRow } from '../database/schema.ts';

/** Something that lasts and asks nobody for a login; numbered, so that each has one message. */
export interface Notice {
  number: number;
  /** What it is about, e.g. `delay/exact-online/outage`; at most one is open per subject. */
  subject: string;
  beganAt: Moment;
  endedAt: Moment | null;
}

export interface NoticeStore {
  /** The open notice; one that ended less than `sameWithinMs` before is taken up again, else a new one begins. */
  begin(subject: string, at: Moment, sameWithinMs: number): Promise<Notice>;
  /** Ends the open notice; null when none is open. */
  end(subject: string, at: Moment): Promise<Notice | null>;
  openOf(subject: string): Promise<Notice | null>;
  /** The newest one of this subject that lasted at this moment. */
  at(subject: string, moment: Moment): Promise<Notice | null>;
  /** All that are open, the oldest first. */
  open(): Promise<Notice[]>;
}

export function createNoticeStore({ db, transact }: Database): NoticeStore {
  const newest = (query: Pick<typeof db, 'selectFrom'>, subject: string) =>
    query
      .selectFrom('notices')
      .selectAll()
      .where('subject', '=', subject)
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst();
  return {
    begin: (subject, at, sameWithinMs) =>
      transact('notices', async (trx) => {
        const last = await newest(trx, subject);
        if (last?.ended_at === null) return fromRow(last);
        if (last && Date.parse(at) - Date.parse(last.ended_at ?? '') < sameWithinMs) {
          await trx
            .updateTable('notices')
            .set({ ended_at: null })
            .where('number', '=', last.number)
            .execute();
          return fromRow({ ...last, ended_at: null });
        }
        const { top } = await trx
          .selectFrom('notices')
          .select((eb) => eb.fn.max('number').as('top'))
          .executeTakeFirstOrThrow();
        const row = { number: ((top as number | null) ?? 0) + 1, subject, began_at: at, ended_at: null };
        await trx.insertInto('notices').values(row).execute();
        return fromRow(row);
      }),
    end: (subject, at) =>
      transact('notices', async (trx) => {
        const last = await newest(trx, subject);
        if (!last || last.ended_at !== null) return null;
        await trx.updateTable('notices').set({ ended_at: at }).where('number', '=', last.number).execute();
        return fromRow({ ...last, ended_at: at });
      }),
    async openOf(subject) {
      const row = await newest(db, subject);
      return row?.ended_at === null ? fromRow(row) : null;
    },
    async at(subject, moment) {
      const row = await db
        .selectFrom('notices')
        .selectAll()
        .where('subject', '=', subject)
        .where('began_at', '<=', moment)
        .where((eb) => eb.or([eb('ended_at', 'is', null), eb('ended_at', '>=', moment)]))
        .orderBy('number', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row ? fromRow(row) : null;
    },
    async open() {
      const rows = await db
        .selectFrom('notices')
        .selectAll()
        .where('ended_at', 'is', null)
        .orderBy('number')
        .execute();
      return rows.map(fromRow);
    },
  };
}

function fromRow(row: NoticeRow): Notice {
  return { number: row.number, subject: row.subject, beganAt: row.began_at, endedAt: row.ended_at };
}
