import type { DeletionVerdict } from '../../domain/sync/deletion-guard.ts';
import type { DeletionQuestion } from '../../store/sync/deletions/deletion-questions.ts';
import type { ActivityDeps } from '../deps.ts';
import { companiesNamed, connectionWithNames, nameOf } from '../names.ts';
import type { ConnectionId, PersonId } from '../../domain/ids.ts';

/** How many of the rows are listed for whoever decides; of more than that a person looks in the package. */
const listedRows = 2_000;

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
        sameCodes: state === 'open' ? await store.deletionQuestions.sameCodes(question) : 0,
        mayRead: mayRead !== 'no',
        list: state === 'open' ? await store.deletionQuestions.rows(question, listedRows) : [],
        settled: state === 'open' ? null : { how: state, by: settledBy && nameOf(deps, settledBy) },
      },
    });
  }

  return {
    /** Asks, in the office channel, about deletions that are too many to be believed; or says how a question ended. */
    async tellDeletions({ connectionId }: { connectionId: ConnectionId }): Promise<void> {
      for (const question of await store.deletionQuestions.untold(connectionId)) {
        await tell(question);
        await store.deletionQuestions.told(question);
      }
    },

    /** What a superuser says of the rows; only the first answer counts, also when it comes twice. */
    async settleDeletions(answer: {
      connectionId: ConnectionId;
      question: number;
      verdict: DeletionVerdict;
      by: PersonId;
    }): Promise<{ counts: boolean }> {
      const { connectionId, question, verdict, by } = answer;
      const { deletionQuestions } = store;
      await deletionQuestions.settle(connectionId, question, verdict, by);
      const settled = await deletionQuestions.get(connectionId, question);
      if (settled?.state !== verdict || settled.settledBy !== by) return { counts: false };
      await store.history.append({
        id: `deletions/${connectionId}/${question}`,
        at: now().toISOString(),
        connectionId,
        officeUserId: by,
        what: verdict === 'deleted' ? 'deletions-confirmed' : 'rows-kept',
        data: { question, kind: settled.kind, rows: settled.rows },
      });
      return { counts: true };
    },
  };
}
