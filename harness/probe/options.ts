import type { AddressPair } from '../model/dataset.js';
import type { ServerRecord } from '../model/record.js';
import type { RequestPlan } from '../model/request.js';

/** What to ask, of whom, and how to read the answers. */
export interface ProbeOptions {
  request: RequestPlan;
  server: ServerRecord;
  url: string;
  timeoutS: number;
  tolerance: number;
  /** [body index, pair] in the order in which the load will send them; only pairs that expect an answer. */
  pairs: readonly (readonly [number, AddressPair])[];
  encode: (a: string, b: string) => string;
  read: (status: number, body: string) => { score: number } | { wrong: string };
  /** The server died: stop asking. */
  gone: AbortSignal;
}
