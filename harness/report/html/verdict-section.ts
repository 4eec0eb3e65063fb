/** Part 2, for a reader with ten seconds: does it hold, by which number, and can the number be trusted? */
import { isJob } from '../job-figure.js';
import type { ReportInput } from '../report-input.js';
import { baselineFigure, checkFigure, checkName, measuredFigure, restsOnBaseline, stageName } from '../check-figure.js';
import { statusSymbol, stagePairs, validitySymbol } from '../stage-figure.js';
import type { Text } from '../text/index.js';
import { validityFigure } from '../validity-figure.js';
import { checkWords, failureWords, hintWords, validityWords, warningWords } from '../words.js';
import { html, prose, type Markup } from './escape.js';
import { table } from './table.js';

/** Symbol and word, never colour alone. */
export function tag(status: keyof typeof statusSymbol, text: Text): Markup {
  return html`<span class="tag ${status}">${statusSymbol[status]} ${text.status[status]}</span>`;
}

/** The verdict: symbol, word, sentence. */
export function renderBanner({ verdict }: ReportInput, sentence: string, text: Text): Markup {
  return html`<div class="verdict ${verdict.status}" id="verdict"><span class="symbol" aria-hidden="true">${statusSymbol[verdict.status]}</span><p class="word">${text.verdictWord[verdict.status]}</p><p class="sentence">${prose(sentence)}</p></div>`;
}

/** What ended the run early, and the notes it left. */
export function renderOutcome({ record }: ReportInput, text: Text): Markup {
  if (record.outcome === 'completed') return html``;
  const { failure } = record;
  const hint = failure === null ? '' : hintWords(text, failure);
  const details = failure === null || failure.details.length === 0 ? null : html`<details><summary>${text.outcome.details}</summary><pre>${failure.details.join('\n')}</pre></details>`;
  return html`<div class="notice"><p><strong>${text.outcome[record.outcome]}</strong></p>${failure === null ? null : html`<p>${failureWords(text, failure)}${text.stop}</p>${hint === '' ? null : html`<p>${text.outcome.hint}${text.colon}${hint}</p>`}`}${details}</div>`;
}

function gateTable({ record, verdict }: ReportInput, text: Text): Markup {
  if (verdict.checks.length === 0) return html`<p>${text.gates.none}</p>`;
  const measured = text.gates.measured;
  const held = verdict.checks.some(restsOnBaseline);
  const rows = verdict.checks.map((check) => {
    const figure = checkFigure(check, record);
    return [
      html`<code>${checkName(check, record)}</code>${check.level === 'warn' ? html` <small>${text.level.warn}</small>` : null}`,
      stageName(check, record, text),
      prose(measuredFigure(check, record)),
      prose(figure.limit),
      ...(held ? [prose(baselineFigure(check, record, text))] : []),
      tag(check.status, text),
      prose(checkWords(text, check)),
    ];
  });
  const asInfinite = verdict.checks.some((check) => check.metric === 'latency') ? html`<p class="note">${text.gates.failuresAsInfinite}</p>` : null;
  return html`${table({ label: text.section.gates, head: [text.gates.expression, text.gates.stage, measured, text.gates.limit, ...(held ? [text.baseline.column] : []), text.gates.status, text.gates.why], rows, words: held ? [1, 5] : [1, 4], prose: held ? [4, 6] : [5], stacks: true })}<p class="note">${isJob(record) ? text.job.gateRows : text.gates.rows}</p>${asInfinite}`;
}

function validityBadges(input: ReportInput, text: Text): Markup {
  const pairs = stagePairs(input.record, input.analysis, text);
  const badges = pairs.map(({ stage }) => html`<li class="${stage.validity.status}"><span class="tag">${validitySymbol[stage.validity.status]} ${text.status[stage.validity.status]}</span> ${stage.name}</li>`);
  const reasons = pairs.flatMap(({ stage }) => stage.validity.reasons.map((reason) => [
    stage.name,
    html`<span class="tag ${reason.level}">${validitySymbol[reason.level]} ${text.status[reason.level]}</span>`,
    prose(validityWords(text, reason)),
    prose(validityFigure(reason).value),
    prose(validityFigure(reason).limit),
  ]));
  const detail = reasons.length === 0
    ? html`<p>${pairs.length === 0 ? text.outcome.nothingMeasured : isJob(input.record) ? text.job.allValid : text.validity.allValid}</p>`
    : table({ label: text.section.validity, head: [text.gates.stage, text.gates.status, text.validity.reason, text.validity.value, text.validity.limit], rows: reasons, words: [1], prose: [2], stacks: true });
  return html`<h3>${text.section.validity}</h3><ul class="badges">${badges}</ul>${detail}<p class="note">${isJob(input.record) ? text.job.explain : text.validity.explain}</p>`;
}

/** Gate table, validity badges, notes of the run. */
export function renderVerdict(input: ReportInput, text: Text): Markup {
  const { warnings } = input.record;
  const notes = warnings.length === 0 ? null : html`<h3>${text.outcome.warnings}</h3><ul>${warnings.map((warning) => html`<li><code>${warning.code}</code> ${prose(warningWords(text, warning))}</li>`)}</ul>`;
  return html`<section id="gates"><h2>${text.section.gates}</h2>${gateTable(input, text)}${validityBadges(input, text)}${notes}</section>`;
}
