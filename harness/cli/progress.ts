import stringWidth from 'string-width';
import type { RunEvent } from '../model/event.js';
import type { SearchProbe } from '../model/search.js';
import { formatMiB, trim } from '../model/unit.js';
import type { Io } from './io.js';

export const progressModes = ['auto', 'plain', 'json', 'none'] as const;
export type ProgressMode = (typeof progressModes)[number];

/** Shows what goes on, on stderr. `now` is ms since the start. */
export interface Progress {
  onEvent(event: RunEvent): void;
  /** Removes the live line before something else is printed. */
  end(): void;
}

/** A plain log says something at least this often, so that CI does not think the job hangs. */
const plainEveryMs = 15_000;

/** Live line on a terminal, plain lines elsewhere, NDJSON on request. */
export function createProgress(mode: ProgressMode, io: Io, nowMs: () => number): Progress {
  if (mode === 'none') return { onEvent: () => undefined, end: () => undefined };
  if (mode === 'json') return { onEvent: (event) => { io.err(`${JSON.stringify({ tMs: Math.round(nowMs()), ...event })}\n`); }, end: () => undefined };
  return mode === 'auto' && io.live ? liveProgress(io, nowMs) : plainProgress(io, nowMs);
}

function plainProgress(io: Io, nowMs: () => number): Progress {
  let lastMs = -Infinity;
  return {
    end: () => undefined,
    onEvent: (event) => {
      const passing = event.kind === 'tick' || event.kind === 'job-tick' || event.kind === 'progress';
      if (passing && nowMs() - lastMs < plainEveryMs) return;
      if (!passing || lastMs > -Infinity) {
        const line = describe(event);
        if (line === null) return;
        io.err(`[${clockOf(nowMs())}] ${line}\n`);
      }
      lastMs = nowMs();
    },
  };
}

function liveProgress(io: Io, nowMs: () => number): Progress {
  let shown = false;
  const clear = (): void => {
    if (shown) io.err('\r\u001b[2K');
    shown = false;
  };
  return {
    end: clear,
    onEvent: (event) => {
      const line = describe(event);
      if (line === null) return;
      clear();
      const text = `[${clockOf(nowMs())}] ${line}`;
      // Notes and finished stages stay; everything else is overwritten by what comes next.
      if (event.kind === 'note' || event.kind === 'stage-end') io.err(`${text}\n`);
      else {
        io.err(cut(text, io.columns - 1));
        shown = true;
      }
    },
  };
}

const phaseText: Record<string, string> = {
  plan: 'reading the scenario',
  prepare: 'looking for the load engine',
  dataset: 'making the address pairs',
  boot: 'starting the server',
  probe: 'asking golden answers, one at a time',
  load: 'driving the load',
  job: 'running the job',
  conformance: 'making the checks of conformance, one after the other',
  analyse: 'analysing',
  report: 'writing the report',
};

function describe(event: RunEvent): string | null {
  switch (event.kind) {
    case 'phase':
      return `${phaseText[event.phase] ?? event.phase}${event.detail === undefined ? '' : `: ${event.detail}`}`;
    case 'note':
      return event.level === 'warn' ? `warning: ${event.text}` : event.text;
    case 'progress':
      return event.total === null ? `${event.what} (${String(event.done)})` : `${event.what} ${bar(event.done / event.total)} ${String(event.done)}/${String(event.total)}`;
    case 'stage-start':
      if (event.stage.arrival.kind === 'job') return 'job: starting';
      return `${event.stage.name} (${event.stages === null ? `probe ${String(event.stage.index + 1)}` : `stage ${String(event.stage.index + 1)} of ${String(event.stages)}`}): starting`;
    case 'tick': {
      // Elapsed counts from the end of the warm-up, whose requests are not measured: there is nothing to show of them.
      const parts = event.elapsedS < 0 ? [`${event.stage.name}: warming up, ${trim(Math.ceil(-event.elapsedS))} s to go`] : [
        `${event.stage.name}: ${bar(event.elapsedS / event.stage.durationS)} ${trim(event.elapsedS)} s`,
        `RPS ${trim(event.rps)}`,
        `p95 ${event.p95Ms === null ? '—' : `${trim(event.p95Ms)} ms`}`,
        `errors ${String(event.failed)}`,
        ...(event.vramMiB === null ? [] : [`VRAM ${formatMiB(event.vramMiB)}`]),
      ];
      return parts.join(' | ');
    }
    case 'job-tick':
      return [
        `job: ${trim(event.elapsedS)} s`,
        `${String(event.lines)} ${event.lines === 1 ? 'line' : 'lines'}`,
        ...event.latest.slice(0, mostFigures).map(([name, value]) => `${name} ${value === null ? '—' : figureText(value)}`),
        ...(event.vramMiB === null ? [] : [`VRAM ${formatMiB(event.vramMiB)}`]),
      ].join(' | ');
    case 'stage-end':
      return `${event.stage.name}: ${event.probe === undefined ? event.status : probeText(event.probe)}`;
  }
}

/** Of the last line of a job, on one line of a terminal. */
const mostFigures = 4;

/** Six significant digits: a loss of 0.000123 is not 0. */
function figureText(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** "pass, latency p(95)<100ms: 12 of 2,400 beyond the limit, 5 % may be". */
function probeText({ state, purpose, reason: { code, params } }: SearchProbe): string {
  const { gate, bad, n, allowed, needed, why } = params;
  const again = purpose === 'confirm' ? ' (confirming)' : '';
  const counted = gate === undefined ? '' : `, ${String(gate)}: ${String(bad)} of ${String(n)} beyond it, fewer than ${trim(Number(allowed) * 100)} % may be`;
  if (code === 'invalid') return `${state}${again}, the measurement is not valid: ${String(why)}`;
  if (code === 'unstable') return `${state}${again}, arrivals exceed service: ${trim(Number(params['endedRps']))} of ${trim(Number(params['askedRps']))} requests/s ended`;
  return `${state}${again}${counted}${needed === undefined ? '' : `; ${String(needed)} requests would decide`}`;
}

function bar(share: number): string {
  const full = Math.max(0, Math.min(10, Math.round(share * 10)));
  return '█'.repeat(full) + '░'.repeat(10 - full);
}

function clockOf(ms: number): string {
  const s = Math.floor(ms / 1000);
  return `${String(Math.floor(s / 60)).padStart(2, '0')}:${String(s % 60).padStart(2, '0')}`;
}

function cut(text: string, columns: number): string {
  let line = text;
  while (stringWidth(line) > columns) line = line.slice(0, -1);
  return line;
}
