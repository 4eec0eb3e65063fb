/** What must fit together in a mix. */
import { partKinds } from '../model/scenario-load-mix.js';
import { durationMs } from '../model/scenario-value.js';
import { groupDigits } from '../model/unit.js';
import type { Path } from './located.js';

type ValueAt = (path: Path) => unknown;
type Complain = (path: Path, sentence: string) => void;

const mostScheduled = 5_000_000;
/** Where each kind says how long its window is. */
const lengthKey = { closed: 'duration', open: 'duration', offline: 'timeout' } as const;

const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Complaints about a mix as a whole and about each of its parts. */
export function checkLoadMix(valueAt: ValueAt, complain: Complain): void {
  const mix = valueAt(['load', 'mix']);
  if (!isMap(mix)) return;
  const names = Object.keys(mix);
  if (names.length < 2) complain(['load', 'mix'], 'a mix is two loads at least, such as mix: {interactive: {open: …}, bulk: {offline: …}}');
  if (valueAt(['server', 'simulated']) !== undefined || valueAt(['load', 'engine']) === 'simulated') complain(['load', 'mix'], 'the simulated engine drives one load at a time: name a real server');
  for (const name of names) checkPart(['load', 'mix', name], mix[name], complain);
  checkLengths(mix, valueAt, complain);
}

function checkPart(at: Path, part: unknown, complain: Complain): void {
  if (!isMap(part)) return;
  const given = partKinds.filter((kind) => Object.hasOwn(part, kind));
  if (given.length === 0) return complain(at, `one of ${partKinds.join(', ')} is missing`);
  for (const extra of given.slice(1)) complain([...at, extra], `there is ${given[0] ?? ''} already: give one of ${partKinds.join(', ')}`);
  for (const [kind, key] of [['closed', 'users'], ['open', 'rates']] as const) {
    const load = part[kind];
    const value = isMap(load) ? load[key] : undefined;
    if (Array.isArray(value) && value.length > 1) complain([...at, kind, key], 'a part of a mix is one stage: give one number');
  }
}

/** One window: lengths that are written must be alike, and a schedule must be short enough to be kept. */
function checkLengths(mix: Record<string, unknown>, valueAt: ValueAt, complain: Complain): void {
  const written = Object.keys(mix).flatMap((name) => partKinds.flatMap((kind) => {
    const path: Path = ['load', 'mix', name, kind, lengthKey[kind]];
    const value = valueAt(path);
    return typeof value === 'string' && durationMs(value) > 0 ? [{ path, name, value, ms: durationMs(value) }] : [];
  }));
  const [first, ...others] = written;
  for (const other of others) {
    if (other.ms !== first?.ms) complain(other.path, `all parts of a mix have one window, and ${first?.name ?? ''} has ${first?.value ?? ''}: give both the same`);
  }
  const lengthMs = first?.ms ?? 600_000;
  const warmupMs = durationMs(String(valueAt(['load', 'warmup']) ?? '5s'));
  for (const name of Object.keys(mix)) {
    const rate = [valueAt(['load', 'mix', name, 'open', 'rates'])].flat()[0];
    const most = typeof rate === 'number' ? (rate * (lengthMs + warmupMs)) / 1000 : 0;
    if (most > mostScheduled) complain(['load', 'mix', name, 'open', 'rates'], `a schedule of ${groupDigits(Math.round(most))} requests is too long: at most ${groupDigits(mostScheduled)} a stage`);
  }
}
