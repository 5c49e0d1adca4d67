import type { Announcement } from '../../domain/announcements/index.ts';
import type { Message } from './blocks.ts';
import { changeDecision, changeQuestionSettled } from './change-decision.ts';
import { changedForYou, changeUndone } from './changed-for-you.ts';
import { changeResult } from './change-result.ts';
import { lostByChange } from './lost-by-change.ts';
import { deletionQuestion } from './deletion-question.ts';
import { companiesNews } from './companies-news.ts';
import { connectReminder } from './connect-reminder.ts';
import { connectRequest } from './connect-request.ts';
import { delay } from './delay.ts';
import { deliveriesStopped } from './deliveries-stopped.ts';
import { digest, stuck } from './digest.ts';
import { disconnection } from './disconnection.ts';
import { disconnections } from './disconnections.ts';
import { handoverNews } from './handover-news.ts';
import { incidentNote } from './incident-note.ts';
import { delayNews } from './master-data-news.ts';
import { personalLinkNews } from './personal-link-news.ts';
import { leavingNews, onlyMender } from './leaning.ts';
import { loginExpiry } from './login-expiry.ts';
import { incidentOver, mendReminder, mendRequest } from './mend-request.ts';
import { rightsChanged, verification } from './rights.ts';
import { setUpNews } from './set-up-news.ts';
import { standInNews } from './stand-in-news.ts';
import { standInReach } from './stand-in-reach.ts';
import { syncProgress } from './sync-progress.ts';
import { unfitBookings } from './unfit-bookings.ts';
import { welcome } from './welcome.ts';
import { wishDone } from './wish-done.ts';

/** The words for everything Syncuser says of its own accord. */
export function inWords(announcement: Announcement): Message {
  switch (announcement.what) {
    case 'connect-request':
      return connectRequest(announcement);
    case 'connect-reminder':
      return connectReminder(announcement);
    case 'sync-progress':
      return syncProgress(announcement);
    case 'deletion-question':
      return deletionQuestion(announcement);
    case 'wish-done':
      return wishDone(announcement);
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
    case 'only-mender':
      return onlyMender(announcement);
    case 'change-question-settled':
      return changeQuestionSettled(announcement);
    case 'set-up-news':
      return setUpNews(announcement);
    case 'personal-link-news':
      return personalLinkNews(announcement);
    case 'stand-in-news':
      return standInNews(announcement);
    case 'stand-in-reach':
      return standInReach(announcement);
    case 'login-expiry':
      return loginExpiry(announcement);
    case 'unfit-bookings':
      return unfitBookings(announcement);
    case 'deliveries-stopped':
      return deliveriesStopped(announcement);
    case 'rights-changed':
      return rightsChanged(announcement);
    case 'verification':
      return verification(announcement);
    case 'companies-news':
      return companiesNews(announcement);
    case 'welcome':
      return welcome(announcement);
  }
}
