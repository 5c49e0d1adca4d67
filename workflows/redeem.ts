import type { Inbox } from './inbox.ts';
import { ask, remember, type Steps } from './steps.ts';
import type { ConnectionId, SignInId } from '../domain/ids.ts';

type Redeemed = Awaited<ReturnType<Steps['redeemSignIn']>>;

/**
 * Looks who logged in and what they reach, for as long as the package takes to say so. Null when somebody cancelled
 * meanwhile; whoever logged in then reads that it is no longer needed.
 */
export async function redeem(
  signIn: { connectionId: ConnectionId; signInId: SignInId },
  inbox: Inbox,
): Promise<Redeemed | null> {
  const found = await inbox.unlessCancelled(() =>
    ask('Look who logged in and what they reach').redeemSignIn(signIn),
  );
  if (found === null)
    await remember('Say that this login is no longer needed').dismissSignIn({ signInId: signIn.signInId });
  return found;
}
