import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { officeSchema, type Office } from '../domain/offices/office.ts';

/** The office file of the demo: the people and channels are those of the local Slack. */
export const demoOfficeFile = fileURLToPath(new URL('demo-office.json', import.meta.url));

export function readDemoOffice(): Office {
  return officeSchema.parse(JSON.parse(readFileSync(demoOfficeFile, 'utf8')));
}
