/**
 * One request as one line of text: what engines write and the harness reads (row.ts). No import: the k6 script runs this file
 * inside k6. Whole microseconds on the engine's own clock; the raw Server-Timing header comes last because it may hold anything.
 *
 *   R|user|seq|ticket|start|end|latency|pause|status|fault|score|batch|cache|degraded|timing
 */

/** Fields of a row, in the order of the line. */
export interface RowFields {
  user: number;
  /** Of this user's requests, from 0: a gap means lost rows. */
  seq: number;
  ticket: number;
  /** From the moment the user begins the request, wait for a connection included; times in ms. */
  startMs: number;
  endMs: number;
  /** On another measurement than end − start, where the engine has one. */
  latencyMs: number;
  /** Planned pause until this user's next request. */
  pauseMs: number;
  /** HTTP status, 0 where there was no answer. */
  status: number;
  /** '' | AnswerFault | TransportError */
  fault: string;
  /** Of a batch: one a pair. */
  score: number | readonly number[];
  batch: string;
  cache: string;
  /** '' | 'd': a fallback answered. */
  degraded: string;
  timing: string;
}

/** The line, without its end. */
export function rowText(row: RowFields): string {
  return `R|${row.user}|${row.seq}|${row.ticket}|${us(row.startMs)}|${us(row.endMs)}|${us(row.latencyMs)}|${us(row.pauseMs)}|${row.status}|${row.fault}|${scoreText(row.score)}|${row.batch}|${row.cache}|${row.degraded}|${row.timing}`;
}

/**
 * The first line of an engine: its clock beside the wall clock at the same moment, so that its moments can be placed; and when the
 * load begins on its clock.
 */
export function clockText(clockMs: number, epochMs: number, startMs: number): string {
  return `C|${us(clockMs)}|${us(epochMs)}|${us(startMs)}`;
}

/** Reads the line, from behind `C|`; where the load's beginning is not named it is now. */
export function readClock(text: string): [clockMs: number, epochMs: number, startMs: number] {
  const [clockUs, epochUs, startUs = clockUs] = text.split('|');
  return [Number(clockUs) / 1000, Number(epochUs) / 1000, Number(startUs) / 1000];
}

/** A batch's scores with spaces between them. */
function scoreText(score: RowFields['score']): string {
  if (typeof score !== 'number') return score.join(' ');
  return Number.isNaN(score) ? '' : String(score);
}

function us(ms: number): number {
  return Math.round(ms * 1000);
}
