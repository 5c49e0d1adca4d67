/** The server of test/postgres-of-run.js ends with the run. */
export default () => globalThis.endPostgresOfRun();
