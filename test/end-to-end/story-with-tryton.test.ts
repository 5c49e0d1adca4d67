import { tryton } from './tryton.ts';
import { wholeStory } from './whole-story.ts';

wholeStory(tryton);
