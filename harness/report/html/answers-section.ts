/** Were the answers right? By class, under load, and by the oracles before it. */
import type { ReportInput } from '../report-input.js';
import type { RunRecord } from '../../model/record.js';
import { count, dash, plain } from '../number.js';
import { shownStage } from '../stage-figure.js';
import type { Text } from '../text/index.js';
import { errorWords, nameIn, reasonWords } from '../words.js';
import { html, type Markup } from './escape.js';
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
  const rows = record.stages.filter(({ stage }) => stage.role === 'measure').flatMap(({ stage, byClass: classes }) => Object.entries(classes).map(([name, one]) => [
    shownStage(text, { name: stage.name, users: stage.arrival.users }), nameIn(text.codes.classes, name), count(one.started), count(one.completed), count(one.failed), count(one.rejected), count(one.checked), count(one.flips), plain(one.p50Ms), plain(one.p95Ms),
  ]));
  if (rows.length === 0) return html`<p>${text.answers.noClasses}</p>`;
  const a = text.answers;
  return table({ label: a.byClass, head: [a.stage, a.class, a.started, a.completed, a.failed, a.rejected, a.checked, a.flips, 'p50 (ms)', 'p95 (ms)'], rows, words: [1] });
}

function statusList(statuses: Readonly<Record<string, number>>): string {
  return Object.entries(statuses).map(([status, n]) => `${status} × ${count(n)}`).join(' · ');
}

function abnormal(record: RunRecord, text: Text): Markup | null {
  const rows = record.stages.flatMap(({ stage, byAbnormalKind }) => Object.entries(byAbnormalKind).map(([kind, one]) => [shownStage(text, { name: stage.name, users: stage.arrival.users }), kind, count(one.started), count(one.asExpected), statusList(one.statuses)]));
  if (rows.length === 0) return null;
  const a = text.answers;
  return html`<h3>${a.abnormal}</h3>${table({ label: a.abnormal, head: [a.stage, a.kind, a.started, a.asExpected, a.statuses], rows, words: [1], prose: [4] })}`;
}

function oracles(record: RunRecord, text: Text): Markup {
  const { probe } = record;
  const a = text.answers;
  if (probe === null) return html`<p>${a.probeSkipped(text.notMeasured)}</p>`;
  if (probe.status === 'skipped') return html`<p>${a.probeSkipped(reasonWords(text, probe.why, text.notMeasured))}</p>`;
  const wrong = Object.entries(probe.wrong);
  const rows = probe.oracles.map((oracle) => [
    html`${nameIn(text.codes.oracles, oracle.id)} <small><code>${oracle.id}</code></small>`, tag(oracle.status, text), plain(oracle.value), plain(oracle.limit), count(oracle.n), reasonWords(text, oracle.why, ''),
  ]);
  const scores: [string, string][] = [
    ...(Object.keys(probe.medians).length === 0 ? [] : [[a.medians, Object.entries(probe.medians).map(([name, score]) => `${name} ${plain(score)}`).join(' · ')] as [string, string]]),
    ...(probe.auc === null ? [] : [[a.auc, plain(probe.auc)] as [string, string]]),
    ...(wrong.length === 0 ? [] : [[a.wrongKinds, wrong.map(([kind, n]) => `${errorWords(text, kind)} × ${count(n)}`).join(' · ')] as [string, string]]),
  ];
  return html`<p>${a.probeText(count(probe.asked), count(probe.answered), count(wrong.reduce((sum, [, n]) => sum + n, 0)))}${probe.meaningful ? '' : `${text.sentenceSpace}${a.meaningless}`}</p>${rows.length === 0 ? null : table({ label: a.oracles, head: [a.oracle, text.gates.status, a.value, a.limit, a.n, a.why], rows, words: [1], prose: [0, 5] })}${scores.length === 0 ? null : facts(scores)}`;
}

export function renderAnswers({ record }: ReportInput, text: Text): Markup {
  return html`<section id="answers"><h2>${text.section.answers}</h2>${underLoad(record, text)}<h3>${text.answers.oracles}</h3>${oracles(record, text)}<h3>${text.answers.byClass}</h3>${byClass(record, text)}${abnormal(record, text)}</section>`;
}
