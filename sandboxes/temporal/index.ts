/** What the package offers; everything else is its own affair. */
export { ensureTemporalBinaries } from './binaries.ts';
export { startTemporal, temporalCommand, temporalSays, waitForTemporal } from './server.ts';
