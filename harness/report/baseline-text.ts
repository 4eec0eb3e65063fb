import type { Baseline, BaselineFigure } from '../model/baseline.js';
import { inUnit } from './number.js';
import type { Language } from './report-input.js';
import { interval } from './stage-figure.js';
import { textOf } from './text/index.js';

/** What people look at first; the file has the rest. */
const shown = ['rps rate', 'latency p(50)', 'latency p(95)', 'latency p(99)', 'errors rate', 'rss max', 'vram max', 'capacity rate', 'job time', 'answers auc', 'answers f1'] as const;

/** A baseline for a terminal: by whom, of what, and its chief figures. */
export function baselineText({ scenario, accepted, fingerprint, runs, stages, whole }: Baseline, language: Language): string {
  const text = textOf(language);
  const { kept } = text.baseline;
  const lines = [
    ...stages.flatMap(({ name, figures }) => linesOf(figures).map((line) => `${name}${text.colon}${line}`)),
    ...linesOf(whole).map((line) => `${text.gates.wholeRun}${text.colon}${line}`),
  ];
  return [
    kept.head(scenario, runs.length, accepted.by, accepted.commit),
    kept.facts(fingerprint.cpu, String(fingerprint.cores), fingerprint.engine, fingerprint.model),
    ...lines,
    ...(runs.length === 1 ? [kept.oneRun] : []),
  ].join('\n');
}

function linesOf(figures: Record<string, BaselineFigure>): string[] {
  return shown.flatMap((name) => {
    const figure = Object.hasOwn(figures, name) ? figures[name] : undefined;
    if (figure === undefined) return [];
    const unit = name === 'errors rate' ? '%' : figure.unit;
    const show = (value: number | null): string => inUnit(value, unit);
    return [`${name} ${show(figure.value)} ${interval(figure.low, figure.high, show)}`.trimEnd()];
  });
}
