import { exactOnlineScreens } from '../accounting/exact-online/screens.ts';
import { trytonScreens } from '../accounting/tryton/screens.ts';
import { noScreens, type ScreensOf } from '../domain/screens.ts';

/** As an installation with both accounting systems knows them. */
export const screensOf: ScreensOf = (systemId) =>
  systemId === 'exact-online' ? exactOnlineScreens : systemId === 'tryton' ? trytonScreens : noScreens;
