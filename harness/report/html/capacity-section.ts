/** How many replicas a target takes: the table, what is assumed, where it ends, and a calculator that works offline. */
import type { Capacity } from '../../model/capacity.js';
import { capacityAbsence, capacityAssumed, capacityHead, capacityLimits, capacityRows, capacitySentence, tellsCapacity } from '../capacity-figure.js';
import { plain } from '../number.js';
import type { ReportInput } from '../report-input.js';
import type { Text } from '../text/index.js';
import { html, prose, type Markup } from './escape.js';
import { figureId } from './figure.js';
import { facts, table } from './table.js';

/** The section; null where the report does not speak of it. `present` holds the anchors the page really has. */
export function renderCapacity(input: ReportInput, text: Text, present: ReadonlySet<string>): Markup | null {
  if (!tellsCapacity(input)) return null;
  const { capacity } = input.analysis;
  const { capacity: c } = text;
  if (capacity.kind === 'absent') return html`<section id="capacity"><h2>${c.title}</h2><p>${capacityAbsence(capacity.why, text)}</p></section>`;
  const found = capacity.value;
  return html`<section id="capacity"><h2>${c.title}</h2><p>${prose(capacitySentence(found, text))}</p>${curvesOf(text, present)}
${table({ label: c.tableLabel, head: capacityHead(found, text), rows: capacityRows(found, text) })}
<p class="note">${c.tableNote}</p>${renderCalculator(found, text)}
<h3>${c.assumedTitle}</h3>${facts(capacityAssumed(found, text))}<p class="note"><code>${c.formula}</code>${text.stop}${text.sentenceSpace}${prose(c.formulaNote(plain(found.held.lowRps)))}</p>
<h3>${c.limitsTitle}</h3><ul class="limits">${capacityLimits(found, input.record, text).map((sentence) => html`<li>${sentence}</li>`)}</ul></section>`;
}

/** The curves the figures rest on, where this page has them. */
function curvesOf({ capacity: c, chart, colon, listSeparator }: Text, present: ReadonlySet<string>): Markup | null {
  const links = (['latency-rate', 'throughput-rate', 'search', 'scale'] as const).filter((id) => present.has(figureId({ id }))).map((id, i) => html`${i === 0 ? '' : listSeparator}<a href="#${figureId({ id })}">${chart.title[id]}</a>`);
  return links.length === 0 ? null : html`<p>${c.curves}${colon}${links}</p>`;
}

/** Hidden until the page's script has woken it: without a script there is nothing to type into. */
function renderCalculator({ held, plan, rows }: Capacity, { capacity: { calculator: c } }: Text): Markup {
  const target = plan.targetsRps[0] ?? rows[0]?.targetRps ?? held.lowRps;
  const field = (name: string, label: string, value: number, [least, most, step]: readonly [number, number | null, string]): Markup =>
    html`<label>${label}<input name="${name}" type="number" inputmode="decimal" min="${least}"${most === null ? null : html` max="${most}"`} step="${step}" value="${name === 'price' && value === 0 ? '' : Number(value.toPrecision(6))}"></label>`;
  return html`<form id="calculator" class="calculator" hidden data-rate="${held.lowRps}"><h3>${c.title}</h3>${[
    field('target', c.rate, target, [0, null, 'any']), field('growth', c.growth, plan.growth * 100, [0, null, 'any']), field('burst', c.burst, 0, [0, null, 'any']), field('headroom', c.headroom, plan.headroom * 100, [0, 99, 'any']),
    field('balance', c.balance, plan.balance * 100, [1, 100, 'any']), field('spare', c.spare, plan.spare, [0, null, '1']), field('price', c.price, 0, [0, null, 'any']),
  ]}<p>${c.result}<output name="replicas"></output></p><p>${c.cost}<output name="cost"></output></p></form>`;
}
