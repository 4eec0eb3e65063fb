/** What an offline load sends, in words and bytes, before it is sent. */
import type { RequestPlan } from '../model/request.js';
import type { OfflineArrival } from '../model/stage-shapes.js';
import { groupDigits } from '../model/unit.js';

/** "32 a request, 8 at a time", and that the format has no batch endpoint where batches are asked for. */
export function howSent({ batch, inFlight, askedBatch }: OfflineArrival, format: string): string {
  const how = `${batch === 1 ? 'one' : groupDigits(batch)} a request, ${groupDigits(inFlight)} at a time`;
  return askedBatch === undefined ? how : `${how}: ${format} has no batch endpoint, so single calls in place of ${groupDigits(askedBatch)}`;
}

/** Bytes of all bodies, where `bodyBytes` is the mean of a single request. */
export function offlineBytes({ pairs, requests, batch }: OfflineArrival, request: RequestPlan, bodyBytes: number): number {
  if (batch === 1 || request.batch === undefined) return pairs * bodyBytes;
  const frame = (text: string): number => Buffer.byteLength(text.replace(/\{\{(?:a|b|pairs)\}\}/g, ''));
  return pairs * (bodyBytes - frame(request.body) + frame(request.batch.pair)) + (pairs - requests) + requests * frame(request.batch.body);
}
