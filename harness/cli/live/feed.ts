/** What the live page is told: the ticks of the run as points, kept small however long the run is. */
import type { Gauges, RunEvent } from '../../model/event.js';
import { cut, line, stageName, type Language } from '../../report/index.js';
import { createDescriber } from '../progress/describe.js';
import { cliText } from '../text/index.js';
import { inChinese } from '../text/sentence.js';

/** `t`: s since the run started; the other keys as the page's figures name them. A key that is not there was not measured. */
export type LivePoint = Record<string, number>;

/** A line of its own in a figure: of a part of a mix, of a GPU. `base`: the key whose name it bears with `of` after it. */
export interface LiveLine {
  key: string;
  base: string;
  of: string;
}

export interface LiveNews {
  points: LivePoint[];
  lines: LiveLine[];
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
/** Of the name of a line, so that a legend holds several. */
const longestName = 24;
const languages = ['en', 'zh-CN'] as const satisfies readonly Language[];

/** An empty feed. `nowMs`: since the run started. */
export function createFeed(nowMs: () => number): LiveFeed {
  let points: { id: number; point: LivePoint }[] = [];
  let next = 0;
  let stages: { stage: Extract<RunEvent, { kind: 'stage-start' }>['stage']; from: number; to: number | null }[] = [];
  const notes: { text: string; warn: boolean }[] = [];
  const describers = { en: createDescriber(cliText('en'), 'en'), 'zh-CN': createDescriber(cliText('zh-CN'), 'zh-CN') };
  const sentences: Record<Language, string> = { en: '', 'zh-CN': '' };
  /** Of the parts of a mix, which go on at the same time: the last words of each. */
  const parts = new Map<number, Record<Language, string>>();
  const lines = new Map<string, LiveLine>();
  const lineOf = (base: string, key: string, of: string): string => {
    if (!lines.has(key)) lines.set(key, { key, base, of: cut(line(of), longestName) });
    return key;
  };
  let vramAbsent: string | null = null;
  /** Of each stage that goes on: failures so far, and when it last said so. */
  const heard = new Map<number, { failed: number; ms: number }>();
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
      const words = { en: describers.en(event)[0] ?? '', 'zh-CN': describers['zh-CN'](event)[0] ?? '' };
      if (event.kind === 'tick' && event.stage.mixed === true) parts.set(event.stage.index, words);
      else parts.clear();
      for (const language of languages) sentences[language] = parts.size === 0 ? words[language] : [...parts].sort(([a], [b]) => a - b).map(([, said]) => line(said[language])).join('\n');
      const t = Math.round(nowMs() / 10) / 100;
      if (event.kind === 'stage-start') {
        stages.push({ stage: event.stage, from: t, to: null });
        // A search or a comparison may have hundreds.
        if (stages.length > 400) stages = stages.slice(-200);
        heard.set(event.stage.index, { failed: 0, ms: nowMs() });
      } else if (event.kind === 'stage-end') {
        const ended = stages.findLast(({ stage }) => stage.index === event.stage.index);
        if (ended !== undefined) ended.to = t;
      } else if (event.kind === 'tick' || event.kind === 'job-tick') {
        vramAbsent = event.vramAbsent ?? null;
        const point: LivePoint = { t, ...gaugesOf(event, lineOf) };
        if (event.kind === 'tick') {
          const { recent, stage } = event;
          const before = heard.get(stage.index) ?? { failed: 0, ms: nowMs() };
          if (event.elapsedS >= 0) {
            const mixed = stage.mixed === true;
            const put = (key: string, value: number | null | undefined): void => {
              if (value !== null && value !== undefined) point[mixed ? lineOf(key, `${key}@${String(stage.index)}`, stage.name) : key] = round(value);
            };
            put('rps', event.rps);
            put('errors', ((event.failed - before.failed) * 1000) / Math.max(1, nowMs() - before.ms));
            put('p50', recent?.p50Ms);
            put('p95', recent?.p95Ms);
            if (!mixed) put('p99', recent?.p99Ms);
          }
          heard.set(stage.index, { failed: event.failed, ms: nowMs() });
        }
        push(point);
      }
    },
    news: (after, language) => {
      askedMs = nowMs();
      told ||= ended;
      const { progress } = cliText(language);
      return {
        points: points.filter(({ id }) => id >= after).map(({ point }) => point),
        lines: [...lines.values()],
        next,
        line: sentences[language].split('\n').map(line).join('\n'),
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

function gaugesOf({ gpus, queue, batch, processes }: Gauges, lineOf: (base: string, key: string, of: string) => string): LivePoint {
  const point: LivePoint = {};
  for (const { index, memoryMiB, utilization } of gpus ?? []) {
    const of = String(index);
    if (memoryMiB !== null) point[lineOf('vram', `vram@${of}`, of)] = round(memoryMiB);
    if (utilization !== null) point[lineOf('use', `use@${of}`, of)] = round(utilization * 100);
  }
  if (queue !== undefined) point['queue'] = round(queue);
  if (batch !== undefined) point['batch'] = round(batch);
  for (const [source, { cpuCores, rssMiB }] of Object.entries(processes ?? {})) {
    // Of a mix each part has an engine: `engine:NAME`.
    const [name = '', part] = source.split(/:(.*)/s);
    const key = (base: string): string => (part === undefined ? base : lineOf(base, `${base}@${part}`, part));
    if (cpuCores !== null) point[key(`cpu.${name}`)] = round(cpuCores);
    point[key(`memory.${name}`)] = round(rssMiB);
  }
  return point;
}

/** Four digits are more than a chart shows. */
function round(value: number): number {
  return Number(value.toPrecision(4));
}
