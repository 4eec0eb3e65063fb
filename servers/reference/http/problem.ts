import { STATUS_CODES } from 'node:http';

/** Kinds of refusal, each with its HTTP status. */
const statuses = {
  'invalid-json': 400,
  'invalid-utf8': 400,
  'not-an-object': 400,
  'missing-field': 400,
  'wrong-type': 400,
  'blank': 400,
  'too-long': 400,
  'bad-request': 400,
  'not-found': 404,
  'method-not-allowed': 405,
  'request-timeout': 408,
  'body-too-large': 413,
  'too-many-pairs': 413,
  'unsupported-media-type': 415,
  'queue-full': 429,
  'headers-too-large': 431,
  /** Seen by the log and the metrics only: the connection was gone before the answer. */
  'client-gone': 499,
  'internal-error': 500,
  'inference-failed': 500,
  'not-ready': 503,
  'stopping': 503,
  'deadline-passed': 503,
  'inference-timeout': 504,
  /** Planted by --fault. */
  'planted-500': 500,
  'planted-502': 502,
  'planted-503': 503,
  'planted-504': 504,
} as const;

export type ProblemKind = keyof typeof statuses;

/** Problem details by RFC 9457. `field` names the part of the request that is at fault. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  field?: string;
}

export const problemType = 'application/problem+json; charset=utf-8';

/** A request that cannot be answered. Its detail never repeats what the client sent: that may be an address. */
export class ProblemError extends Error {
  readonly kind: ProblemKind;
  readonly field: string | undefined;
  readonly retryAfterS: number | undefined;

  constructor(kind: ProblemKind, detail: string, field?: string, retryAfterS?: number) {
    super(detail);
    this.name = 'ProblemError';
    this.kind = kind;
    this.field = field;
    this.retryAfterS = retryAfterS;
  }

  get status(): number {
    return statuses[this.kind];
  }

  /** The body of the answer. */
  toProblem(): Problem {
    const problem: Problem = {
      type: `urn:mgeo-bench:problem:${this.kind}`,
      title: STATUS_CODES[this.status] ?? 'Error',
      status: this.status,
      detail: this.message,
    };
    if (this.field !== undefined) problem.field = this.field;
    return problem;
  }
}
