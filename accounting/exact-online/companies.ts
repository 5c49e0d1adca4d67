import type { z } from 'zod';
import type { Company, CompanyStatus } from '../../domain/connections/company.ts';
import { AccountingFailure } from '../failure.ts';
import { query, type Client } from './client.ts';
import type { MoveDates } from './move-dates.ts';
import {
  divisionSchema,
  reachedDivisionSchema,
  selectOf,
  type Division,
  type ReachedDivision,
} from './schemas.ts';
import { readMe } from './who-am-i.ts';

/**
 * What is there (`system/AllDivisions`, "including divisions they do not have access rights to") against what the login
 * reaches (`system/Divisions`, across all licences). AllDivisions shows one licence, that of the division in the path,
 * so it is asked through a division of the login's own licence: CurrentDivision follows what the person clicks.
 */
export async function listCompanies(
  client: Client,
  moves: MoveDates,
  signal: AbortSignal | undefined,
): Promise<Company[]> {
  const me = await readMe(client, signal);
  const candidates = [me.CurrentDivision, me.AccountingDivision].filter((division) => division !== null);
  const { via, divisions: reached } = await listReached(client, [...new Set(candidates)], signal);
  for (const { Code, DivisionMoveDate } of reached) moves.learn(Code, DivisionMoveDate);
  const own = reached.find(
    (division) => division.CustomerCode === me.CustomerCode && status(division, true) === 'reachable',
  );
  const everywhere = { endpoint: 'system/AllDivisions', division: own?.Code ?? via, signal };
  const all = await list(client, everywhere, divisionSchema);
  const reachedCodes = new Set(reached.map(({ Code }) => Code));
  const divisions = new Map([...reached, ...all].map((division) => [division.Code, division]));
  return [...divisions.values()].map((division) => company(division, reachedCodes.has(division.Code)));
}

/**
 * The path needs some division. "Could be anything", says support, but in 2021 one outside the consent was refused
 * (picqer/exact-php-client#470, forums.invantive.com thread 1739), so the next candidate is tried then.
 */
async function listReached(
  client: Client,
  candidates: number[],
  signal: AbortSignal | undefined,
): Promise<{ via: number; divisions: ReachedDivision[] }> {
  let refusal: unknown = null;
  for (const via of candidates) {
    try {
      const request = { endpoint: 'system/Divisions', division: via, signal };
      return { via, divisions: await list(client, request, reachedDivisionSchema) };
    } catch (error) {
      if (!(error instanceof AccountingFailure && error.meaning.about === 'company')) throw error;
      refusal = error;
    }
  }
  throw new AccountingFailure(
    { about: 'link', cause: 'no-company-access' },
    'system/Divisions: there is no division the login may ask it in',
    { cause: refusal },
  );
}

async function list<T extends Division>(
  client: Client,
  request: { endpoint: string; division: number; signal: AbortSignal | undefined },
  schema: z.ZodType<T> & z.ZodObject,
): Promise<T[]> {
  const divisions: T[] = [];
  const asked = { ...request, query: query({ $select: selectOf(schema) }) };
  for await (const { rows } of client.pages<T>(asked, schema)) divisions.push(...rows);
  return divisions;
}

function company(division: Division, reached: boolean): Company {
  return {
    externalId: String(division.Code),
    // Hid is the "company number that is assigned by the customer"; CustomerCode is the same for a whole licence.
    code: division.Hid ?? String(division.Code),
    name: division.Description ?? String(division.Code),
    status: status(division, reached),
  };
}

function status({ Status, BlockingStatus }: Division, reached: boolean): CompanyStatus {
  if (Status === 0 || Status === 2) return 'archived';
  if (BlockingStatus) return 'blocked';
  return reached ? 'reachable' : 'no-access';
}
