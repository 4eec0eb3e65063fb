/** The kinds of `load` in a scenario. */
import { z } from 'zod';
import { duration, share, think, unlessMissing, whole } from './scenario-value.js';

const users = whole(1, 100_000, 'Users who each wait for their answer before they ask again.');
export const closed = z.strictObject({
  users: z.union([users, z.array(users).min(1, { error: 'expected at least one number of users' })], { error: unlessMissing('expected a number of users, or a list such as [2, 8, 24]') })
    .describe('Users at the same time; a list makes one stage for each, in the order written.'),
  think: think.describe('What a user waits before asking again: 0s, 200ms, or uniform between two bounds as in 100ms..500ms.').default('0s'),
  duration: duration('Length of the measured window of each stage; with `requests` the longest it may take. Default: 20s, with `requests` 10m.', 'positive').optional(),
  requests: whole(1, 100_000_000, 'The window closes when so many requests have ended.').optional(),
}).describe('Closed load: a fixed number of users, each waits for its answer, thinks, asks again.');

const rateError = 'expected a number of requests a second above 0 and at most 100000';
const rate = z.number({ error: unlessMissing(rateError) }).gt(0, { error: rateError }).max(100_000, { error: rateError }).describe('Requests a second.');
export const open = z.strictObject({
  rates: z.union([rate, z.array(rate).min(1, { error: 'expected at least one rate' })], { error: unlessMissing('expected a number of requests a second, or a list such as [50, 100, 200]') })
    .describe('Requests a second; a list makes one stage for each, in the order written.'),
  arrivals: z.enum(['poisson', 'constant']).describe('poisson: as independent people come, with exponential gaps; constant: all gaps alike.').default('poisson'),
  duration: duration('Length of the measured window of each stage.', 'positive').default('20s'),
  inFlight: whole(1, 100_000, 'Requests that can be open at once; what comes when all are waits, and the wait counts as latency. Default: two seconds of the rate, from 20 to 2000.').optional(),
}).describe('Open load: requests come at moments of a seeded schedule, whatever the server does; latency counts from the moment.');

const burstSize = whole(1, 100_000, 'Requests that are released together.');
export const burst = z.strictObject({
  requests: z.union([burstSize, z.array(burstSize).min(1, { error: 'expected at least one number of requests' })], { error: unlessMissing('expected a number of requests, or a list such as [100, 500]') })
    .describe('Requests released together; a list makes one stage for each, in the order written.'),
  every: duration('From one release to the next.', 'positive').default('10s'),
  repeats: whole(1, 10_000, 'Releases in the measured window of each stage.').default(5),
}).describe('Bursts: so many requests at once, again and again; latency counts from the release. With a warm-up, one burst comes before the window.');

export const search = z.strictObject({
  from: rate.describe('The lowest rate that is tried, requests a second; it should meet the gates.'),
  to: rate.describe('The highest rate that is tried, requests a second; it should not meet them.'),
  resolution: share('The search ends when a rate that fails lies so little above one that passes.', (value) => value >= 0.001 && value <= 0.5, 'a share from 0.001 to 0.5, such as 5%').default(0.05),
  arrivals: z.enum(['poisson', 'constant']).describe('poisson: as independent people come, with exponential gaps; constant: all gaps alike.').default('poisson'),
  duration: duration('Shortest window of a probe; it is longer where a low rate needs that for enough requests.', 'positive').default('10s'),
  confirm: whole(1, 100, 'Probes at the found rate, after the search, that must all pass.').default(3),
  budget: duration('No probe begins that would end later. Default: twice what the search takes at most when every probe decides at once.', 'positive').optional(),
  inFlight: whole(1, 100_000, 'Requests that can be open at once; what comes when all are waits, and the wait counts as latency. Default: two seconds of the rate, from 20 to 2000.').optional(),
}).describe('The highest rate of open load that meets the gates: doubled until it fails, halved, confirmed.');
