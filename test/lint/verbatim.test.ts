import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

test('Slack makes no link, channel or person of a name in any text of ours by itself', () => {
  const files = ['bot', 'deliveries'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  );
  const texts = files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
    .filter((line) => line.includes("type: 'mrkdwn'"));
  expect(texts.length).toBeGreaterThan(1);
  expect(texts.filter((line) => !line.includes('verbatim: true'))).toEqual([]);
});
