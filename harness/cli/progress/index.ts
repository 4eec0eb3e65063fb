import type { RunEvent } from '../../model/event.js';
import { line } from '../../report/index.js';
import type { Io } from '../io.js';
import { cliText } from '../text/index.js';
import { createDescriber, type Describer } from './describe.js';
import { fitting, tintOf } from './fit.js';

export type ProgressMode = 'auto' | 'plain' | 'json' | 'none';

/** Shows what goes on, on stderr. `now` is ms since the start. */
export interface Progress {
  onEvent(event: RunEvent): void;
  /** Removes the live line before something else is printed. */
  end(): void;
}

/** A plain log says something at least this often, so that CI does not think the job hangs. */
const plainEveryMs = 15_000;
/** Less, and nobody could read it. */
const speaksMs = 1_500;

/** Live line on a terminal, plain lines elsewhere, NDJSON on request (docs/terminal.md names every event). */
export function createProgress(mode: ProgressMode, io: Io, nowMs: () => number): Progress {
  if (mode === 'none') return { onEvent: () => undefined, end: () => undefined };
  if (mode === 'json') return { onEvent: (event) => { io.err(`${JSON.stringify({ tMs: Math.round(nowMs()), ...event })}\n`); }, end: () => undefined };
  const language = io.language ?? 'en';
  const describer = createDescriber(cliText(language), language);
  return mode === 'auto' && io.live ? liveProgress(describer, io, nowMs) : plainProgress(describer, io, nowMs);
}

function plainProgress(describer: Describer, io: Io, nowMs: () => number): Progress {
  let lastMs = -Infinity;
  /** Parts of a mix, which speak at the same time, each on its own. */
  const lastOfPart = new Map<number, number>();
  return {
    end: () => undefined,
    onEvent: (event) => {
      const passing = event.kind === 'tick' || event.kind === 'job-tick' || event.kind === 'progress';
      const text = describer(event);
      const part = event.kind === 'tick' && event.stage.mixed === true ? event.stage.index : null;
      if (passing && nowMs() - (part === null ? lastMs : (lastOfPart.get(part) ?? lastMs)) < plainEveryMs) return;
      if (!passing || lastMs > -Infinity) io.err(`[${clockOf(nowMs())}] ${line(text[0] ?? '')}\n`);
      if (part === null) lastMs = nowMs();
      else lastOfPart.set(part, nowMs());
    },
  };
}

/** Rewrites one line in place. It never fills the last column: some terminals wrap there, and what has wrapped cannot be taken back. */
function liveProgress(describer: Describer, io: Io, nowMs: () => number): Progress {
  let shown = false;
  /** Parts of a mix speak at the same time: each has the line for a while. */
  let speaker = { stage: -1, sinceMs: -Infinity };
  const mayNotSpeak = (event: RunEvent): boolean => {
    if (event.kind !== 'tick' || event.stage.mixed !== true || event.stage.index === speaker.stage) return false;
    if (shown && nowMs() - speaker.sinceMs < speaksMs) return true;
    speaker = { stage: event.stage.index, sinceMs: nowMs() };
    return false;
  };
  const clear = (): void => {
    if (shown) io.err('\r\u001b[2K');
    shown = false;
  };
  return {
    end: clear,
    onEvent: (event) => {
      const [fullest = '', ...shorter] = describer(event).map(line);
      if (mayNotSpeak(event)) return;
      const clock = `[${clockOf(nowMs())}] `;
      clear();
      // Notes and finished stages stay; everything else is overwritten by what comes next.
      if (event.kind === 'note' || event.kind === 'stage-end') {
        io.err(`${tintOf(event, io)(`${clock}${fullest}`)}\n`);
        return;
      }
      io.err(tintOf(event, io)(fitting([`${clock}${fullest}`, fullest, ...shorter], io.columns - 1)));
      shown = true;
    },
  };
}

function clockOf(ms: number): string {
  const s = Math.floor(ms / 1000);
  return `${String(Math.floor(s / 60)).padStart(2, '0')}:${String(s % 60).padStart(2, '0')}`;
}
