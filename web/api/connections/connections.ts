import type { FastifyReply } from 'fastify';
import type { Company } from '../../../domain/connections/company.ts';
import { companyStatusWords } from '../../../words/connections/company-status.ts';
import type { ConnectionState } from '../../../domain/connection.ts';
import { lastComplete } from '../../../domain/sync/freshness.ts';
import { whichOnes } from '../../../domain/meant.ts';
import { findObstacles, type KindFailure } from '../../../domain/connections/obstacles.ts';
import { explainObstacle } from '../../../words/connections/obstacles.ts';
import type { KnownCompany } from '../../../store/connections/companies.ts';
import { namesOfResponders, personName, systemName, whoIsOnIt } from '../../connection-facts.ts';
import { describeConnection } from '../../connection-words.ts';
import type { WebDeps } from '../../deps.ts';
import { createSayMoment } from '../../moments.ts';
import { freshnessOf } from '../freshness.ts';
import type { Api } from '../openapi.ts';
import { json, notFound, oneConnection } from '../openapi-words.ts';
import { sendProblem, type Problem } from '../problem.ts';
import { companies, connectionDetails, connections } from './schemas-connections.ts';

const list = {
  operationId: 'listConnections',
  summary: 'Every connection with its state in words',
  response: { 200: json(connections, 'By name.') },
};
const getOne = {
  operationId: 'getConnection',
  summary: 'One connection: state, health, times of synchronisation, rows per kind of master data',
  params: oneConnection,
  response: { 200: json(connectionDetails, 'The connection.'), 404: notFound },
};
const listCompanies = {
  operationId: 'listCompanies',
  summary: 'The companies of a connection, and whether each is reached',
  params: oneConnection,
  response: { 200: json(companies, 'By code.'), 404: notFound },
};

/** Connections and their companies, as facts and in words. */
export function connectionRoutes(app: Api, deps: WebDeps): void {
  const { store, systems, office, publicUrl, freshness, now } = deps;
  const sayMoment = createSayMoment(deps);

  app.get('/api/connections', { schema: list }, async () => ({
    connections: (await store.connections.all()).map(summaryOf),
  }));

  app.get('/api/connections/:id', { schema: getOne }, async (request, reply) => {
    const state = await store.connections.get(request.params.id);
    if (!state) return noSuchConnection(reply, publicUrl, request.params.id);
    const { rows, errors } = await store.syncPositions.summary(state.id);
    const linked = await store.companies.linked(state.id);
    const incident = state.incident === null ? null : await store.incidents.get(state.incident);
    const mayReconnect = namesOfResponders(office, state);
    const ages = await store.dataAges.ofConnection(state.id);
    return {
      ...summaryOf(state),
      loginEnds: (state.login && (await store.grants.expiry(state.login.grantId))?.expiresAt) ?? null,
      rows,
      freshness: freshnessOf(ages, freshness, now()),
      obstacles: obstaclesOf(state, linked, errors),
      mayReconnect,
      onIt: whoIsOnIt(office, incident),
    };
  });

  app.get('/api/connections/:id/companies', { schema: listCompanies }, async (request, reply) => {
    const { id } = request.params;
    const state = await store.connections.get(id);
    if (!state) return noSuchConnection(reply, publicUrl, id);
    const { errors } = await store.syncPositions.summary(id);
    const positions = await store.syncPositions.forConnection(id);
    const companies = (await store.companies.all(id)).map((company) => ({
      id: company.externalId,
      code: company.code,
      name: company.name,
      status: company.status,
      statusInWords: companyStatusWords[company.status],
      synchronised: company.linked,
      obstacles: company.linked ? obstaclesOf(state, [company], errors) : [],
      lastSuccessAt: lastComplete(positions.filter(({ companyId }) => companyId === company.externalId)),
    }));
    return { companies };
  });

  function obstaclesOf(state: ConnectionState, companies: Company[], failures: KindFailure[]) {
    const names = {
      system: systemName(systems, state.system),
      screens: systems.screensOf(state.system),
      login: state.login?.accountingUserName ?? personName(office, state.synchronisationUserId),
    };
    return findObstacles(companies, failures).map((obstacle) => {
      const { what, mend } = explainObstacle(obstacle, names);
      return {
        what,
        mend,
        companies: obstacle.companies.map(({ externalId }) => externalId),
        kinds: obstacle.kinds,
      };
    });
  }

  function summaryOf(state: ConnectionState) {
    const { id, name, link, health, login, companies, lastSuccessAt, nextSyncAt } = state;
    const accountingSystem = { id: state.system, name: systemName(systems, state.system) };
    const { status, sentence } = describeConnection(state, accountingSystem.name, sayMoment);
    const userId = state.synchronisationUserId;
    const delay = health.state === 'delayed' ? health : null;
    const wait = health.state === 'ok' ? null : health;
    return {
      id,
      name,
      accountingSystem,
      status,
      sentence,
      link: {
        state: link.state,
        since: link.since,
        cause: link.state === 'disconnected' ? link.cause : null,
      },
      health: {
        state: health.state,
        reason: delay?.reason ?? null,
        since: wait?.since ?? null,
        until: wait?.until ?? null,
      },
      paused: state.pausedBy !== null,
      synchronisationUser: { id: userId, name: personName(office, userId) },
      login: login && { user: login.accountingUserName, environment: login.environmentName },
      companies,
      lastSuccessAt,
      nextSyncAt,
    };
  }
}

export function noSuchConnection(reply: FastifyReply, publicUrl: string, id: string): FastifyReply {
  return sendProblem(reply, publicUrl, {
    type: 'not-found',
    status: 404,
    detail: `There is no connection "${id}".`,
  });
}

export function noSuchCompany(reply: FastifyReply, publicUrl: string, id: string): FastifyReply {
  const detail = `There is no company "${id}" on this connection.`;
  return sendProblem(reply, publicUrl, { type: 'not-found', status: 404, detail });
}

export function ambiguousCompany(name: string, found: readonly KnownCompany[]): Problem {
  const detail = `"${name}" may mean more than one company of this connection, by id or by code, so nothing was done: ${whichOnes(found)}. Write the one that is meant.`;
  return { type: 'ambiguous', status: 409, detail };
}
