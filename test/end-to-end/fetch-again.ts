import { until } from '../until.ts';

/** As `fetch`, asked again while the answer is that the database is away: it is killed on purpose in some stories. */
export async function fetchAgain(url: string, init?: RequestInit): Promise<Response> {
  return until(`an answer of ${url}`, async () => {
    const answer = await fetch(url, init);
    const isAway = answer.status === 503 && /database/i.test(await answer.clone().text());
    return isAway ? undefined : answer;
  });
}
