import type { ActivityDeps } from './deps.ts';

export function createWorkflowEndActivities({ endOf = async () => null }: Pick<ActivityDeps, 'endOf'>) {
  return {
    /** Whether a workflow still runs: `end` is null then, and otherwise has what it brought (null: it brought nothing). */
    async lookAtWorkflow({
      workflowId,
    }: {
      workflowId: string;
    }): Promise<{ end: { result: unknown } | null }> {
      return { end: await endOf(workflowId) };
    },
  };
}
