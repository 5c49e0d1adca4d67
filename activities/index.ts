import { createChangeActivities } from './changes.ts';
import { createChangedTellingActivities } from './changed-telling.ts';
import { createChangeTellingActivities } from './change-telling.ts';
import { createChangeCallActivities } from './change-calls.ts';
import { createBookingActivities } from './bookings.ts';
import { createBookingTellingActivities } from './booking-telling.ts';
import { createCompanyActivities } from './companies.ts';
import { createCompanyNewsActivities } from './company-news.ts';
import { createConnectionActivities } from './connections.ts';
import { createDelayActivities } from './delays.ts';
import { createDigestActivities } from './digest.ts';
import type { ActivityDeps } from './deps.ts';
import { createDeletionActivities } from './deletions.ts';
import { createHistoryActivities } from './history.ts';
import { createHandoverTellingActivities } from './handover-telling.ts';
import { withKnownFailures } from './failures.ts';
import { createHumanStepActivities } from './human-step.ts';
import { createIncidentActivities } from './incidents.ts';
import { createIncidentTellingActivities } from './incident-telling.ts';
import { createInvitationActivities } from './invitations.ts';
import { createLoginCareActivities } from './login-care.ts';
import { createLoginExpiryActivities } from './login-expiry.ts';
import { createLoginActivities } from './logins.ts';
import { createPersonalLinkActivities } from './personal-links.ts';
import { createLookingAgainActivities } from './looking-again.ts';
import { createProgressActivities } from './progress.ts';
import { createRightsTellingActivities } from './rights-telling.ts';
import { createRoundActivities } from './rounds.ts';
import { createStandInReachActivities } from './stand-in-reach.ts';
import { createVerificationActivities } from './verification.ts';
import { createWishActivities } from './wishes.ts';

/** Everything the workflows can have done; each may run twice. */
export type Activities = ReturnType<typeof gather>;

export function createActivities(deps: ActivityDeps): Activities {
  return withKnownFailures(gather(deps));
}

function gather(deps: ActivityDeps) {
  const incidentTelling = createIncidentTellingActivities(deps);
  return {
    ...createConnectionActivities(deps),
    ...createHistoryActivities(deps),
    ...createLoginActivities(deps),
    ...createLoginCareActivities(deps),
    ...createLoginExpiryActivities(deps),
    ...createChangeCallActivities(deps),
    ...createCompanyActivities(deps),
    ...createCompanyNewsActivities(deps),
    ...createRoundActivities(deps),
    ...createWishActivities(deps),
    ...createPersonalLinkActivities(deps),
    ...createDeletionActivities(deps),
    ...createProgressActivities(deps),
    ...createInvitationActivities(deps),
    ...createHumanStepActivities(deps),
    ...createLookingAgainActivities(deps),
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
  };
}
