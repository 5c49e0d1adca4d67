import { judgePersonal } from '../../domain/logins/login.ts';
import { getExternalWorkflowHandle } from '@temporalio/workflow';
import { personLinked, workflowIds, type LinkPersonInput, type UnlinkPersonInput } from '../contract.ts';
import { ask, remember, tell } from '../steps.ts';

/** See who a person logged in as and keep it as their own link; what the connection works with is not touched. */
export async function linkPersonalUser({ connectionId, signInId }: LinkPersonInput): Promise<void> {
  const found = await ask('Look who logged in and what they reach').redeemSignIn({ connectionId, signInId });
  if (found.result === 'refused') return;
  const { login: inUse } = await remember('See which environment it is').loginInUse({ connectionId });
  const verdict = judgePersonal(found, inUse);
  if (verdict !== 'fits') {
    const expected = inUse ?? undefined;
    const refused = { connectionId, signInId, verdict, found, ...(expected && { expected }) };
    return remember(`Refuse this login: ${verdict}`).refuseSignIn(refused);
  }
  await ask('Keep the login').acceptSignIn({ connectionId, signInId, person: found.person, found });
  await tell('Close the warning, if there was one').tellPersonalLinks({ connectionId });
  const connection = getExternalWorkflowHandle(workflowIds.connection(connectionId));
  // A connection that an operator ended need not know.
  await connection.signal(personLinked, { person: found.person }).catch(() => undefined);
}

/** Let go of a person's own login. */
export async function unlinkPersonalUser(input: UnlinkPersonInput): Promise<void> {
  await remember('Let go of the login').unlinkPerson(input);
  await tell('Close the warning, if there was one').tellPersonalLinks({ connectionId: input.connectionId });
}
