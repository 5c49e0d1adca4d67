import type { FastifyReply } from 'fastify';
import type { SignIn } from '../../store/logins/sign-ins.ts';
import type { ReturnedLogin } from '../../domain/logins/sign-in.ts';
import type { WebDeps } from '../deps.ts';
import type { TypedLogin } from '../logins/typed-login.ts';
import type { SignInPageParts } from './sign-in-parts.ts';

/** Takes what was entered for a login that this browser holds, and goes on to the page of its result. */
export async function keepLogin(
  reply: FastifyReply,
  signIn: Pick<SignIn, 'id' | 'connectionId' | 'purpose'>,
  typed: { values: Record<string, string>; plain: TypedLogin['plain'] },
  { store }: Pick<WebDeps, 'store'>,
  { handOver, typedCookie }: SignInPageParts,
): Promise<FastifyReply> {
  const returned: ReturnedLogin = { kind: 'form', values: typed.values };
  typedCookie.keep(reply, signIn.id, typed.plain);
  if (await store.signIns.return(signIn.id, returned)) await handOver(signIn);
  return reply.redirect(`/connect/result/${signIn.id}`, 303);
}
