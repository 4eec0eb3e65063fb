import type { AbnormalRequest, AddressPair, MatchLabel, ProbePair } from '../model/dataset.js';
import type { ServerRecord } from '../model/record.js';
import type { RequestPlan } from '../model/request.js';

/** How one server is asked, one question at a time. */
export interface AskOptions {
  request: RequestPlan;
  url: string;
  timeoutS: number;
  encode: (a: string, b: string) => string;
  read: (status: number, body: string) => { score: number; label: MatchLabel | null } | { wrong: string };
  /** The server died: stop asking. */
  gone: AbortSignal;
}

/** What to ask for golden answers, and how to read them. */
export interface ProbeOptions extends AskOptions {
  server: ServerRecord;
  tolerance: number;
  /** [body index, pair] in the order in which the load will send them; only pairs that expect an answer. */
  pairs: readonly (readonly [number, AddressPair])[];
  /** Pairs that ask for knowledge of the world; empty = none are asked. */
  probePairs: readonly ProbePair[];
  /** Family of an operator; the operator's own name where it has none. */
  familyOf: (operator: string) => string;
  /** Whether the text of this pair may be kept, should it be among the worst. */
  mayKeepText: (pair: AddressPair) => boolean;
}

/** What to send that no well-behaved client would: each kind once. */
export interface AbnormalOptions extends AskOptions {
  kinds: readonly AbnormalRequest[];
}
