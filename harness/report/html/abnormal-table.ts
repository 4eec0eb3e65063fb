/** Abnormal requests by kind: what was sent, and how it was met. */
import type { Analysis } from '../../model/analysis.js';
import { abnormalCells, abnormalHead, abnormalMet } from '../answer-figure.js';
import { count } from '../number.js';
import type { Text } from '../text/index.js';
import { html, type Markup } from './escape.js';
import { table } from './table.js';

/** null where none was sent. Kinds that were not met stand first. */
export function renderAbnormal({ answers: { abnormal } }: Analysis, text: Text): Markup | null {
  if (abnormal.kind === 'absent') return null;
  const { rows, sent, asExpected, shouldName, named, notAsked } = abnormal.value;
  const a = text.answers;
  const ordered = [...rows].sort((x, y) => Number(abnormalMet(x)) - Number(abnormalMet(y)));
  const wrong = rows.filter((row) => !abnormalMet(row)).length;
  return html`<h3 id="abnormal">${a.abnormal}</h3><p>${a.abnormalText(count(rows.length), count(sent), count(asExpected), count(wrong), count(named), count(shouldName))}${notAsked === 0 ? '' : `${text.sentenceSpace}${a.notAsked(count(notAsked))}`}</p>${table({
    label: a.abnormal, head: abnormalHead(text), words: [1, 9],
    rows: ordered.map((row) => [abnormalMet(row) ? row.kind : html`<span class="tag fail">✗ ${row.kind}</span>`, ...abnormalCells(row, text)]),
  })}<p class="note">${a.abnormalNote}</p>`;
}
