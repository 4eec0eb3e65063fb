/** The keys of a scenario that make several runs of it. */
import { z } from 'zod';
import { comparedMetrics } from './comparison.js';
import { duration, share, unlessMissing, whole } from './scenario-value.js';

export const matrix = z.record(z.string(), z.union([z.array(z.unknown()).min(1, { error: 'expected at least one value' }), z.record(z.string(), z.unknown())], { error: unlessMissing('expected a list of values, such as [none, greedy], or a map of names to values') }))
  .describe('Settings by dotted path, each with the values to try, e.g. server.reference.batching: [none, greedy], or by name, e.g. server: {baseline: {…}, candidate: {…}}; every combination is an arm. The first is what the others are compared with.').optional();

export const compare = z.strictObject({
  by: z.enum(['arm', 'replicas', 'answers']).describe('What is asked: arm, which is better; replicas, whether more of the same pay (each arm is named by how many it has: 1, 2, 4, or “2 GPUs”); answers, which arm changes answers, and what it costs.').default('arm'),
  worth: share('With `by: replicas`: an added replica is worth it where it brings at least this share of what each one before it does.', (value) => value > 0 && value <= 1, 'a share above 0 and at most 1').default('50%'),
  order: z.enum(['abba']).describe('abba: interleaved, every second pair the other way round, so that a drift of the machine favours none.').default('abba'),
  pairs: whole(2, 1000, 'Runs of each arm before the first look; below five an interval is wide.', 'a single run of each arm has no interval').default(5),
  mostPairs: whole(2, 1000, 'Runs of each arm at most: more are made, in at most three looks, until the deciding figure is decided. Default: as many as `pairs`, three times as many with a budget.').optional(),
  budget: duration('Time for all runs, such as 30m: after the first look no pair is begun that would end later, as long as the pairs before took.', 'positive').optional(),
  metric: z.enum(comparedMetrics).describe('The deciding figure, of the last stage: rps, pairs (of an offline load), p50, p95, p99, time (of a job), rss (memory of the server, or of the job), vram. Default: rps, of an offline load pairs, of a job time.').optional(),
}).describe('The arms are run in pairs and compared; without it, with a matrix, once each.').optional();

export const repeat = whole(1, 1000, 'Whole runs of the scenario: the run is what a repeat repeats, server and all.').default(1);
