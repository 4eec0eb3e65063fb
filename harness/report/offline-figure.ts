/** An offline load as every output shows it. */
import type { OfflineAnalysis } from '../model/analysis.js';
import type { OfflineArrival } from '../model/stage-shapes.js';
import type { StageResult } from '../model/record.js';
import { count, dash, plain, seconds } from './number.js';
import { windowS, type StagePair } from './stage-figure.js';
import type { Text } from './text/index.js';

/** A stage that sent a lot of pairs. */
export interface LotPair extends StagePair {
  arrival: OfflineArrival;
  lot: OfflineAnalysis;
}

/** Those among the stages, in their order. */
export function lotsOf(pairs: readonly StagePair[]): LotPair[] {
  return pairs.flatMap((pair) => {
    const { arrival } = pair.result.stage;
    return arrival.kind === 'offline' && pair.stage.offline !== undefined ? [{ ...pair, arrival, lot: pair.stage.offline }] : [];
  });
}

/** "32 a request", or "one a request". */
export function batchText({ batch }: OfflineArrival, text: Text): string {
  return batch === 1 ? text.offline.singles : text.offline.batches(count(batch));
}

/** What came of the lot, in one sentence without a final stop. */
export function lotSentence({ result, lot }: LotPair, text: Text): string {
  const t = text.offline;
  const [answered, all, time, rate] = [count(lot.answered), count(lot.pairs), seconds(windowS(result)), t.rate(plain(lot.pairsPerS))];
  if (lot.ranOut) return t.notInTime(answered, all, seconds(lot.limitS), rate);
  if (lot.timeS === null) return t.cutShort(answered, all, time);
  return lot.answered + lot.refused === lot.pairs ? t.done(all, time, rate) : t.partly(answered, all, time, rate);
}

/** How it was sent: "625 requests, 32 a request, 8 at a time", and why single calls where batches were asked for. */
export function howSentence({ arrival }: LotPair, text: Text): string {
  const how = text.offline.how(count(arrival.requests), batchText(arrival, text), count(arrival.inFlight));
  return arrival.askedBatch === undefined ? how : `${how}${text.listSeparator}${text.offline.noEndpoint(count(arrival.askedBatch))}`;
}

/** Heads of the table after the stage's name. */
export function lotHead({ offline: { head: h }, table }: Text): string[] {
  return [table.pairs, h.answered, h.refused, h.failed, h.missing, h.time, h.rate, h.requests, h.batch, h.inFlight];
}

/** Cells of one lot. */
export function lotCells({ arrival, lot }: LotPair): string[] {
  return [count(lot.pairs), count(lot.answered), count(lot.refused), count(lot.failed), count(lot.missing), lot.timeS === null ? dash : seconds(lot.timeS), plain(lot.pairsPerS), count(arrival.requests), count(arrival.batch), count(arrival.inFlight)];
}

/** Answered pairs a second, by second of the window; the last may be cut short, and stands for the part it has. */
export function pairsOverTime({ pairs, timeline, windowFromMs }: StageResult, lengthS: number): { xS: number; y: number }[] {
  return (pairs?.bySecond ?? []).flatMap((n, i) => {
    const coveredS = Math.min(1, lengthS - (timeline.t[i] ?? i));
    // A second that the window hardly reached would show a rate made of noise.
    return coveredS < 0.25 ? [] : [{ xS: windowFromMs / 1000 + i + coveredS / 2, y: n / coveredS }];
  });
}
