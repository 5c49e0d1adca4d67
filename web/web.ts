import cookie from '@fastify/cookie';
import formBody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { z } from 'zod';
import { bearerMatches } from './api/bearer.ts';
import { bookingListRoutes } from './api/bookings/booking-list.ts';
import { companyRoutes } from './api/connections/companies.ts';
import { connectionRoutes } from './api/connections/connections.ts';
import { healthRoutes } from './api/offices/health.ts';
import { historyRoutes } from './api/offices/history.ts';
import { masterDataRoutes } from './api/sync/master-data.ts';
import { incidentRoutes } from './api/offices/incidents.ts';
import { monthReadinessRoutes } from './api/bookings/month-readiness.ts';
import { descriptionRoute, parseAndDescribe, type Api } from './api/openapi.ts';
import { sendProblem, type ProblemType } from './api/problem.ts';
import { whatIsWrong } from './api/what-is-wrong.ts';
import { purchaseBookingRoutes } from './api/bookings/purchase-bookings.ts';
import { sendPage, type WebDeps } from './deps.ts';
import {
  databaseSilent,
  databaseSilentForNow,
  noticePage,
  pageNotFound,
  somethingBroke,
} from './pages/notice-page.ts';
import { isDatabaseUnavailable } from '../store/database/unavailable.ts';
import { chooseCompaniesRoutes } from './routes/choose-companies.ts';
import { connectRoutes } from './routes/connect.ts';
import { homeRoutes } from './routes/home.ts';
import { oauthCallbackRoutes } from './routes/oauth-callback.ts';
import { problemRoutes } from './routes/problems.ts';
import { resultRoutes } from './routes/result.ts';
import { cameFromOurPage } from './door/request-origin.ts';
import { createSignInPageParts } from './routes/sign-in-parts.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { compressAnswers } from './door/compression.ts';
import { onlyUnderOurNames } from './door/host.ts';
import { refuseOtherMethods } from './door/other-methods.ts';
import { handOverBookings } from './bookings/forgotten-bookings.ts';
import { handOverForgotten } from './logins/forgotten-logins.ts';
import { securityHeaders } from './door/security-headers.ts';
import { refuseUnfitText } from './door/unfit-text.ts';

/**
 * The web server: Connect pages, the OAuth callback, the HTTP API. Not listening yet.
 *
 * @example
 * const web = createWeb({ store, gateway, systems, office, publicUrl, apiToken, freshness, links, logger, now, localLinks: [] });
 * await web.listen({ host: '127.0.0.1', port: 3000 });
 */
export function createWeb(deps: WebDeps): FastifyInstance {
  // Fastify's own request log would hold the links and the OAuth codes in the addresses; `report` writes ours.
  const app = Fastify({
    logger: false,
    return503OnClosing: true,
    // What is refused before any route is found.
    frameworkErrors: (error, request, reply) => void answerError(deps, error, request, reply),
  });
  void app.register(helmet, securityHeaders(deps));
  void app.register(cookie);
  void app.register(formBody);
  compressAnswers(app);
  report(app, deps);
  onlyUnderOurNames(app, deps);
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });
  refuseOtherMethods(app, (request, reply, detail) => answer(deps, request, reply, 405, detail));
  answerErrors(app, deps);
  void app.register(async (scope) => {
    const api: Api = scope.withTypeProvider();
    await parseAndDescribe(api, deps.publicUrl);
    healthRoutes(api, deps);
    await api.register(async (withToken) => apiRoutes(withToken, deps));
  });
  void app.register(async (pages) => pageRoutes(pages, deps));
  void app.register(async (calls) => webhookRoutes(calls, deps));
  return app;
}

function apiRoutes(app: Api, deps: WebDeps): void {
  const { apiToken, publicUrl } = deps;
  app.addHook('onRequest', async (request, reply) => {
    if (bearerMatches(request.headers.authorization, apiToken)) return;
    reply.header('www-authenticate', 'Bearer');
    const detail = 'Send the token of this installation in the Authorization header.';
    return sendProblem(reply, publicUrl, { type: 'not-authorised', status: 401, detail });
  });
  descriptionRoute(app);
  connectionRoutes(app, deps);
  companyRoutes(app, deps);
  purchaseBookingRoutes(app, deps);
  bookingListRoutes(app, deps);
  monthReadinessRoutes(app, deps);
  masterDataRoutes(app, deps);
  historyRoutes(app, deps);
  incidentRoutes(app, deps);
}

function pageRoutes(app: FastifyInstance, deps: WebDeps): void {
  const parts = createSignInPageParts(deps);
  // Every form, so that a new one cannot forget it.
  app.addHook('preHandler', async (request, reply) => {
    if (request.method !== 'POST' || cameFromOurPage(request, deps.publicUrl)) return;
    return parts.sendNotice(reply, 'notFromHere');
  });
  handOverForgotten(app, deps, parts);
  handOverBookings(app, deps);
  homeRoutes(app, deps);
  problemRoutes(app, deps);
  connectRoutes(app, deps, parts);
  oauthCallbackRoutes(app, deps, parts);
  resultRoutes(app, deps, parts);
  chooseCompaniesRoutes(app, deps, parts);
}

/** One line per request, with the pattern of its address and never the address itself. */
function report(app: FastifyInstance, { logger }: WebDeps): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    logger.debug(
      { method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'answered',
    );
  });
}

function answerErrors(app: FastifyInstance, deps: WebDeps): void {
  const { office, publicUrl } = deps;
  refuseUnfitText(app, (request, reply, detail) => answer(deps, request, reply, 400, detail));
  app.setNotFoundHandler((request, reply) =>
    isApi(request)
      ? sendProblem(reply, publicUrl, {
          type: 'not-found',
          status: 404,
          detail: 'There is nothing at this address.',
        })
      : sendPage(reply, 404, noticePage(office.name, pageNotFound)),
  );
  app.setErrorHandler((error: FastifyError, request, reply) => answerError(deps, error, request, reply));
}

function answerError(
  deps: WebDeps,
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (isDatabaseUnavailable(error)) return databaseIsAway(deps, error, request, reply);
  const status = error.statusCode && error.statusCode < 500 ? error.statusCode : 500;
  // The stack, not the whole error: libraries hang requests and their bodies onto theirs.
  if (status === 500)
    deps.logger.error({ route: request.routeOptions.url, stack: error.stack }, 'a request failed');
  const detail =
    status === 500
      ? somethingBroke.lead
      : error instanceof z.ZodError
        ? whatIsWrong(request, error)
        : (notUnderstood[error.code] ?? 'This request cannot be understood.');
  return answer(deps, request, reply, status, detail);
}

function answer(
  { office, publicUrl }: WebDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  detail: string,
): FastifyReply {
  if (isApi(request))
    return sendProblem(reply, publicUrl, {
      type: problemTypeOf[status] ?? 'invalid-request',
      status,
      detail,
    });
  return sendPage(reply, status, noticePage(office.name, { ...somethingBroke, status, lead: detail }));
}

function databaseIsAway(
  { logger, office, publicUrl }: WebDeps,
  error: Error,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  logger.error({ route: request.routeOptions.url, error: error.message }, 'the database does not answer');
  reply.header('retry-after', '30');
  const { lead: detail } = databaseSilent;
  if (isApi(request)) return sendProblem(reply, publicUrl, { type: 'database-silent', status: 503, detail });
  if (request.method !== 'GET') return sendPage(reply, 503, noticePage(office.name, databaseSilent));
  // What only looks is looked at again: a page that waits for the result of a login would otherwise stay like this.
  reply.header('refresh', '5');
  return sendPage(reply, 503, noticePage(office.name, databaseSilentForNow));
}

const problemTypeOf: Record<number, ProblemType> = { 405: 'other-method', 500: 'internal-error' };

/** What Fastify refuses before anything of ours sees it, by its code. */
const notUnderstood: Record<string, string> = {
  FST_ERR_BAD_URL: 'The address has a % that is followed by no character.',
  FST_ERR_MAX_PARAM_LENGTH: 'A part of the address is longer than any name or id here.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty, although the header says that it is JSON.',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not JSON.',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'The body must be JSON, with the header "content-type: application/json".',
  FST_ERR_CTP_BODY_TOO_LARGE: 'The body is larger than anything that is taken here.',
};

function isApi(request: FastifyRequest): boolean {
  return request.url.startsWith('/api/') || request.url === '/health';
}
