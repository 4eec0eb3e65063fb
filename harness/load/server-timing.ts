/** The Server-Timing header (W3C) read from bytes: `name;dur=1.5;desc="x", name2;dur=0.2`, durations in ms. */
import { createBuckets, type Buckets } from './bucket.js';
import type { SavedHistogram } from '../model/histogram.js';

export interface PhaseTimes {
  /** Adds every phase of one header that names a duration. */
  add(bytes: Uint8Array, from: number, to: number): void;
  /** Phase name -> its durations, µs. `total` is the sum of a request's phases where the server does not send one itself. */
  save(): Record<string, SavedHistogram>;
}

/** A server that invents names must not grow our memory. */
const mostPhases = 16;
const total = 'total';
const [comma, semicolon, equals, quote, space, dot] = [0x2c, 0x3b, 0x3d, 0x22, 0x20, 0x2e];

interface Phase {
  name: string;
  bytes: Uint8Array;
  times: Buckets;
}

/** No phases yet; the first 16 names are kept, later ones are passed over. */
export function createPhaseTimes(): PhaseTimes {
  const phases: Phase[] = [];
  const sums = createBuckets();
  return {
    add: (bytes, from, to) => {
      let sumMs = -1;
      let at = from;
      for (let entry = 0; at < to; entry += 1) {
        while (at < to && (bytes[at] === space || bytes[at] === comma)) at += 1;
        const nameFrom = at;
        while (at < to && bytes[at] !== semicolon && bytes[at] !== comma && bytes[at] !== space && bytes[at] !== equals) at += 1;
        const nameTo = at;
        let durationMs = NaN;
        while (at < to && bytes[at] !== comma) {
          if (bytes[at] === quote) at = pastQuote(bytes, at + 1, to);
          else if (isDuration(bytes, at, to)) durationMs = decimal(bytes, at + 4, to);
          at += 1;
        }
        if (nameTo > nameFrom && durationMs >= 0) {
          phaseOf(phases, entry, bytes, nameFrom, nameTo)?.times.add(durationMs * 1000);
          sumMs = Math.max(0, sumMs) + durationMs;
        }
      }
      // Percentiles of phases do not add up; percentiles of their sums say what the server took.
      if (sumMs >= 0) sums.add(sumMs * 1000);
    },
    save: () => {
      const told = Object.fromEntries(phases.map((phase) => [phase.name, phase.times.save()]));
      return phases.length < 2 || total in told ? told : { ...told, [total]: sums.save() };
    },
  };
}

/** Servers write their phases in one order: the phase at the same place is tried first. */
function phaseOf(phases: Phase[], entry: number, bytes: Uint8Array, from: number, to: number): Phase | undefined {
  const likely = phases[entry];
  if (likely !== undefined && same(likely.bytes, bytes, from, to)) return likely;
  const known = phases.find((phase) => same(phase.bytes, bytes, from, to));
  if (known !== undefined) return known;
  const name = String.fromCharCode(...bytes.subarray(from, to));
  if (phases.length >= mostPhases || !/^[\w!#$%&'*+.^`|~-]{1,64}$/.test(name)) return undefined;
  const phase = { name, bytes: bytes.slice(from, to), times: createBuckets() };
  phases.push(phase);
  return phase;
}

function same(name: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (name.length !== to - from) return false;
  for (let i = 0; i < name.length; i += 1) if (name[i] !== bytes[from + i]) return false;
  return true;
}

/** At the `d` of `dur=`, right after a semicolon or a space. */
function isDuration(bytes: Uint8Array, at: number, to: number): boolean {
  if (bytes[at] !== 0x64 || at + 4 >= to || bytes[at + 1] !== 0x75 || bytes[at + 2] !== 0x72 || bytes[at + 3] !== equals) return false;
  return bytes[at - 1] === semicolon || bytes[at - 1] === space;
}

function pastQuote(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && bytes[at] !== quote) at += 1;
  return at;
}

/** Digits with an optional fraction; NaN where there is none (an exponent is not part of the header's grammar). */
function decimal(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  let value = 0;
  let scale = 0;
  for (; at < to; at += 1) {
    const byte = bytes[at] as number;
    if (byte === dot && scale === 0) scale = 1;
    else if (byte >= 0x30 && byte <= 0x39) {
      value = value * 10 + (byte - 0x30);
      if (scale > 0) scale *= 10;
    } else break;
  }
  return at === from ? NaN : value / Math.max(scale, 1);
}
