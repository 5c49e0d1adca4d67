import type { ConnectionState } from '../../../domain/connection.ts';
import type { OfficeUser } from '../../../domain/offices/office.ts';
import type { SignInPurpose } from '../../../domain/logins/sign-in.ts';
import type { Ask } from '../../asking/ask.ts';
import type { BotDeps } from '../../deps.ts';
import { personalLink } from '../../messages/logins/personal-link.ts';
import { linkModal } from '../../modals/link.ts';

/** Answers with a link to the Connect page that is this person's only and works once; `heldBy` gets it for an automation. */
export async function giveLink(
  { links, facts, systems }: BotDeps,
  ask: Ask,
  user: OfficeUser,
  connection: ConnectionState,
  purpose: SignInPurpose,
  heldBy = user.id,
): Promise<void> {
  const isOwn = heldBy === user.id;
  const request = { officeUserId: user.id, connectionId: connection.id, purpose };
  const link = await links.issue({ ...request, ...(isOwn ? {} : { heldBy }) });
  const message = personalLink({
    url: link.url,
    expiresAt: link.expiresAt,
    purpose,
    connectionId: connection.id,
    connectionName: connection.name,
    systemName: facts.systemName(connection.system),
    login: connection.login?.accountingUserName ?? null,
    hasLoginPage: systems.find(({ id }) => id === connection.system)?.hasLoginPage ?? true,
  });
  await (ask.isOnHome ? ask.open(linkModal(message)) : ask.answer(message));
}
