import type { Announcement } from '../../domain/announcements/index.ts';
import type { ScreensOf } from '../../domain/screens.ts';
import type { Message } from './blocks.ts';
import { cannotReach } from './cannot-reach.ts';
import { changeDecision, changeQuestionSettled } from './succession/change-decision.ts';
import { changedForYou, changeUndone } from './succession/changed-for-you.ts';
import { changeResult } from './succession/change-result.ts';
import { lostByChange } from './succession/lost-by-change.ts';
import { deletionQuestion } from './sync/deletion-question.ts';
import { companiesNews } from './connections/companies-news.ts';
import { connectReminder } from './connections/connect-reminder.ts';
import { connectRequest } from './connections/connect-request.ts';
import { delay } from './incidents/delay.ts';
import { deliveriesStopped } from './bookings/deliveries-stopped.ts';
import { digest, stuck } from './offices/digest.ts';
import { disconnection } from './incidents/disconnection.ts';
import { disconnections } from './incidents/disconnections.ts';
import { handoverNews } from './succession/handover-news.ts';
import { incidentNote } from './incidents/incident-note.ts';
import { delayNews } from './sync/master-data-news.ts';
import { personalLinkNews } from './logins/personal-link-news.ts';
import { leavingNews, onlyResponder } from './offices/key-people.ts';
import { loginExpiry } from './logins/login-expiry.ts';
import { incidentOver, mendReminder, mendRequest } from './incidents/mend-request.ts';
import { rightsChanged, verification } from './verification/rights.ts';
import { setUpNews } from './connections/set-up-news.ts';
import { standInNews } from './succession/stand-in-news.ts';
import { standInReach } from './succession/stand-in-reach.ts';
import { syncProgress } from './sync/sync-progress.ts';
import { unfitBookings } from './bookings/unfit-bookings.ts';
import { welcome } from './offices/welcome.ts';
import { requestDone } from './sync/request-done.ts';

/** The words for everything Syncuser says of its own accord. */
export function inWords(announcement: Announcement, screensOf: ScreensOf): Message {
  switch (announcement.what) {
    case 'connect-request':
      return connectRequest(announcement, screensOf);
    case 'connect-reminder':
      return connectReminder(announcement);
    case 'sync-progress':
      return syncProgress(announcement);
    case 'deletion-question':
      return deletionQuestion(announcement);
    case 'request-done':
      return requestDone(announcement);
    case 'disconnection':
      return disconnection(announcement);
    case 'disconnections':
      return disconnections(announcement);
    case 'incident-note':
      return incidentNote(announcement);
    case 'mend-request':
      return mendRequest(announcement);
    case 'mend-reminder':
      return mendReminder(announcement);
    case 'incident-over':
      return incidentOver(announcement);
    case 'digest':
      return digest(announcement);
    case 'stuck':
      return stuck(announcement);
    case 'delay':
      return delay(announcement);
    case 'delay-news':
      return delayNews(announcement);
    case 'change-result':
      return changeResult(announcement);
    case 'changed-for-you':
      return changedForYou(announcement);
    case 'change-undone':
      return changeUndone(announcement);
    case 'lost-by-change':
      return lostByChange(announcement);
    case 'change-decision':
      return changeDecision(announcement);
    case 'handover-news':
      return handoverNews(announcement);
    case 'leaving':
      return leavingNews(announcement);
    case 'only-responder':
      return onlyResponder(announcement);
    case 'change-question-settled':
      return changeQuestionSettled(announcement);
    case 'set-up-news':
      return setUpNews(announcement, screensOf);
    case 'personal-link-news':
      return personalLinkNews(announcement);
    case 'stand-in-news':
      return standInNews(announcement);
    case 'stand-in-reach':
      return standInReach(announcement, screensOf);
    case 'login-expiry':
      return loginExpiry(announcement);
    case 'unfit-bookings':
      return unfitBookings(announcement);
    case 'deliveries-stopped':
      return deliveriesStopped(announcement);
    case 'rights-changed':
      return rightsChanged(announcement, screensOf);
    case 'verification':
      return verification(announcement, screensOf);
    case 'companies-news':
      return companiesNews(announcement, screensOf);
    case 'cannot-reach':
      return cannotReach(announcement);
    case 'welcome':
      return welcome(announcement);
  }
}
