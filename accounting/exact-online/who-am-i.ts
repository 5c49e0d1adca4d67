import { AccountingFailure } from '../failure.ts';
import type { Identity } from '../port.ts';
import { query, type Client } from './client.ts';
import { listSchema, meSchema, selectOf, type Me } from './schemas.ts';

/** `current/Me`: the one call without a division. It wants a `$select`. */
export async function readMe(client: Client, signal: AbortSignal | undefined): Promise<Me> {
  const request = {
    division: null,
    endpoint: 'current/Me',
    query: query({ $select: selectOf(meSchema) }),
    signal,
  };
  const { rows } = await client.get(request, listSchema(meSchema));
  const [me] = rows;
  if (!me) throw new AccountingFailure({ about: 'reply' }, 'current/Me: nobody is logged in');
  return me;
}

/**
 * The user, and the licence as their environment (inferred, no vendor page says so): CustomerCode is the "account code
 * of the logged in user". DivisionCustomer is the owner of CurrentDivision, which for an accountant becomes a client as
 * soon as they open the client's books; its name is used only while it is the same customer.
 */
export function identity(me: Me): Identity {
  const { CustomerCode, DivisionCustomer, DivisionCustomerCode, DivisionCustomerName } = me;
  const environmentId = CustomerCode ?? DivisionCustomerCode ?? DivisionCustomer;
  if (!environmentId) throw new AccountingFailure({ about: 'reply' }, 'current/Me: it names no customer');
  const sameCustomer = CustomerCode === null || CustomerCode === DivisionCustomerCode;
  return {
    userId: me.UserID,
    userName: me.UserName ?? me.FullName ?? me.UserID,
    environmentId,
    environmentName: (sameCustomer && DivisionCustomerName) || `customer ${environmentId}`,
  };
}
