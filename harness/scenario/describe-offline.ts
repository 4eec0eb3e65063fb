/** What an offline load sends, in words and bytes, before it is sent. */
import type { RequestPlan } from '../model/request.js';
import type { OfflineArrival } from '../model/stage-shapes.js';
import { groupDigits } from '../model/unit.js';
import type { PlanText } from './text/index.js';

/** "32 a request, 8 at a time", and that the format has no batch endpoint where batches are asked for. */
export function howSent({ batch, inFlight, askedBatch }: OfflineArrival, format: string, text: PlanText): string {
  const how = text.offline(groupDigits(batch), groupDigits(inFlight));
  return askedBatch === undefined ? how : text.noBatch(how, format, groupDigits(askedBatch));
}

/** Bytes of all bodies, where `bodyBytes` is the mean of a single request. */
export function offlineBytes({ pairs, requests, batch }: OfflineArrival, request: RequestPlan, bodyBytes: number): number {
  if (batch === 1 || request.batch === undefined) return pairs * bodyBytes;
  const frame = (text: string): number => Buffer.byteLength(text.replace(/\{\{(?:a|b|pairs)\}\}/g, ''));
  return pairs * (bodyBytes - frame(request.body) + frame(request.batch.pair)) + (pairs - requests) + requests * frame(request.batch.body);
}
