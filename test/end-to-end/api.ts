import { fetchAgain } from './fetch-again.ts';

/** What a booking program of the office asks of a running copy. */
export interface Api {
  connection(): Promise<ApiConnection>;
  companies(): Promise<ApiCompany[]>;
  /** May a document of this company be booked? */
  readiness(companyId: string): Promise<{ status: number; type: string; body: Record<string, unknown> }>;
  /** Hands a purchase booking over. */
  handOver(companyId: string, booking: object): Promise<{ status: number; body: Record<string, unknown> }>;
  booking(companyId: string, reference: string): Promise<{ state: string }>;
}

export interface ApiConnection {
  id: string;
  status: string;
  link: { state: string; cause: string | null };
  synchronisationUser: { id: string };
  login: { user: string } | null;
}

export interface ApiCompany {
  id: string;
  code: string;
  name: string;
  synchronised: boolean;
}

/** The API of a copy with one connection, for a program that has its token. */
export function openApi(web: string, token: string): Api {
  const headers = { authorization: `Bearer ${token}` };
  const get = async (path: string) => fetchAgain(`${web}/api/connections${path}`, { headers });
  const connection = async () => {
    const { connections } = (await (await get('')).json()) as { connections: ApiConnection[] };
    if (connections.length !== 1) throw new Error(`There are ${connections.length} connections, not one`);
    return connections[0]!;
  };
  return {
    connection,
    async companies() {
      const { id } = await connection();
      return ((await (await get(`/${id}/companies`)).json()) as { companies: ApiCompany[] }).companies;
    },
    async readiness(companyId) {
      const { id } = await connection();
      const answer = await get(`/${id}/companies/${companyId}/booking-readiness`);
      const type = answer.headers.get('content-type') ?? '';
      return { status: answer.status, type, body: (await answer.json()) as Record<string, unknown> };
    },
    async handOver(companyId, booking) {
      const { id } = await connection();
      const answer = await fetchAgain(
        `${web}/api/connections/${id}/companies/${companyId}/purchase-bookings`,
        {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify(booking),
        },
      );
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    },
    async booking(companyId, reference) {
      const { id } = await connection();
      const path = `/${id}/companies/${companyId}/purchase-bookings/${encodeURIComponent(reference)}`;
      return (await (await get(path)).json()) as { state: string };
    },
  };
}
