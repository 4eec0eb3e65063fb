import { pairClasses, type AddressPair, type AnyClass, type DatasetPlan, type DatasetSummary, type PairClass } from '../model/dataset.js';
import { quantileOfCounts } from '../model/rank.js';
import { askedRepeatShare, repeatsOf } from '../model/repeats.js';
import { countRepeats } from './repeats.js';

/** Takes pairs one by one and keeps figures only. */
export interface DatasetSummaryBuilder {
  /** `bodyBytes`: length of the request body as it is sent. */
  add(pair: AddressPair, bodyBytes: number): void;
  /** `bodiesSha256`: hash over all bodies in the order of sending, hexadecimal. */
  finish(bodiesSha256: string): DatasetSummary;
}

/** What of a plan the summary tells; a plan without a profile says nothing of one. */
export type SummarisedPlan = Pick<DatasetPlan, 'seed'> & Partial<DatasetPlan>;

/** A builder for the pairs of `plan`, in whatever order they are sent. */
export function summariseDataset(plan: SummarisedPlan): DatasetSummaryBuilder {
  const byClass = Object.fromEntries(pairClasses.map((name) => [name, 0])) as Record<PairClass, number> & Partial<Record<AnyClass, number>>;
  const operators = new Map<string, number>();
  const lengths = countLengths();
  const repeats = countRepeats();
  let count = 0;
  let certified = 0;
  let inventedLows = 0;
  let bytesTotal = 0;
  let bytesMax = 0;
  return {
    add(pair, bodyBytes) {
      count += 1;
      byClass[pair.class] = (byClass[pair.class] ?? 0) + 1;
      bytesTotal += bodyBytes;
      bytesMax = Math.max(bytesMax, bodyBytes);
      for (const name of pair.operators) operators.set(name, (operators.get(name) ?? 0) + 1);
      if (pair.class === 'low' && pair.line === undefined) inventedLows += 1;
      if (pair.certified === true) certified += 1;
      if (pair.class === 'abnormal') return;
      for (const text of [pair.a, pair.b]) {
        lengths.add(characterCount(text));
        repeats.add(text);
      }
    },
    finish: (bodiesSha256) => ({
      seed: plan.seed,
      count,
      byClass: { ...byClass },
      bodiesSha256,
      characters: lengths.summary(),
      bodyBytes: { mean: count === 0 ? 0 : bytesTotal / count, max: bytesMax, total: bytesTotal },
      repeatShare: repeats.share(),
      seenShare: repeats.seenShare(),
      ...profileOf(plan),
      operators: Object.fromEntries([...operators].sort(([a, na], [b, nb]) => nb - na || (a < b ? -1 : 1))),
      certifiedLowShare: inventedLows === 0 ? null : certified / inventedLows,
    }),
  };
}

/** The profile by its name, and the share of repeats that it asks for. */
export function profileOf({ profile, mix, hard }: SummarisedPlan): Pick<DatasetSummary, 'profile' | 'askedRepeatShare'> {
  if (profile === undefined) return {};
  const asks = mix !== undefined && repeatsOf({ profile }) !== null;
  return {
    profile: profile.kind === 'fitted' ? profile.file : profile.kind,
    ...(asks ? { askedRepeatShare: askedRepeatShare({ mix, profile, ...(hard === undefined ? {} : { hard }) }) } : {}),
  };
}

/** Code points, not UTF-16 units: 📍 is one character. */
export function characterCount(text: string): number {
  let count = text.length;
  for (let i = 0; i < text.length - 1; i += 1) {
    const unit = text.charCodeAt(i);
    const next = text.charCodeAt(i + 1);
    if (unit >= 0xd800 && unit <= 0xdbff && next >= 0xdc00 && next <= 0xdfff) count -= 1;
  }
  return count;
}

export interface LengthCounter {
  add(length: number): void;
  summary(): DatasetSummary['characters'];
  /** How many there were of each length, from 0. */
  counts(): readonly number[];
}

/** Lengths as counts by length: as much memory for ten million as for ten. Percentiles by nearest rank. */
export function countLengths(): LengthCounter {
  const counts: number[] = [];
  let n = 0;
  let sum = 0;
  return {
    add(length) {
      while (counts.length <= length) counts.push(0);
      counts[length] = (counts[length] ?? 0) + 1;
      n += 1;
      sum += length;
    },
    summary: () => ({ mean: n === 0 ? 0 : sum / n, p50: quantileOfCounts(counts, 0.5), p90: quantileOfCounts(counts, 0.9), max: counts.length === 0 ? 0 : counts.length - 1 }),
    counts: () => counts,
  };
}
