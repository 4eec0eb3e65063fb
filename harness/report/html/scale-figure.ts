/** The figure of throughput over load as a fitted curve, with its knee. */
import type { Estimate, Finding } from '../../model/estimate.js';
import type { ReportInput } from '../report-input.js';
import { percent, plain, rps } from '../number.js';
import { interval } from '../stage-figure.js';
import type { Text } from '../text/index.js';
import { curveSpec } from './chart/curve.js';
import type { FigureOrWhy } from './time-drawing.js';

/** Fewer levels of closed load say nothing about a curve, and a line about that would be noise. */
const worthSaying = 4;

const bounded = ({ value, low, high }: Estimate): string => `${plain(value)} ${interval(low, high)}`.trimEnd();

/** Empty where the run is no ladder of users. */
export function scaleFigure({ record, analysis }: ReportInput, text: Text): FigureOrWhy[] {
  const { scale } = analysis;
  const title = text.chart.title.scale;
  const levels = new Set(analysis.stages.filter(({ level }) => level.of === 'users').map(({ level }) => level.value)).size;
  if (scale.kind === 'absent') return levels < worthSaying ? [] : [{ id: 'scale', title, why: text.scale.absent[scale.why] ?? scale.why }];
  const { curve, knee, peak, worstMiss, band } = scale.value;
  const atKnee = knee.kind === 'found' ? text.scale.knee(bounded(knee.value)) : text.scale.kneeBeyond;
  const atPeak = peak.kind === 'found' ? text.scale.peak(bounded(peak.value.inFlight), `${bounded(peak.value.rps)} req/s`) : text.scale.peakUnseen;
  const measured = scale.value.levels.map(({ inFlight }) => inFlight);
  const ends = measured.length === 0 ? null : [plain(Math.min(...measured)), plain(Math.max(...measured))] as const;
  const mark = (found: Finding<Estimate>, label: string): { x: number; label: string }[] => (found.kind === 'found' ? [{ x: found.value.value, label }] : []);
  return [{
    id: 'scale', title,
    caption: [atKnee, atPeak, text.scale.curve(rps(curve.lambdaRps), plain(curve.sigma), plain(curve.kappa), percent(worstMiss), percent(record.plan.policy.confidence)), ...(ends === null ? [] : [text.scale.validTo(...ends)])].join(text.sentenceSpace),
    spec: curveSpec({
      points: scale.value.levels.map(({ inFlight, rps: y }) => ({ x: inFlight, y, tip: text.scale.tip(plain(inFlight), rps(y)) })),
      band: band.map(({ inFlight, rps: y, low, high }) => ({ x: inFlight, y, low, high })),
      marks: mark(knee, text.scale.kneeMark),
      xTitle: text.chart.inFlight, yTitle: text.chart.requestsPerSecond,
    }),
    head: [text.chart.inFlight, `${text.scale.fitted} (req/s)`, text.chart.low, text.chart.high],
    rows: band.map(({ inFlight, rps: y, low, high }) => [plain(inFlight), plain(y), plain(low), plain(high)]),
  }];
}
