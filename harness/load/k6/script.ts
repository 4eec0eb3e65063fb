/**
 * Runs inside k6: keeps the users busy and writes one row a request into the CSV stream, as metadata of one metric.
 * Cost decides its form: objects of k6/execution are fetched once a user, the row's metadata is taken away again before k6
 * repeats it on its own dozen lines, and headers are read once.
 */
import { sleep } from 'k6';
import { SharedArray } from 'k6/data';
import encoding from 'k6/encoding';
import exec from 'k6/execution';
import http, { type RefinedResponse } from 'k6/http';
import { Trend } from 'k6/metrics';
import { readScore, readScores, type AnswerFault } from '../../model/answer.js';
import { batchDigits, cacheLetter, degradedLetter, type TransportError } from '../answer.js';
import { createPace, firstPauseMs, type Pace } from '../pace.js';
import { clockText, rowText } from '../row-text.js';
import type { EngineSettings } from '../settings.js';

const settings = JSON.parse(open(__ENV['MGEO_SETTINGS'] as string)) as EngineSettings;
const bodies = new SharedArray('bodies', () => open(settings.bodies).replace(/\n$/, '').split('\n'));
const { schedule } = settings;
/** Moments of an open load, ms; as text, of which k6 keeps one copy for all users. */
const moments = schedule === null ? null : new SharedArray('schedule', () => open(schedule).split('\n').slice(0, -1));

/** Requests a second up to which workers wake early; and how early, ms. */
const exactUpTo = 500;
const earlyMs = moments !== null && moments.length * 1000 <= exactUpTo * Number(moments[moments.length - 1]) ? 0.5 : 0;

export const options = {
  scenarios: { load: { executor: 'constant-vus', vus: settings.users, duration: `${settings.longestS}s`, gracefulStop: '0s' } },
  // Fewer columns, shorter lines: nothing here is read from k6's own rows.
  systemTags: [],
  insecureSkipTLSVerify: true,
};
// Without a callback k6 leaves out one row a request; its types do not know that null is allowed.
http.setResponseCallback(null as never);

const rows = new Trend('mgeo_row');
const params = { headers: settings.headers, timeout: settings.timeoutMs, redirects: 0, responseType: 'text' as const };
/** k6's own JSON path is twice as fast as parsing the answer; only plain keys mean the same to both. */
const quickPath = settings.scorePath.every((key) => typeof key === 'number' || /^[A-Za-z_][A-Za-z0-9_-]*$/.test(key)) ? settings.scorePath.join('.') : null;

interface User {
  index: number;
  seq: number;
  pace: Pace;
  /** Planned pause before the next request, ms. */
  pauseMs: number;
  run: { currentTestRunDuration: number };
  scenario: { iterationInTest: number };
  metadata: Record<string, string | undefined>;
}
let user: User | undefined;

/** One iteration of one user, as k6 calls it: pause, request, row. */
export default function (): void {
  user ??= enter();
  const turn = user.scenario.iterationInTest;
  // The pause comes first, so that the row is the last thing an iteration does: what the end of the test cuts off has no row.
  if (moments === null) {
    if (user.pauseMs > 0) sleep(user.pauseMs / 1000);
  } else waitUntil(startOf(moments, turn), user.run);
  // All there was has been sent: nothing to do until k6 is stopped.
  if (settings.requests !== null && turn >= settings.requests) {
    sleep(settings.longestS);
    return;
  }
  const ticket = settings.firstTicket + turn;
  const line = bodies[ticket % bodies.length] as string;
  const body = line.startsWith('b64:') ? encoding.b64decode(line.slice(4), 'std') : line;
  const startMs = user.run.currentTestRunDuration;
  const response = http.post(settings.url, body, params);
  const endMs = user.run.currentTestRunDuration;

  const transport = response.error_code !== 0 && response.error_code < 1400 ? transportError(response.error_code, response.error) : '';
  const { headers } = response;
  const answered = transport === '';
  const reading = answered && response.status >= 200 && response.status < 300 ? read(response) : { score: NaN, fault: '' };
  // Those who come by a schedule come whatever happened to others.
  user.pauseMs = moments === null ? user.pace.next(!answered && transport !== 'timeout') : 0;
  write(user, rowText({
    user: user.index,
    seq: user.seq,
    ticket,
    startMs,
    endMs,
    // Two spans that overlap a little on a new connection, so never more than the whole.
    latencyMs: answered ? Math.min(response.timings.blocked + response.timings.duration, endMs - startMs) : endMs - startMs,
    pauseMs: user.pauseMs,
    status: answered ? response.status : 0,
    fault: answered ? reading.fault : transport,
    score: reading.score,
    batch: batchDigits(headers['X-Batch-Size']),
    cache: cacheLetter(headers['X-Cache']),
    degraded: degradedLetter(headers['X-Degraded']),
    timing: headers['Server-Timing'] ?? '',
  }));
  user.seq += 1;
}

function enter(): User {
  const index = exec.vu.idInTest - 1;
  const nowMs = exec.instance.currentTestRunDuration;
  // Users without a schedule begin at once, unless those of another engine are waited for.
  const startMs = moments === null ? Math.max(nowMs, settings.startAtMs) : settings.startAtMs;
  const entered: User = {
    index,
    seq: 0,
    pace: createPace(settings.seed, index, settings.thinkMs),
    pauseMs: Math.max(0, startMs - nowMs) + firstPauseMs(settings, index),
    run: exec.instance,
    scenario: exec.scenario,
    metadata: exec.vu.metrics.metadata as Record<string, string | undefined>,
  };
  write(entered, clockText(nowMs, Date.now(), startMs));
  return entered;
}

/** When turn number `turn` of the schedule begins, on k6's clock; after the last one there is nothing to do until k6 is stopped. */
function startOf(due: readonly string[], turn: number): number {
  return settings.startAtMs + (turn < due.length ? Number(due[turn]) : settings.longestS * 1000);
}

/**
 * Go's timers wake up to a millisecond behind their time, half of one on average. So a worker wakes half a millisecond before its moment, and meets
 * it by looking at the clock: an eighth of a millisecond of CPU on average, which is asked only of rates where it does not matter.
 */
function waitUntil(moment: number, run: User['run']): void {
  const pauseMs = moment - earlyMs - run.currentTestRunDuration;
  if (pauseMs > 0) sleep(pauseMs / 1000);
  if (earlyMs > 0) while (run.currentTestRunDuration < moment);
}

function write(to: User, text: string): void {
  to.metadata['r'] = text;
  rows.add(1);
  delete to.metadata['r'];
}

function read(response: RefinedResponse<'text'>): { score: number | number[]; fault: AnswerFault } {
  // An answer that may have no body (204) has null here, from which k6's own reader would throw and end the stage.
  const text = (response.body as string | null) ?? '';
  if (settings.scores !== null) {
    const { scores, fault } = readScores(text, settings.scores.scoresPath, settings.scores.scorePath);
    return { score: scores, fault };
  }
  if (quickPath !== null && text !== '') {
    const score = response.json(quickPath);
    if (typeof score === 'number' && Number.isFinite(score)) return { score, fault: '' };
  }
  return readScore(text, settings.scorePath);
}

/** k6's error codes: 1050 and 1211 time-outs, 1212 refused, 11xx names, 1201 and 1220 reset, 1000 anything else, an early end among it. */
function transportError(code: number, message: string): TransportError {
  if (code === 1050 || code === 1211) return 'timeout';
  if (code === 1212) return 'refused';
  if (code === 1201 || code === 1220) return 'reset';
  if (code >= 1100 && code < 1110) return 'dns';
  return /EOF|server closed/.test(message) ? 'closed' : 'other';
}
