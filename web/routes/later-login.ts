import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SignIn } from '../../store/logins/sign-ins.ts';
import type { WebDeps } from '../deps.ts';
import type { SignInPageParts } from './sign-in-parts.ts';

/**
 * Whoever looks at a login, or would begin it once more, is sent on to the later one for the same that was taken: nobody
 * reads "refused" of what has succeeded since, or replaces a good login unawares.
 * @returns whether there is one; then the answer has been given
 */
export async function goToLaterLogin(
  request: FastifyRequest,
  reply: FastifyReply,
  { signIn, connectionName }: { signIn: SignIn; connectionName: string },
  { store }: Pick<WebDeps, 'store'>,
  { cookie, sendNotice }: SignInPageParts,
): Promise<boolean> {
  const later = await store.signIns.takenAfter(signIn);
  if (later?.outcome?.result !== 'linked') return false;
  const browser = cookie.read(request, later.id);
  if (browser && (await store.signIns.isHeldBy(later.id, browser))) {
    reply.redirect(`/connect/result/${later.id}`, 303);
    return true;
  }
  sendNotice(reply, {
    status: 410,
    tone: 'good',
    eyebrow: connectionName,
    title: `Linked to ${later.outcome.login} since`,
    lead: `This attempt is over: a later one, in another browser, succeeded. There is nothing to do here. Where something is still to be chosen, it is asked in that browser and in Slack.`,
  });
  return true;
}
