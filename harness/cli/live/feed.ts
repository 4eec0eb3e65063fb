/** What the live page is told: the ticks of the run as points, kept small however long the run is. */
import type { Gauges, RunEvent } from '../../model/event.js';
import { line, stageName, type Language } from '../../report/index.js';
import { createDescriber } from '../progress/describe.js';
import { cliText } from '../text/index.js';
import { inChinese } from '../text/sentence.js';

/** `t`: s since the run started; the other keys as the page's figures name them. A key that is not there was not measured. */
export type LivePoint = Record<string, number>;

export interface LiveNews {
  points: LivePoint[];
  /** What to ask for next. */
  next: number;
  line: string;
  stages: { name: string; from: number; to: number | null }[];
  notes: string[];
  vramWhy: string | null;
  ended: boolean;
}

export interface LiveFeed {
  onEvent(event: RunEvent): void;
  /** Everything from point `after` on, in the words of a language. */
  news(after: number, language: Language): LiveNews;
  /** The run is over: the next answer says so. */
  end(): void;
  /** Whether somebody has heard that. */
  told(): boolean;
  /** When somebody last asked, on the clock of `nowMs`; -Infinity before. */
  askedMs(): number;
}

/** Half an hour at two a second; what is older is thinned to half, again and again. */
const mostPoints = 3600;
const mostNotes = 20;
const languages = ['en', 'zh-CN'] as const satisfies readonly Language[];

/** An empty feed. `nowMs`: since the run started. */
export function createFeed(nowMs: () => number): LiveFeed {
  let points: { id: number; point: LivePoint }[] = [];
  let next = 0;
  let stages: { stage: Extract<RunEvent, { kind: 'stage-start' }>['stage']; from: number; to: number | null }[] = [];
  const notes: { text: string; warn: boolean }[] = [];
  const describers = { en: createDescriber(cliText('en'), 'en'), 'zh-CN': createDescriber(cliText('zh-CN'), 'zh-CN') };
  const lines: Record<Language, string> = { en: '', 'zh-CN': '' };
  let vramAbsent: string | null = null;
  let failed = 0;
  let lastMs = 0;
  let ended = false;
  let told = false;
  let askedMs = -Infinity;

  const push = (point: LivePoint): void => {
    if (points.length >= mostPoints) points = points.filter((_, i) => i % 2 === 0 || i > points.length / 2);
    points.push({ id: next, point });
    next += 1;
  };
  return {
    onEvent: (event) => {
      if (event.kind === 'note') {
        notes.push({ text: event.text, warn: event.level === 'warn' });
        if (notes.length > mostNotes) notes.shift();
        return;
      }
      for (const language of languages) lines[language] = describers[language](event)[0] ?? '';
      const t = Math.round(nowMs() / 10) / 100;
      if (event.kind === 'stage-start') {
        stages.push({ stage: event.stage, from: t, to: null });
        // A search or a comparison may have hundreds.
        if (stages.length > 400) stages = stages.slice(-200);
        failed = 0;
        lastMs = nowMs();
      } else if (event.kind === 'stage-end') {
        const last = stages.at(-1);
        if (last !== undefined) last.to = t;
      } else if (event.kind === 'tick' || event.kind === 'job-tick') {
        vramAbsent = event.vramAbsent ?? null;
        const point: LivePoint = { t, ...gaugesOf(event) };
        if (event.kind === 'tick' && event.elapsedS >= 0) {
          const { recent } = event;
          point['rps'] = round(event.rps);
          point['errors'] = round(((event.failed - failed) * 1000) / Math.max(1, nowMs() - lastMs));
          for (const [key, value] of [['p50', recent?.p50Ms], ['p95', recent?.p95Ms], ['p99', recent?.p99Ms]] as const) if (value !== null && value !== undefined) point[key] = round(value);
          failed = event.failed;
        }
        lastMs = nowMs();
        push(point);
      }
    },
    news: (after, language) => {
      askedMs = nowMs();
      told ||= ended;
      const { progress } = cliText(language);
      return {
        points: points.filter(({ id }) => id >= after).map(({ point }) => point),
        next,
        line: line(lines[language]),
        stages: stages.map(({ stage, from, to }) => ({ name: line(stageName(stage, language)), from, to })),
        notes: notes.map(({ text, warn }) => {
          const said = line(language === 'en' ? text : inChinese(text));
          return warn ? cliText(language).warning(said) : said;
        }),
        vramWhy: vramAbsent === null ? null : progress.vramWhy(progress.vramAbsent[vramAbsent] ?? vramAbsent),
        ended,
      };
    },
    end: () => { ended = true; },
    told: () => told,
    askedMs: () => askedMs,
  };
}

function gaugesOf({ vramMiB, processes }: Gauges): LivePoint {
  const point: LivePoint = {};
  if (vramMiB !== null) point['vram'] = round(vramMiB);
  for (const [source, { cpuCores, rssMiB }] of Object.entries(processes ?? {})) {
    if (cpuCores !== null) point[`cpu.${source}`] = round(cpuCores);
    point[`memory.${source}`] = round(rssMiB);
  }
  return point;
}

/** Four digits are more than a chart shows. */
function round(value: number): number {
  return Number(value.toPrecision(4));
}
