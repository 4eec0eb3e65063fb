/** The conformance suite: one table a group, what failed first. */
import { checkTitle, conformanceSymbol, earlyText, groupsOf, seenText, tallyText } from '../conformance-figure.js';
import type { ConformanceResult } from '../../model/conformance.js';
import type { ReportInput } from '../report-input.js';
import type { Text } from '../text/index.js';
import { html, type Markup } from './escape.js';
import { table, type Cell } from './table.js';

/** How the tag of an outcome is coloured: what only should hold warns. */
const tone = ({ status, level }: ConformanceResult): string => (status === 'not-applicable' || status === 'not-run' ? 'skipped' : status === 'fail' && level === 'should' ? 'suspect' : status);

function row(check: ConformanceResult, text: Text): Cell[] {
  const t = text.conformance;
  return [html`${checkTitle(check, text)} <small>${check.id}</small>`, t.levels[check.level], html`<span class="tag ${tone(check)}">${conformanceSymbol[check.status]} ${t.status[check.status]}</span>`, seenText(check, text)];
}

/** The section in place of the table of stages. */
export function renderConformance({ record: { conformance } }: ReportInput, text: Text): Markup {
  const t = text.conformance;
  if (conformance === undefined) return html`<section id="conformance"><h2>${t.title}</h2><p>${t.notRun}</p></section>`;
  const early = earlyText(conformance, text);
  const head = [t.check, t.level, t.outcome, t.seen];
  const failed = conformance.checks.filter(({ status }) => status === 'fail');
  const groups = groupsOf(conformance, text).map(({ name, rows }) => html`<h3>${name}</h3><p>${tallyText({ checks: rows }, text)}</p>${table({ label: name, head, rows: rows.map((check) => row(check, text)), words: [1, 2], prose: [0, 3], stacks: true })}`);
  return html`<section id="conformance"><h2>${t.title}</h2><p>${tallyText(conformance, text)}${early === null ? null : html`${text.sentenceSpace}${early}`}</p>${failed.length === 0 ? null : html`<h3>${t.status.fail}</h3>${table({ label: t.status.fail, head, rows: failed.map((check) => row(check, text)), words: [1, 2], prose: [0, 3], stacks: true })}`}${groups}<p class="note">${t.note}</p></section>`;
}
