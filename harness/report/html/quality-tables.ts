/** Tables behind the quality of the answers: confusion, shares of right answers, the worst pairs, the probes. */
import type { AnswerQuality, ProbeFigures, RightShare, WorstPair } from '../../model/answer-quality.js';
import { confusionRows, labelsText, rightShareCells, ruleText } from '../answer-figure.js';
import { count, dash, percent, plain } from '../number.js';
import type { Text } from '../text/index.js';
import { nameIn } from '../words.js';
import { html, type Markup } from './escape.js';
import { table, type Cell } from './table.js';
import { tag } from './verdict-section.js';

/** Rows are what was expected, columns what was said. */
export function confusionTable(quality: AnswerQuality, text: Text): Markup {
  const { labels, undecidable } = quality.confusion;
  const a = text.answers;
  return html`<h3>${a.confusion}</h3><p class="note">${ruleText(quality.rule, text)}${undecidable === 0 ? '' : `${text.sentenceSpace}${a.undecidable(count(undecidable))}`}</p>${table({
    label: a.confusion, head: [a.expectedLabel, ...labels.map((label) => a.saidLabel(nameIn(text.codes.labels, label))), 'F1'], rows: confusionRows(quality, text),
  })}`;
}

/** Right answers by class, by family of operators, by length. */
export function shareTables({ classes, families, lengths }: AnswerQuality, text: Text): Markup {
  const a = text.answers;
  const one = (title: string, head: string, shares: readonly RightShare[], name: (key: string) => Cell): Markup =>
    html`<div><h3>${title}</h3>${table({ label: title, head: [head, a.right, 'n', a.rightShare], rows: shares.map((share) => [name(share.name), ...rightShareCells(share, text)]) })}</div>`;
  const family = (key: string): Cell => html`${nameIn(text.codes.families, key)} <small><code>${key}</code></small>`;
  return html`<div class="tables">${one(a.rightByFamily, a.family, families, family)}<div>${one(a.rightByClass, a.class, classes, (key) => nameIn(text.codes.classes, key))}${one(a.rightByLength, a.characters, lengths, (key) => key)}</div></div><p class="note">${a.sharesNote}</p>`;
}

/** Text where it was kept; else which pair it is. */
function pairCell({ text: pair, index, line }: WorstPair, text: Text): Cell {
  if (pair !== undefined) return html`<span class="pair">${pair.a}</span><span class="pair">${pair.b}</span>`;
  return line === undefined ? text.answers.pairNumber(count(index)) : text.answers.lineNumber(count(line));
}

/** The pairs that were answered worst. */
export function worstTable({ worst }: AnswerQuality, text: Text): Markup {
  const a = text.answers;
  return html`<h3>${a.worst}</h3><p class="note">${a.worstNote}</p>${table({
    label: a.worst, head: [a.pair, a.class, a.expectedLabel, a.said, text.chart.score, text.gates.status, a.operators], words: [1, 2, 3, 6], prose: [0],
    rows: worst.map((pair) => [pairCell(pair, text), pair.class, labelsText(pair.expected, text), labelsText(pair.said, text), plain(pair.score), tag(pair.right ? 'pass' : 'fail', text), pair.operators.length === 0 ? dash : pair.operators.join(', ')]),
  })}`;
}

/** Probes by group, and those that failed one by one. */
export function probeTables({ groups, rows, passed, n, rule }: ProbeFigures, text: Text): Markup {
  const a = text.answers;
  const failed = rows.filter((row) => !row.pass);
  return html`<h3>${a.probes}</h3><p>${a.probesText(count(n), count(passed), percent(n === 0 ? null : passed / n))}</p><p class="note">${a.probesNote}${text.sentenceSpace}${ruleText(rule, text)}</p>${table({
    label: a.probes, head: [a.group, a.passed, a.notPassed, 'n', a.rightShare], rows: groups.map((group) => [nameIn(text.codes.probeGroups, group.group), count(group.passed), count(group.n - group.passed), count(group.n), percent(group.passed / group.n)]),
  })}${failed.length === 0 ? null : html`<details><summary>${a.failedProbes(count(failed.length))}</summary>${table({
    label: a.failedProbes(count(failed.length)), head: [a.pair, a.group, a.expectedLabel, a.said, text.chart.score], words: [1, 2, 3], prose: [0],
    rows: failed.map((row) => [row.text === null ? row.id : html`<span class="pair">${row.text.a}</span><span class="pair">${row.text.b}</span>`, nameIn(text.codes.probeGroups, row.group), labelsText(row.expected, text), labelsText(row.said, text), plain(row.score)]),
  })}</details>`}`;
}
