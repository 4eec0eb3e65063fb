/** Were the answers right? Their quality before the load, whether they held under it, and how abnormal requests were met. */
import type { RunRecord } from '../../model/record.js';
import { levelOf } from '../../model/stage.js';
import { headFigures, inClassOrder } from '../answer-figure.js';
import { count, dash, plain } from '../number.js';
import type { ReportInput } from '../report-input.js';
import { shownStage } from '../stage-figure.js';
import type { Text } from '../text/index.js';
import { errorWords, nameIn, reasonWords } from '../words.js';
import { renderAbnormal } from './abnormal-table.js';
import { html, type Markup } from './escape.js';
import { confusionTable, probeTables, shareTables, worstTable } from './quality-tables.js';
import { facts, table } from './table.js';
import { tag } from './verdict-section.js';

function underLoad(record: RunRecord, text: Text): Markup {
  const measured = record.stages.filter(({ stage }) => stage.role === 'measure');
  const checked = measured.reduce((sum, { answers }) => sum + answers.checked, 0);
  if (checked === 0) return html`<p>${text.answers.notChecked}</p>`;
  const flips = measured.reduce((sum, { answers }) => sum + answers.flips, 0);
  const moved = measured.reduce((sum, { answers }) => sum + answers.moved, 0);
  const deltas = measured.flatMap(({ answers }) => (answers.maxDelta === null ? [] : [answers.maxDelta]));
  return html`<p>${text.answers.checkedText(count(checked), count(flips), count(moved), plain(record.plan.answers.tolerance), deltas.length === 0 ? dash : plain(Math.max(...deltas)))}</p>`;
}

function byClass(record: RunRecord, text: Text): Markup {
  const measured = record.stages.filter(({ stage }) => stage.role === 'measure');
  // Where a request has several pairs, no class has latencies of its own.
  const timed = measured.some(({ byClass: classes }) => Object.values(classes).some(({ p50Ms }) => p50Ms !== null));
  const rows = measured.flatMap(({ stage, byClass: classes }) => inClassOrder(classes).map(([name, one]) => [
    shownStage(text, { name: stage.name, level: levelOf(stage.arrival) }), nameIn(text.codes.classes, name), count(one.started), count(one.completed), count(one.failed), count(one.rejected), count(one.checked), count(one.flips), ...(timed ? [plain(one.p50Ms), plain(one.p95Ms)] : []),
  ]));
  if (rows.length === 0) return html`<p>${text.answers.noClasses}</p>`;
  const a = text.answers;
  return table({ label: a.byClass, head: [a.stage, a.class, a.started, a.completed, a.failed, a.rejected, a.checked, a.flips, ...(timed ? ['p50 (ms)', 'p95 (ms)'] : [])], rows, words: [1] });
}

function oracles(record: RunRecord, text: Text): Markup {
  const { probe } = record;
  const a = text.answers;
  if (probe?.status !== 'done') return html``;
  const rows = probe.oracles.map((oracle) => [
    html`${nameIn(text.codes.oracles, oracle.id)} <small><code>${oracle.id}</code></small>`, tag(oracle.status, text), plain(oracle.value), plain(oracle.limit), count(oracle.n), reasonWords(text, oracle.why, ''),
  ]);
  return html`${rows.length === 0 ? null : table({ label: a.oracles, head: [a.oracle, text.gates.status, a.value, a.limit, a.n, a.why], rows, words: [1], prose: [0, 5] })}`;
}

/** What was asked, and the figures that are one number each. */
function asked({ record, analysis }: ReportInput, text: Text): Markup {
  const { probe } = record;
  const a = text.answers;
  if (probe === null || probe.status === 'skipped') return html`<p>${a.probeSkipped(probe === null ? text.notMeasured : reasonWords(text, probe.why, text.notMeasured))}</p>`;
  const wrong = Object.entries(probe.wrong);
  const pairs: [string, string][] = [
    ...headFigures(analysis, text),
    // Records from before golden answers were kept have the number alone.
    ...(probe.golden === undefined && probe.auc !== null ? [[a.auc, plain(probe.auc)] as [string, string]] : []),
    ...(Object.keys(probe.medians).length === 0 ? [] : [[a.medians, inClassOrder(probe.medians).map(([name, score]) => `${name} ${plain(score)}`).join(' · ')] as [string, string]]),
    ...(wrong.length === 0 ? [] : [[a.wrongKinds, wrong.map(([kind, n]) => `${errorWords(text, kind)} × ${count(n)}`).join(' · ')] as [string, string]]),
  ];
  const aucNote = analysis.answers.aucs.highLow.kind === 'found' ? html`<p class="note">${a.aucNote}</p>` : null;
  return html`<p>${a.probeText(count(probe.asked), count(probe.answered), count(wrong.reduce((sum, [, n]) => sum + n, 0)))}${probe.meaningful ? '' : `${text.sentenceSpace}${a.meaningless}`}</p>${pairs.length === 0 ? null : facts(pairs)}${aucNote}`;
}

/** `figure` is the drawn distribution of scores, where there is one. */
export function renderAnswers(input: ReportInput, figure: Markup | null, text: Text): Markup {
  const { record, analysis } = input;
  const a = text.answers;
  const { quality, probes } = analysis.answers;
  const judged = quality.kind === 'found' ? quality.value : null;
  return html`<section id="answers"><h2>${text.section.answers}</h2>${underLoad(record, text)}<h3>${a.quality}</h3>${asked(input, text)}
${figure === null && judged === null ? null : html`<div class="figures">${figure}<div>${judged === null ? null : confusionTable(judged, text)}</div></div>`}
${judged === null ? null : html`${shareTables(judged, text)}${worstTable(judged, text)}`}
${probes.kind === 'absent' ? null : probeTables(probes.value, text)}
${record.probe?.status === 'done' ? html`<h3>${a.oracles}</h3>${oracles(record, text)}` : null}
<h3>${a.byClass}</h3>${byClass(record, text)}
${renderAbnormal(analysis, text)}</section>`;
}
