import { ObjectionError, UnavailableError } from '../../gateway/errors.ts';
import { whyNot } from '../../words/objections.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import type { Logger } from '../../logger.ts';
import type { Store } from '../../store/index.ts';
import type { SignIn } from '../../store/logins/sign-ins.ts';

export type HandedOver = 'handed-over' | 'not-yet' | { refused: string };

/** Tells the connection's workflow that a login came back. */
export type HandOver = (login: ReturnedSignIn) => Promise<HandedOver>;

type ReturnedSignIn = Pick<SignIn, 'id' | 'connectionId' | 'purpose'>;

/** A person waits for the page; the message itself may take longer and goes on. */
const pagePatienceMs = 1_500;

/**
 * What came back is sealed in the store, so nothing is lost while Temporal is down: every view of the result page
 * hands over again, and the workflow takes each login once. One message per login is under way at a time.
 */
export function createHandOver(deps: {
  gateway: Pick<Gateway, 'signInReturned'>;
  store: Pick<Store, 'signIns'>;
  logger: Logger;
}): HandOver {
  const { gateway, store, logger } = deps;
  const underWay = new Map<string, Promise<HandedOver>>();

  async function tell(login: ReturnedSignIn): Promise<HandedOver> {
    try {
      await gateway.signInReturned(login.connectionId, { signInId: login.id, purpose: login.purpose });
      return 'handed-over';
    } catch (error) {
      if (error instanceof ObjectionError) {
        // Nobody will ever take it, so what came back (perhaps a password) is not kept.
        await store.signIns.conclude(login.id, { result: 'no-longer-needed' });
        return { refused: whyNot(error.objection) };
      }
      if (!(error instanceof UnavailableError)) throw error;
      logger.warn(
        { signIn: login.id, connection: login.connectionId },
        'a login could not be handed over yet',
      );
      return 'not-yet';
    } finally {
      underWay.delete(login.id);
    }
  }

  return async (login) => {
    const message = underWay.get(login.id) ?? tell(login);
    underWay.set(login.id, message);
    return Promise.race([message, notYetAfter(pagePatienceMs)]);
  };
}

function notYetAfter(ms: number): Promise<HandedOver> {
  return new Promise((resolve) => setTimeout(() => resolve('not-yet'), ms).unref());
}
