import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scaleOf } from '../../../harness/analysis/scale/index.js';
import { throughputAt } from '../../../harness/analysis/scale/usl-curve.js';
import { scaleFigure } from '../../../harness/report/html/scale-figure.js';
import type { ReportInput } from '../../../harness/report/report-input.js';
import { textOf } from '../../../harness/report/text/index.js';
import { sampleInput } from '../sample-input.js';

function inputOf(loads: readonly number[], users = loads): ReportInput {
  const input = sampleInput();
  const [stage] = input.analysis.stages;
  const levels = loads.map((inFlight, i) => ({ stage: i, inFlight, rps: throughputAt({ lambdaRps: 50, sigma: 0.02, kappa: 0.0002 }, inFlight) }));
  const stages = users.map((value, index) => ({ ...(stage as NonNullable<typeof stage>), index, level: { of: 'users', value } as const }));
  return { ...input, analysis: { ...input.analysis, stages, scale: scaleOf(levels, 0.95) } };
}

test('the caption tells knee and peak, the table the curve with its bounds', () => {
  const [figure] = scaleFigure(inputOf([1, 4, 16, 64, 192]), textOf('en'));
  assert.ok(figure && 'spec' in figure);
  assert.match(figure.caption, /^The knee is at 27\.2 .*in flight.* Throughput is highest at 70\.?\d* .*1,046 .*req\/s\. Universal Scalability Law with λ 50 req\/s, σ 0\.02, κ 0\.0002/);
  assert.equal(figure.rows.length, 25);
  const [chinese] = scaleFigure(inputOf([1, 4, 16, 64, 192]), textOf('zh-CN'));
  assert.ok(chinese && 'spec' in chinese);
  assert.match(chinese.caption, /^拐点在 27\.2 .*在途请求为 70/);
});

test('what was not seen is said to be unseen', () => {
  const [figure] = scaleFigure(inputOf([1, 2, 4, 8]), textOf('en'));
  assert.ok(figure && 'spec' in figure);
  assert.match(figure.caption, /^The knee lies beyond the loads that were tried\. A peak was not seen/);
});

test('a ladder that bears no curve says why; a run that is no ladder says nothing', () => {
  const text = textOf('en');
  const [narrow] = scaleFigure(inputOf([10, 15, 20, 30]), text);
  assert.ok(narrow && 'why' in narrow);
  assert.equal(narrow.why, text.scale.absent['too-narrow']);
  const [few] = scaleFigure(inputOf([1, 8], [1, 8, 64, 128]), text);
  assert.ok(few && 'why' in few);
  assert.equal(few.why, text.scale.absent['too-few-levels']);
  assert.deepEqual(scaleFigure(inputOf([1, 8]), text), []);
});
