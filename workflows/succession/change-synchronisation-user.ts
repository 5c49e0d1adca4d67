import { ChildWorkflowCancellationType, executeChild, ParentClosePolicy } from '@temporalio/workflow';
import type { Approval, Weighed } from '../../domain/succession/change.ts';
import type { Login } from '../../domain/connection.ts';
import { judgePersonal } from '../../domain/logins/login.ts';
import { believedMs } from '../../domain/verification/verification.ts';
import { asChild, type HandOn } from '../as-child.ts';
import { listenToDecisions } from './change-decision.ts';
import { changeWords, type Words } from './change-words.ts';
import { workflowIds, type ChangeInput, type ChangeResult } from '../contract.ts';
import { openInbox, type Inbox } from '../inbox.ts';
import { redeem } from '../redeem.ts';
import { ask, remember } from '../steps.ts';
import { openOutbox } from '../outbox.ts';
import { verifyPermissions } from '../verification/verify-permissions.ts';
import type { SignInId } from '../../domain/ids.ts';

/** How long the look at both logins waits for limits of the package; then what is known is what there is. */
const patience = 60 * 60_000;

/**
 * Link a successor and look what they may read, beside the running synchronisation user. When nothing is lost they are
 * handed over to the connection, which switches at one moment; otherwise a superuser decides, and a second one when
 * something is lost. Until then, and after a refusal, everything stays as it was.
 */
export async function changeSynchronisationUser(input: ChangeInput): Promise<ChangeResult> {
  return asChild(input.connectionId, (handOn) => findOutAndDecide(input, handOn));
}

async function findOutAndDecide(input: ChangeInput, handOn: HandOn<ChangeResult>): Promise<ChangeResult> {
  const { reminders, invitationLapses } = input.waits;
  const inbox = openInbox(input.connectionId, { reminders, lapsesAfter: invitationLapses });
  const decisions = listenToDecisions(inbox);
  const outbox = openOutbox();
  const words = changeWords(input, outbox);
  const known = await inbox.unlessCancelled(() => knownLogin(input));
  const login = inbox.isCancelled()
    ? await cancelled(inbox, words)
    : (known ?? (await newLogin(input, inbox, words)));
  const result = 'grantId' in login ? await decide(login) : login;
  inbox.decides('change-is-decided');
  await handOn(result);
  await outbox.settled();
  await inbox.close();
  return result;

  async function decide(login: Login): Promise<ChangeResult> {
    const weighed = await inbox.unlessCancelled(() => weighUp(input, login));
    if (weighed === null || inbox.isCancelled()) return cancelled(inbox, words);
    if (weighed.verdict === 'fits') return changed(login, weighed, nobodyHadTo);
    if (input.isUnattended || (weighed.verdict === 'loses' && weighed.superusers < 2)) {
      words.notTaken(login);
      return words.unchanged({ kind: input.isUnattended ? 'not-by-itself' : 'needs-second', login });
    }
    words.decision(login, 'undecided');
    const decision = await decisions.made(weighed, invitationLapses, (approval) =>
      words.decision(login, 'confirmed', approval),
    );
    if (inbox.isCancelled()) return cancelled(inbox, words);
    if (decision.kind === 'approved') return changed(login, weighed, decision.approval);
    words.invitationEnded(decision);
    return words.unchanged(decision);
  }

  function changed(login: Login, weighed: Weighed, approval: Approval): ChangeResult {
    words.done(login, weighed);
    const { person, askedBy, fate } = input;
    const hadLinkedIt = known !== null;
    return { kind: 'changed', login, person, askedBy, fate, approval, weighed, hadLinkedIt };
  }
}

const nobodyHadTo: Approval = { confirmedBy: null, reason: null, agreedBy: null };

/** A successor whose own login works already need not log in again; null when they have none that can be used. */
async function knownLogin({ connectionId, person, current }: ChangeInput): Promise<Login | null> {
  const known = await ask(`See whether ${person} has a login already`).examineLogin({ connectionId, person });
  if (known.result === 'none') return null;
  return judgePersonal(known, current) === 'fits' ? known.login : null;
}

/** The login of a successor who is asked for it, or how the change ended without it. */
async function newLogin(input: ChangeInput, inbox: Inbox, words: Words): Promise<Login | ChangeResult> {
  if (input.isUnattended) return words.unchanged({ kind: 'not-linked' });
  words.invitation(`Ask ${input.person} to connect`, { step: 'waiting' });
  for (;;) {
    const event = await inbox.next();
    if (event.kind === 'reminder-due')
      words.invitation(`Remind ${input.person} to connect`, { step: 'waiting' }, event.count);
    if (event.kind === 'signed-in') {
      const login = await tryLogin(input, event.signInId, { inbox, words });
      if (login) return login;
    }
    if (event.kind === 'cancelled' || event.kind === 'lapsed') {
      words.invitationEnded(event);
      return words.unchanged(event);
    }
  }
}

/** Somebody cancelled while the package was asked: that goes before whatever was found. */
async function cancelled(inbox: Inbox, words: Words): Promise<ChangeResult> {
  for (;;) {
    const event = await inbox.next();
    if (event.kind === 'signed-in')
      await remember('Say that this login is no longer needed').dismissSignIn({ signInId: event.signInId });
    if (event.kind !== 'cancelled') continue;
    words.invitationEnded(event);
    return words.unchanged(event);
  }
}

/** The login is this person's own from now on, whether it is switched to or not; null when it cannot be. */
async function tryLogin(
  input: ChangeInput,
  signInId: SignInId,
  { inbox, words }: { inbox: Inbox; words: Words },
): Promise<Login | null> {
  const { connectionId, person, current: expected } = input;
  const found = await redeem({ connectionId, signInId }, inbox);
  if (found === null || found.result === 'refused') return null;
  const verdict = judgePersonal(found, expected);
  if (verdict !== 'fits') {
    const refused = { connectionId, signInId, verdict, found, expected };
    await remember(`Refuse this login: ${verdict}`).refuseSignIn(refused);
    return null;
  }
  await ask('Keep the login').acceptSignIn({ connectionId, signInId, person, found });
  const { login, reachable, total } = found;
  words.invitation('Thank for the login', {
    step: 'linked',
    login: login.accountingUserName,
    reachable,
    total,
  });
  return login;
}

/** Looks what both logins may read, unless the one in use is broken: then what was known of it counts. */
async function weighUp(input: ChangeInput, login: Login): Promise<Weighed> {
  const { connectionId, current } = input;
  // Days may have gone by since the change was asked for, and a login that was refused is never tried again.
  const inUse = await remember('See whether the login in use works').loginInUse({ connectionId });
  const isCurrentWell = inUse.isWell && inUse.login?.grantId === current.grantId;
  await Promise.all([
    verify(input, 'candidate', login),
    ...(isCurrentWell && current.grantId !== login.grantId ? [verify(input, 'in-use', current)] : []),
  ]);
  return remember('Compare what both may read').weighChange({
    connectionId,
    inUse: current.grantId,
    candidate: login.grantId,
  });
}

async function verify(input: ChangeInput, which: 'candidate' | 'in-use', login: Login): Promise<void> {
  const { connectionId, change, waits } = input;
  const verification = `change-${change}-${which}`;
  await executeChild(verifyPermissions, {
    workflowId: workflowIds.verify(connectionId, verification),
    parentClosePolicy: ParentClosePolicy.TERMINATE,
    cancellationType: ChildWorkflowCancellationType.TRY_CANCEL, // nobody waits for what it finds
    staticSummary: `What ${login.accountingUserName} may read in every company`,
    args: [
      {
        connectionId,
        verification,
        grantId: login.grantId,
        // What the login in use lost is told as ever; what a candidate lacks is for whoever decides.
        reason: which === 'candidate' ? 'change' : 'asked',
        believedMs: believedMs.change,
        waits: { retryDelayed: waits.retryDelayed, patience },
        by: null,
      },
    ],
  });
}
