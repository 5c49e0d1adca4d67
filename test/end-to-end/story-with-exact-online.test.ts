import { exactOnline } from './exact-online.ts';
import { wholeStory } from './whole-story.ts';

// POSTGRES_DIES=20 tells it on a PostgreSQL that is killed so many times meanwhile, at moments drawn by KILL_SEED.
const { POSTGRES_DIES, KILL_SEED } = process.env;

wholeStory(exactOnline, { postgresDies: Number(POSTGRES_DIES ?? 0), seed: Number(KILL_SEED ?? 1) });
