import type { DeletionVerdict } from '../domain/deletion-guard.ts';
import type { DeletionQuestion } from '../store/deletion-questions.ts';
import type { ActivityDeps } from './deps.ts';
import { companiesNamed, connectionWithNames, nameOf } from './names.ts';

/** How many of the rows are listed in Slack: enough to know what it is about. */
const shownRows = 20;

export function createDeletionActivities(deps: ActivityDeps) {
  const { store, speaker, office, now } = deps;

  async function tell(question: DeletionQuestion): Promise<void> {
    const { connectionId, companyId, number, kind, source, rows, live, mayRead, state, settledBy } = question;
    const { connectionName, systemName } = await connectionWithNames(deps, connectionId);
    const [company] = await companiesNamed(deps, connectionId, [companyId]);
    await speaker.say({
      key: `deletions/${connectionId}/${number}`,
      to: { channel: office.channelId },
      announcement: {
        what: 'deletion-question',
        ...{ connectionId, connectionName, systemName, kind, source, rows, live },
        question: number,
        company: company ?? { code: companyId, name: companyId },
        mayRead: mayRead !== 'no',
        list: state === 'open' ? await store.deletionQuestions.rows(question, shownRows) : [],
        settled: state === 'open' ? null : { how: state, by: settledBy && nameOf(deps, settledBy) },
      },
    });
  }

  return {
    /** Asks, in the office channel, about deletions that are too many to be believed; or says how a question ended. */
    async tellDeletions({ connectionId }: { connectionId: string }): Promise<void> {
      for (const question of await store.deletionQuestions.untold(connectionId)) {
        await tell(question);
        await store.deletionQuestions.told(question);
      }
    },

    /** What a superuser says of the rows; only the first answer counts, also when it comes twice. */
    async settleDeletions(answer: {
      connectionId: string;
      question: number;
      verdict: DeletionVerdict;
      by: string;
    }): Promise<{ counts: boolean }> {
      const { connectionId, question, verdict, by } = answer;
      const { deletionQuestions } = store;
      if (!(await deletionQuestions.settle(connectionId, question, verdict, by))) {
        const settled = await deletionQuestions.get(connectionId, question);
        return { counts: settled?.state === verdict && settled.settledBy === by };
      }
      const asked = await deletionQuestions.get(connectionId, question);
      await store.history.append({
        id: `deletions/${connectionId}/${question}`,
        at: now().toISOString(),
        connectionId,
        officeUserId: by,
        what: verdict === 'deleted' ? 'deletions-confirmed' : 'rows-kept',
        data: { question, kind: asked?.kind ?? null, rows: asked?.rows ?? 0 },
      });
      return { counts: true };
    },
  };
}
