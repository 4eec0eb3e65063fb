/** An event in words: the same, shorter and shorter, for narrower and narrower terminals. */
import type { RunEvent } from '../../model/event.js';
import type { Stage } from '../../model/stage.js';
import { formatMiB, groupDigits, trim } from '../../model/unit.js';
import { stageName, type Language } from '../../report/index.js';
import type { CliText } from '../text/index.js';
import { inLanguage } from '../text/sentence.js';
import { probeText } from './probe-text.js';

/** At least one text, the fullest first. */
export type Describer = (event: RunEvent) => string[];

type Tick = Extract<RunEvent, { kind: 'tick' }>;
type JobTick = Extract<RunEvent, { kind: 'job-tick' }>;

/** What is given up, in this order, until the line fits. */
interface Shape {
  bar: number;
  place: boolean;
  why: boolean;
  whole: boolean;
  spelt: boolean;
}
const shapes: readonly Shape[] = [
  { bar: 10, place: true, why: true, whole: true, spelt: true },
  { bar: 6, place: true, why: true, whole: true, spelt: true },
  { bar: 6, place: false, why: true, whole: true, spelt: true },
  { bar: 6, place: false, why: false, whole: true, spelt: true },
  { bar: 0, place: false, why: false, whole: true, spelt: true },
  { bar: 6, place: false, why: false, whole: false, spelt: false },
  { bar: 0, place: false, why: false, whole: false, spelt: false },
];
/** Of the last line of a job, on one line of a terminal. */
const mostFigures = 4;

/** Remembers how many stages there are: a tick does not say. */
export function createDescriber(text: CliText, language: Language): Describer {
  const { progress } = text;
  const said = (sentence: string): string => inLanguage(sentence, language);
  let stages: number | null = null;
  return (event) => {
    switch (event.kind) {
      case 'phase':
        return [`${text.phases[event.phase]}${event.detail === undefined ? '' : `${text.colon}${said(event.detail)}`}`];
      case 'note':
        return [event.level === 'warn' ? text.warning(said(event.text)) : said(event.text)];
      case 'progress': {
        const { done, total } = event;
        const what = said(event.what);
        return total === null ? [`${what} (${groupDigits(done)})`] : [10, 6].map((cells) => `${what} ${bar(done / total, cells)} ${groupDigits(done)}/${groupDigits(total)}`);
      }
      case 'stage-start':
        stages = event.stages;
        if (event.stage.arrival.kind === 'job') return [progress.jobStarting];
        return [progress.starting(stageName(event.stage, language), stages === null ? progress.probe(event.stage.index + 1) : progress.stageOf(event.stage.index + 1, stages))];
      case 'tick':
        return shapes.map((shape) => tickText(event, shape, stages, text, language));
      case 'job-tick':
        return [mostFigures, 2, 1].map((figures) => jobText(event, figures, text));
      case 'stage-end':
        return [`${stageName(event.stage, language)}${text.colon}${event.probe === undefined ? (progress.ended[event.status] ?? event.status) : probeText(event.probe, text)}`];
    }
  };
}

function tickText(event: Tick, shape: Shape, stages: number | null, text: CliText, language: Language): string {
  const { progress } = text;
  const { stage } = event;
  const name = `${stageName(stage, language)}${shape.place ? placeText(stage, stages) : ''}`;
  // Elapsed counts from the end of the warm-up, whose requests are not measured: there is nothing to show of them.
  if (event.elapsedS < 0) return `${name}${text.colon}${progress.warmingUp(trim(Math.ceil(-event.elapsedS)))}`;
  const now = tenths(Math.min(event.elapsedS, stage.durationS));
  const goal = requestsOf(stage);
  const done = event.completed + event.failed;
  const elapsed = shape.whole && goal === null ? progress.secondsOf(now, trim(stage.durationS)) : progress.seconds(now);
  const drawn = shape.bar === 0 ? '' : `${bar(goal === null ? event.elapsedS / stage.durationS : done / goal, shape.bar)} `;
  const parts = [
    `${name}${shape.spelt ? text.colon : ' '}${drawn}${elapsed}`,
    ...(goal === null || !shape.place ? [] : [progress.requestsOf(groupDigits(Math.min(done, goal)), groupDigits(goal))]),
    shape.spelt ? progress.rps(trim(event.rps)) : `${trim(event.rps)}/s`,
    progress.p95(event.p95Ms === null ? null : trim(event.p95Ms)),
    shape.spelt ? progress.errors(event.failed) : progress.errorsShort(event.failed),
    ...vramText(event, shape.why, text),
  ];
  return parts.join(shape.spelt ? ' | ' : ' ');
}

/** The window of such a stage ends with so many answered requests, and its length is only the longest it may take; null where time ends it. */
function requestsOf({ arrival, minRequests }: Stage): number | null {
  return arrival.kind === 'offline' ? arrival.requests : minRequests;
}

/** Which stage of how many; of a search nobody knows how many. */
function placeText({ index }: Stage, stages: number | null): string {
  return stages === null ? '' : ` (${String(index + 1)}/${String(stages)})`;
}

function vramText({ vramMiB, vramAbsent }: Tick | JobTick, why: boolean, { progress }: CliText): string[] {
  if (vramMiB !== null) return [progress.vram(formatMiB(vramMiB))];
  return why && vramAbsent !== undefined ? [progress.vramWhy(progress.vramAbsent[vramAbsent] ?? vramAbsent)] : [];
}

function jobText(event: JobTick, figures: number, text: CliText): string {
  const { progress } = text;
  return [
    `${progress.job}${text.colon}${progress.seconds(tenths(event.elapsedS))}`,
    progress.lines(event.lines),
    ...event.latest.slice(0, figures).map(([name, value]) => `${name} ${value === null ? '—' : figureText(value)}`),
    ...vramText(event, figures === mostFigures, text),
  ].join(' | ');
}

/** As wide a tick later: a line that is rewritten must not jump. */
function tenths(seconds: number): string {
  return seconds >= 100 ? String(Math.round(seconds)) : seconds.toFixed(1);
}

/** Six significant digits: a loss of 0.000123 is not 0. */
function figureText(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function bar(share: number, cells: number): string {
  const full = Math.max(0, Math.min(cells, Math.round(share * cells)));
  return '█'.repeat(full) + '░'.repeat(cells - full);
}
