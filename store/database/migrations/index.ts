import type { Migration } from 'kysely';
import type { DatabaseKind } from '../sql-of-dialect.ts';
import * as init from './001-init.ts';
import { masterDataViews } from './002-master-data-views.ts';
import * as packageCalls from './003-package-calls.ts';
import * as gatesAndExpiry from './004-gates-and-expiry.ts';
import * as syncEngine from './005-sync-engine.ts';
import * as verification from './006-verification.ts';
import * as people from './007-people.ts';
import * as purchaseBookings from './008-purchase-bookings.ts';
import * as incidents from './009-incidents.ts';
import * as succession from './010-succession.ts';
import * as whatChanged from './011-what-changed.ts';
import * as incidentsTogether from './012-incidents-together.ts';
import * as overtakenRounds from './013-overtaken-rounds.ts';
import * as firstSuccess from './014-first-success.ts';
import * as untilWhen from './015-until-when.ts';
import * as deliveries from './016-deliveries.ts';
import * as doubts from './017-doubts.ts';
import * as incidentLogin from './018-incident-login.ts';
import * as wholeLists from './019-whole-lists.ts';
import * as linksAndCalls from './020-links-and-calls.ts';
import * as attempts from './022-attempts.ts';
import * as completeness from './023-completeness.ts';
import * as installation from './024-installation.ts';
import * as feedEpochs from './025-feed-epochs.ts';
import { officeDays } from './026-office-days.ts';
import { bankAccounts } from './027-bank-accounts.ts';
import * as noticeOrder from './028-notice-order.ts';
import * as postedWords from './029-posted-words.ts';
import * as changes from './030-changes.ts';
import * as syncRequests from './031-sync-requests.ts';

/** Every migration by name, in the order of the names. A migration that was released is never edited. */
export function migrations(kind: DatabaseKind): Record<string, Migration> {
  return {
    '001-init': init,
    '002-master-data-views': masterDataViews(kind),
    '003-package-calls': packageCalls,
    '004-gates-and-expiry': gatesAndExpiry,
    '005-sync-engine': syncEngine,
    '006-verification': verification,
    '007-people': people,
    '008-purchase-bookings': purchaseBookings,
    '009-incidents': incidents,
    '010-succession': succession,
    '011-what-changed': whatChanged,
    '012-incidents-together': incidentsTogether,
    '013-overtaken-rounds': overtakenRounds,
    '014-first-success': firstSuccess,
    '015-until-when': untilWhen,
    '016-deliveries': deliveries,
    '017-doubts': doubts,
    '018-incident-login': incidentLogin,
    '019-whole-lists': wholeLists,
    '020-links-and-calls': linksAndCalls,
    '022-attempts': attempts,
    '023-completeness': completeness,
    '024-installation': installation,
    '025-feed-epochs': feedEpochs,
    '026-office-days': officeDays(kind),
    '027-bank-accounts': bankAccounts(kind),
    '028-notice-order': noticeOrder,
    '029-posted-words': postedWords,
    '030-changes': changes,
    '031-sync-requests': syncRequests,
  };
}
