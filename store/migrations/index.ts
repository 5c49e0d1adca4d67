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
  };
}
