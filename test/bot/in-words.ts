import { inWords as wordsOf } from '../../bot/messages/announcement.ts';
import type { Message } from '../../bot/messages/blocks.ts';
import type { Announcement } from '../../domain/announcements/index.ts';
import { screensOf } from '../screens.ts';

/** An announcement as people in the office of the tests read it. */
export const inWords = (announcement: Announcement): Message => wordsOf(announcement, screensOf);
