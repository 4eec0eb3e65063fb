/** What must fit together in spike, soak and drill; replay is checked when its file is read. */
import { readWithin } from '../model/scenario-load-shapes.js';
import { durationMs } from '../model/scenario-value.js';
import { groupDigits } from '../model/unit.js';
import type { Path } from './located.js';
import { windowSFor } from './shapes.js';

type ValueAt = (path: Path) => unknown;
type Complain = (path: Path, sentence: string) => void;

const longestMs = 86_400_000;
/** Moments are kept in memory, by the harness and by the engine. */
const mostScheduled = 5_000_000;

/** Complaints about spike, soak and drill. */
export function checkShapes(valueAt: ValueAt, complain: Complain): void {
  checkSpike(valueAt, complain);
  checkSoak(valueAt, complain);
  checkDrill(valueAt, complain);
}

/** Three windows that hold must fit behind one that does not, and one before it. */
const leastWindows = 5;

function checkDrill(valueAt: ValueAt, complain: Complain): void {
  const at = (key: string): Path => ['load', 'drill', key];
  const rate = valueAt(at('rate'));
  if (typeof rate !== 'number') return;
  const lengthMs = durationMs(String(valueAt(at('duration')) ?? '30s'));
  const within = readWithin(String(valueAt(at('within')) ?? ''));
  const leastS = within === null ? 0 : leastWindows * windowSFor(within.p, rate);
  if (lengthMs < leastS * 1000) complain(at('duration'), `too short to see p(${String(within?.p)}) break and hold again at ${String(rate)} requests a second: give it ${String(leastS)}s at least`);
  const wholeMs = lengthMs + durationMs(String(valueAt(['load', 'warmup']) ?? '5s'));
  limit(wholeMs, (rate * wholeMs) / 1000, at('duration'), complain);
}

function checkSpike(valueAt: ValueAt, complain: Complain): void {
  if (valueAt(['load', 'spike']) === undefined) return;
  const at = (key: string): Path => ['load', 'spike', key];
  const [base, peak] = [valueAt(at('base')), valueAt(at('peak'))];
  if (typeof base !== 'number' || typeof peak !== 'number') return;
  if (peak <= base) return complain(at('peak'), `the peak of ${String(peak)} is not above the base rate of ${String(base)}`);
  const lengthMs = (key: string, fallback: string): number => durationMs(String(valueAt(at(key)) ?? fallback));
  const [warmupMs, beforeMs, duringMs, afterMs] = [durationMs(String(valueAt(['load', 'warmup']) ?? '5s')), lengthMs('before', '20s'), lengthMs('during', '10s'), lengthMs('after', '30s')];
  const within = readWithin(String(valueAt(at('within')) ?? ''));
  // Three windows that hold, behind one that may not.
  const leastS = within === null ? 0 : 4 * windowSFor(within.p, base);
  if (afterMs < leastS * 1000) complain(at('after'), `too short to see p(${String(within?.p)}) stay within its limit at ${String(base)} requests a second: give it ${String(leastS)}s at least`);
  limit(warmupMs + beforeMs + duringMs + afterMs, (base * (warmupMs + beforeMs + afterMs) + peak * duringMs) / 1000, at('after'), complain);
}

function checkSoak(valueAt: ValueAt, complain: Complain): void {
  const soak = valueAt(['load', 'soak']);
  if (typeof soak !== 'object' || soak === null) return;
  const at = (key: string): Path => ['load', 'soak', key];
  const [rate, users] = [valueAt(at('rate')), valueAt(at('users'))];
  if (rate === undefined && users === undefined) return complain(['load', 'soak'], 'one of rate, users is missing');
  if (rate !== undefined && users !== undefined) return complain(at('users'), 'there is a rate already: give one of rate, users');
  const foreign = rate === undefined ? ['arrivals', 'inFlight'] : ['think'];
  for (const key of foreign) if (valueAt(at(key)) !== undefined) complain(at(key), `belongs to load.soak.${rate === undefined ? 'rate' : 'users'}`);
  const lengthMs = durationMs(String(valueAt(at('duration')) ?? '2m')) + durationMs(String(valueAt(['load', 'warmup']) ?? '5s'));
  limit(lengthMs, typeof rate === 'number' ? (rate * lengthMs) / 1000 : 0, at('duration'), complain);
}

function limit(lengthMs: number, requests: number, path: Path, complain: Complain): void {
  if (lengthMs > longestMs) return complain(path, 'window and warm-up together are longer than a day; a stage of this kind is at most 24h long');
  if (requests > mostScheduled) complain(path, `a schedule of ${groupDigits(Math.round(requests))} requests is too long: at most ${groupDigits(mostScheduled)} a stage`);
}
