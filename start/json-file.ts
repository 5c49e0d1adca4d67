import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** The content of a JSON file; undefined when there is none or it was cut off. */
export function readJsonFile<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    return undefined;
  }
}

/** Replaces the file in one step, so that nobody reads half of it. */
export function writeJsonFile(file: string, content: unknown): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}
