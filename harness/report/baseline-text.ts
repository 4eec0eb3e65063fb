import type { Baseline, BaselineFigure } from '../model/baseline.js';
import { inUnit } from './number.js';
import { interval } from './stage-figure.js';

/** What people look at first; the file has the rest. */
const shown = ['rps rate', 'latency p(50)', 'latency p(95)', 'latency p(99)', 'errors rate', 'rss max', 'vram max', 'capacity rate', 'job time', 'answers auc', 'answers f1'] as const;

/** A baseline for a terminal: by whom, of what, and its chief figures. */
export function baselineText({ scenario, accepted, fingerprint, runs, stages, whole }: Baseline): string {
  const by = accepted.by === null ? '' : ` by ${accepted.by}`;
  const commit = accepted.commit === null ? '' : ` at ${accepted.commit}`;
  const lines = [
    ...stages.flatMap(({ name, figures }) => linesOf(figures).map((line) => `${name}: ${line}`)),
    ...linesOf(whole).map((line) => `whole run: ${line}`),
  ];
  return [
    `Baseline of ${scenario}, ${runs.length === 1 ? 'one run' : `${String(runs.length)} runs`}, accepted${by}${commit}`,
    `${fingerprint.cpu}, ${String(fingerprint.cores)} cores; ${fingerprint.engine ?? 'no engine'}; ${fingerprint.model ?? 'model unknown'}`,
    ...lines,
    ...(runs.length === 1 ? ['One run cannot tell the noise between runs, which is then taken to be at least 10%: accept five together (gate RUN RUN … --accept).'] : []),
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
