import { exactOnline } from './exact-online.ts';
import { wholeStory } from './whole-story.ts';

wholeStory(exactOnline);
