/** Several pairs as one request, by the batch endpoint of the wire format. */
import type { AddressPair } from '../model/dataset.js';
import type { RequestPlan } from '../model/request.js';

/** The JSON text of one request with several pairs, each as encodePair made it. Throws RangeError where the format has no batch endpoint. */
export function encodeBatch({ batch }: Pick<RequestPlan, 'batch'>, pairs: readonly string[]): string {
  return batchOf(batch).body.replace('{{pairs}}', () => pairs.join(','));
}

/** One pair of a batch, as it stands in the list. Both addresses are put in as JSON strings. */
export function encodePair({ batch }: Pick<RequestPlan, 'batch'>, { a, b }: Pick<AddressPair, 'a' | 'b'>): string {
  return batchOf(batch).pair.replace(/\{\{([ab])\}\}/g, (_, side: string) => JSON.stringify(side === 'a' ? a : b));
}

function batchOf(batch: RequestPlan['batch']): NonNullable<RequestPlan['batch']> {
  if (batch === undefined) throw new RangeError('the wire format has no batch endpoint');
  return batch;
}
