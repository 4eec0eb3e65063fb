import { join } from 'node:path';
import type { ConformanceResult } from '../../harness/model/conformance.js';
import type { RunRecord } from '../../harness/model/record.js';
import { cli, readJson, scratch, type Ended } from '../e2e/cli.js';

/** `npm run test:conformance` asks for the whole suite: 10,000 connections, and slow clients until they are cut off. */
export const whole = process.env['MGEO_CONFORMANCE'] === 'whole';

/** A run of the scenario `conformance` against a server, quick unless the whole suite was asked for. */
export async function runSuite(server: unknown, over: Record<string, unknown> = {}): Promise<{ done: Ended; output: string; checks: ConformanceResult[] }> {
  const output = join(scratch(), 'run');
  const settings = { ...(server === null ? {} : { server }), ...(whole ? {} : { 'load.conformance.connections': 500, 'load.conformance.patience': '0s' }), ...over };
  const done = await cli(['run', 'conformance', '--progress', 'plain', '--output', output, ...Object.entries(settings).flatMap(([key, value]) => ['--set', `${key}=${JSON.stringify(value)}`])]);
  return { done, output, checks: readJson<RunRecord>(output, 'run.json').conformance?.checks ?? [] };
}

/** Ids of the checks that ended in a way, sorted. */
export const idsOf = (checks: readonly ConformanceResult[], status: ConformanceResult['status']): string[] => checks.filter((check) => check.status === status).map(({ id }) => id).sort();
