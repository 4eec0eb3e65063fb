/**
 * `--import` this into Node and its wall clock steps forward by MGEO_TEST_STEP_MS as soon as the file MGEO_TEST_STEP_FILE is there. Only for the
 * command line of mgeo-bench: what it starts keeps the true clock, as the monotonic clock does everywhere.
 */
import { existsSync } from 'node:fs';

const file = process.env['MGEO_TEST_STEP_FILE'] ?? '';
const stepMs = Number(process.env['MGEO_TEST_STEP_MS'] ?? 0);
if (process.argv[1]?.endsWith('/harness/cli/main.js') === true) {
  const now = Date.now;
  Date.now = () => now() + (existsSync(file) ? stepMs : 0);
}
