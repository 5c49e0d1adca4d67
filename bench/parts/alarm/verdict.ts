import { startOf, wasClosed, type Break, type Closure } from './facts.ts';
import type { SeenMessage } from './reading.ts';

/** Whoever is told within so long of the first refused call was told in time. */
export const inTimeMs = 60_000;
/** Words about a break are on their way for so long after it is over, and no alarm is false that was right just now. */
const onItsWayMs = 60_000;
/** Whoever is called by a message reads it by then; what an edit adds later is news to nobody. */
const readAfterMs = 5_000;

/** What happened, and what people could see of it. */
export interface Course {
  breaks: readonly Break[];
  closures: readonly Closure[];
  messages: readonly SeenMessage[];
  /** Of all connections, also of those that never broke. */
  names: readonly string[];
  now: number;
}

export interface Verdict {
  /** From the first refused call until somebody who may mend it had something unread, for each break that was told. */
  toldAfterMs: number[];
  /** One sentence for each thing that must not be. */
  late: string[];
  falseAlarms: string[];
  doubled: string[];
  silent: string[];
  /** Of which somebody was told too late, or never: worth looking into. */
  missed: Break[];
}

/** Judges what people could read by what happened. */
export function judge(course: Course): Verdict {
  const verdict: Verdict = {
    toldAfterMs: [],
    late: [],
    falseAlarms: [],
    doubled: [],
    silent: [],
    missed: [],
  };
  for (const one of course.breaks) {
    const first = Math.min(...one.hit.map((conversation) => toldAt(course, one, conversation) ?? Infinity));
    const after = first - startOf(one);
    if (after > inTimeMs || leftOut(course, one).length > 0) verdict.missed.push(one);
    if (first === Infinity) verdict.silent.push(`${about(one)}: nobody was told`);
    else verdict.toldAfterMs.push(after);
    if (after > inTimeMs) verdict.late.push(`${about(one)}: ${first === Infinity ? 'never' : `${after} ms`}`);
    else
      for (const conversation of leftOut(course, one))
        verdict.silent.push(`${about(one)}: nothing new in ${conversation}`);
  }
  verdict.falseAlarms.push(...falseAlarms(course));
  verdict.doubled.push(...saidTwice(course), ...alarmedTwice(course));
  return verdict;
}

/** Conversations that are hit, could be reached all the while, and in which nothing new tells of it. */
export function leftOut(course: Course, one: Break): string[] {
  const span = { from: startOf(one), until: one.mendingSince ?? course.now };
  return one.hit.filter(
    (conversation) =>
      !wasClosed(course.closures, conversation, span) && toldAt(course, one, conversation) === null,
  );
}

/** What stood to read in the conversations that were left out, while it was broken: to see why nobody read of it. */
export function saidMeanwhile(course: Course, one: Break): string[] {
  return leftOut(course, one).flatMap((conversation) =>
    course.messages
      .filter((message) => message.conversation === conversation && isOf(one, message))
      .flatMap(({ postedAt, ts, threadOf, wordings }) =>
        wordings.map(
          ({ text, seenAt }) =>
            `${conversation} ${ts}${threadOf === null ? '' : ` below ${threadOf}`}, posted ${iso(postedAt)}, seen ${iso(seenAt)}: ${text.replaceAll('\n', ' / ')}`,
        ),
      ),
  );
}

/** When this conversation first showed something unread about the break, or null. */
function toldAt({ messages }: Pick<Course, 'messages'>, one: Break, conversation: string): number | null {
  const there = messages.filter((message) => message.conversation === conversation);
  const telling = there.filter((message) => isOf(one, message) && tellsOf(one, message, there));
  return telling.length === 0 ? null : Math.min(...telling.map(({ postedAt }) => postedAt));
}

/** It came while the login was broken, and it notifies. */
function isOf(one: Break, message: SeenMessage): boolean {
  const end = one.mendedAt === null ? Infinity : one.mendedAt + onItsWayMs;
  return isUnread(message) && message.postedAt >= startOf(one) && message.postedAt <= end;
}

/** In a channel nobody hears of a line in a thread; in direct messages whoever it is for does (assumed). */
const isUnread = ({ conversation, onlyInThreadOf }: SeenMessage) =>
  onlyInThreadOf === null || conversation.startsWith('D');

/** By name; or without one, below a message that named it by then. */
function tellsOf(one: Break, message: SeenMessage, there: readonly SeenMessage[]): boolean {
  if (namesBroken(message, one.name, message.postedAt)) return true;
  if (!wordsAt(message, message.postedAt).some(({ text }) => /disconnected as well/.test(text))) return false;
  const root = there.find(({ ts }) => ts === message.threadOf);
  return root !== undefined && namesBroken(root, one.name, message.postedAt);
}

const namesBroken = (message: SeenMessage, name: string, at: number) =>
  wordsAt(message, at).some(
    ({ text }) => text.includes(name) && /disconnected|connected again|works again/.test(text),
  );

/** What stood there when somebody read it at this moment, or a few seconds later: they were on their way to it. */
const wordsAt = ({ wordings }: SeenMessage, at: number) =>
  wordings.filter(({ seenAt }, index) => index === 0 || seenAt <= at + readAfterMs);

const isAlarm = (text: string) => /disconnected/.test(text) && !text.startsWith(':large_green_circle:');

/**
 * Alarms about a login that was not broken when its name came to stand there: when the message was posted, or at an edit.
 * Of a wording it is known only that it came before it was read.
 */
function falseAlarms({ breaks, messages, names }: Course): string[] {
  return messages.flatMap(({ conversation, postedAt, wordings }) =>
    names.flatMap((name) => {
      const alarms = ({ text } = { text: '' }) => isAlarm(text) && text.includes(name);
      const own = breaks.filter((one) => one.name === name);
      return wordings.flatMap((wording, index) => {
        if (!alarms(wording) || alarms(wordings[index - 1])) return [];
        const from = index === 0 ? postedAt : wording.seenAt;
        const wasBroken = own.some(
          ({ brokeAt, mendedAt }) => brokeAt <= wording.seenAt && (mendedAt ?? Infinity) >= from - onItsWayMs,
        );
        if (wasBroken) return [];
        const how = `${index === 0 ? 'posted' : 'edited'} ${iso(from)}`;
        const last = own.findLast(({ brokeAt }) => brokeAt <= from);
        const why = last ? `mended ${iso(last.mendedAt ?? 0)}` : 'never broken';
        return [`${name} (${why}) in ${conversation}, ${how}: ${firstLine(wording)}`];
      });
    }),
  );
}

/** The same announcement stands twice in one conversation. */
function saidTwice({ messages }: Course): string[] {
  const first = new Map<string, SeenMessage>();
  return messages.flatMap((message) => {
    const { conversation, mark, ts } = message;
    if (mark === null) return [];
    const known = first.get(`${conversation} ${mark}`);
    if (!known) first.set(`${conversation} ${mark}`, message);
    return known ? [`in ${conversation} at ${known.ts} and ${ts}: ${short(message)}`] : [];
  });
}

/** One conversation is alarmed twice of the same break, by two announcements. */
function alarmedTwice({ breaks, messages }: Course): string[] {
  return breaks.flatMap((one) =>
    one.hit.flatMap((conversation) => {
      const alarms = messages.filter(
        (message) =>
          message.conversation === conversation &&
          isOf(one, message) &&
          message.postedAt <= (one.mendedAt ?? Infinity) &&
          message.wordings.slice(0, 1).some(({ text }) => isAlarm(text) && text.includes(one.name)),
      );
      const marks = new Set(alarms.map(({ mark }) => mark));
      const words = () => alarms.map((alarm) => `${iso(alarm.postedAt)} ${short(alarm)}`).join(' and ');
      return marks.size > 1 ? [`${about(one)}, ${conversation}: ${words()}`] : [];
    }),
  );
}

const iso = (at: number) => new Date(at).toISOString();
const about = (one: Break) =>
  `break ${one.number} (${one.name}, ${one.cause}, ${iso(startOf(one))} to ${iso(one.mendedAt ?? 0)})`;
const firstLine = ({ text }: { text: string }) => text.split('\n')[0]?.slice(0, 120) ?? '';
const short = ({ wordings: [first] }: SeenMessage) => (first ? firstLine(first) : '');
