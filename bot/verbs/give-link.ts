import type { ConnectionState } from '../../domain/connection.ts';
import type { OfficeUser } from '../../domain/office.ts';
import type { SignInPurpose } from '../../domain/sign-in.ts';
import type { Ask } from '../ask.ts';
import type { BotDeps } from '../deps.ts';
import { personalLink } from '../messages/personal-link.ts';

/** Answers with a link to the Connect page that is this person's only and works once. */
export async function giveLink(
  { links, facts }: BotDeps,
  ask: Ask,
  user: OfficeUser,
  connection: ConnectionState,
  purpose: SignInPurpose,
): Promise<void> {
  const link = await links.issue({ officeUserId: user.id, connectionId: connection.id, purpose });
  await ask.answer(
    personalLink({
      ...link,
      purpose,
      connectionId: connection.id,
      connectionName: connection.name,
      systemName: facts.systemName(connection.system),
      login: connection.login?.accountingUserName ?? null,
    }),
  );
}
