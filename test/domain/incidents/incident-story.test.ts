import { describe, expect, test } from '@jest/globals';
import {
  lapsedAt,
  snoozeOf,
  takingUp,
  wantsNoReminder,
  whoHasTakenUp,
  type KeptEvent,
} from '../../../domain/incidents/incident-story.ts';

const at = (minute: number) => `2026-11-23T10:${String(minute).padStart(2, '0')}:00.000Z`;
const takenUp = (minute: number, by: string): KeptEvent => ({
  at: at(minute),
  kind: 'taken-up',
  data: { by },
});
const letGo = (minute: number, by: string): KeptEvent => ({ at: at(minute), kind: 'let-go', data: { by } });
const snoozed = (minute: number, by: string, everybody: boolean): KeptEvent => ({
  at: at(minute),
  kind: 'snoozed',
  data: { by, until: at(30), everybody },
});
const unread = (minute: number, kind: string): KeptEvent => ({
  at: at(minute),
  kind: 'unknown',
  data: { kind },
});

describe('An incident', () => {
  test('is theirs who said so last, until that lapses', () => {
    expect(whoHasTakenUp([])).toBeNull();
    const story = [takenUp(1, 'tom'), takenUp(2, 'petra')];
    expect(whoHasTakenUp(story)).toBe('petra');
    expect(takingUp(story)?.at).toBe(at(2));
    expect(whoHasTakenUp([...story, snoozed(3, 'tom', true)])).toBe('petra');
    const lapsed = [...story, letGo(4, 'petra')];
    expect(whoHasTakenUp(lapsed)).toBeNull();
    expect(lapsedAt(lapsed, at(4))?.data.by).toBe('petra');
    expect(lapsedAt(lapsed, at(2))).toBeNull();
  });

  test('is nobody’s where it cannot be read who took it up last, or that somebody let it lie', () => {
    expect(whoHasTakenUp([takenUp(1, 'tom'), unread(2, 'taken-up')])).toBeNull();
    expect(whoHasTakenUp([takenUp(1, 'tom'), unread(2, 'let-go')])).toBeNull();
    expect(whoHasTakenUp([unread(1, 'taken-up'), takenUp(2, 'tom')])).toBe('tom');
    expect(lapsedAt([takenUp(1, 'tom'), unread(2, 'let-go')], at(2))?.data.by).toBe('tom');
  });

  test('stays theirs whatever else happens that this version does not know', () => {
    expect(whoHasTakenUp([takenUp(1, 'tom'), unread(2, 'commented')])).toBe('tom');
  });
});

describe('A snooze', () => {
  test('for everybody lasts until its end, or until somebody takes the incident up', () => {
    const story = [snoozed(1, 'tom', true)];
    expect(snoozeOf(story, at(29))).toMatchObject({ by: 'tom', until: at(30) });
    expect(snoozeOf(story, at(30))).toBeNull();
    expect(snoozeOf([...story, takenUp(2, 'petra')], at(29))).toBeNull();
    expect(wantsNoReminder(story, 'petra', at(29))).toBe(true);
  });

  test('of one person keeps reminders from nobody else', () => {
    const story = [snoozed(1, 'tom', false)];
    expect(snoozeOf(story, at(29))).toBeNull();
    expect(wantsNoReminder(story, 'tom', at(29))).toBe(true);
    expect(wantsNoReminder(story, 'tom', at(30))).toBe(false);
    expect(wantsNoReminder(story, 'petra', at(29))).toBe(false);
  });

  test('that cannot be read silences nobody, and an unread taking up ends one as any other does', () => {
    expect(wantsNoReminder([unread(1, 'snoozed')], 'tom', at(29))).toBe(false);
    expect(snoozeOf([snoozed(1, 'tom', true), unread(2, 'taken-up')], at(29))).toBeNull();
  });
});
