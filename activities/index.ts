import { createChangeActivities } from './succession/changes.ts';
import { createChangedTellingActivities } from './succession/changed-telling.ts';
import { createChangeTellingActivities } from './succession/change-telling.ts';
import { createChangeCallActivities } from './sync/change-calls.ts';
import { createBookingActivities } from './bookings/bookings.ts';
import { createBookingTellingActivities } from './bookings/booking-telling.ts';
import { createCompanyActivities } from './connections/companies.ts';
import { createCompanyNewsActivities } from './connections/company-news.ts';
import { createConnectionActivities } from './connections/connections.ts';
import { createDelayActivities } from './incidents/delays.ts';
import { createDigestActivities } from './offices/digest.ts';
import type { ActivityDeps } from './deps.ts';
import { createDeletionActivities } from './sync/deletions.ts';
import { createDeliveryActivities } from './deliveries.ts';
import { createHandoverTellingActivities } from './succession/handover-telling.ts';
import { withKnownFailures } from './failures.ts';
import { createHumanStepActivities } from './incidents/human-step.ts';
import { createIncidentActivities } from './incidents/incidents.ts';
import { createIncidentTellingActivities } from './incidents/incident-telling.ts';
import { createInvitationActivities } from './logins/invitations.ts';
import { createLoginCheckActivities } from './logins/login-checks.ts';
import { createLoginExpiryActivities } from './logins/login-expiry.ts';
import { createLoginActivities } from './logins/logins.ts';
import { createPersonalLinkActivities } from './logins/personal-links.ts';
import { createCheckingAgainActivities } from './logins/checking-again.ts';
import { createProgressActivities } from './sync/progress.ts';
import { createRightsTellingActivities } from './verification/rights-telling.ts';
import { createRoundActivities } from './sync/rounds.ts';
import { createStandInReachActivities } from './succession/stand-in-reach.ts';
import { createVerificationActivities } from './verification/verification.ts';
import { createSyncRequestActivities } from './sync/sync-requests.ts';
import { createWorkflowEndActivities } from './workflow-ends.ts';

/** Everything the workflows can have done; each may run twice. */
export type Activities = ReturnType<typeof gather>;

export function createActivities(deps: ActivityDeps): Activities {
  return withKnownFailures(gather(deps));
}

function gather(deps: ActivityDeps) {
  const incidentTelling = createIncidentTellingActivities(deps);
  return {
    ...createConnectionActivities(deps),
    ...createLoginActivities(deps),
    ...createLoginCheckActivities(deps),
    ...createLoginExpiryActivities(deps),
    ...createChangeCallActivities(deps),
    ...createCompanyActivities(deps),
    ...createCompanyNewsActivities(deps),
    ...createRoundActivities(deps),
    ...createSyncRequestActivities(deps),
    ...createPersonalLinkActivities(deps),
    ...createDeletionActivities(deps),
    ...createDeliveryActivities(deps),
    ...createProgressActivities(deps),
    ...createInvitationActivities(deps),
    ...createHumanStepActivities(deps),
    ...createCheckingAgainActivities(deps),
    ...createDelayActivities(deps),
    ...createChangeActivities(deps),
    ...createChangeTellingActivities(deps),
    ...createChangedTellingActivities(deps),
    ...createHandoverTellingActivities(deps),
    ...createDigestActivities(deps),
    ...createIncidentActivities(deps, (told) => incidentTelling.tellDisconnection(told)),
    ...incidentTelling,
    ...createVerificationActivities(deps),
    ...createBookingActivities(deps),
    ...createBookingTellingActivities(deps),
    ...createRightsTellingActivities(deps),
    ...createStandInReachActivities(deps),
    ...createWorkflowEndActivities(deps),
  };
}
