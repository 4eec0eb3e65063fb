/** Part 7: how the numbers were made, how to make them again, and which record this is. */
import type { ReportInput } from '../report-input.js';
import type { RunRecord } from '../../model/record.js';
import { isConformance } from '../conformance-figure.js';
import { isJob } from '../job-figure.js';
import { count, dash, mib, percent, plain } from '../number.js';
import { lacksSecrets, reproduceCommand } from '../reproduce.js';
import { settingsOf } from '../settings.js';
import type { Text } from '../text/index.js';
import { escapeJson, html, trusted, type Markup } from './escape.js';
import { facts, table } from './table.js';

function environment(record: RunRecord, text: Text): Markup {
  const { environment: e, dataset } = record;
  const own = dataset?.own;
  return facts([
    ['CPU', text.head.machineText(e.cpu, count(e.cores), mib(e.memoryMiB))],
    ['OS', `${e.os} ${e.kernel}`],
    ['Node', e.node],
    [text.appendix.loadBefore, plain(e.loadBefore)],
    ...(dataset === null ? [] : [[text.appendix.dataset, `${text.appendix.characters(plain(dataset.characters.mean), plain(dataset.characters.p50), plain(dataset.characters.p90), plain(dataset.characters.max))}${text.listSeparator}${text.appendix.repeat(percent(dataset.repeatShare))}`] as const]),
    ...(own === undefined ? [] : [[text.appendix.own, `${own.file}${text.listSeparator}${text.appendix.ownFile(own.format, own.encoding, count(own.rows), count(own.labelled), count(own.badRows))}`] as const]),
  ]);
}

function identity(record: RunRecord, text: Text): Markup {
  const a = text.appendix;
  return facts([
    [a.id, record.id], [a.planHash, record.plan.hash], ...(isJob(record) || isConformance(record) ? [] : [[a.bodies, record.dataset?.bodiesSha256 ?? dash] as const]), ...(record.dataset?.own === undefined ? [] : [[a.ownSha, record.dataset.own.sha256] as const]), ...(record.plan.server.kind === 'none' ? [] : [[a.modelSha, record.server?.modelSha256 ?? dash] as const]), [a.schema, record.schema], [a.outcome, text.outcome.state[record.outcome]],
  ]);
}

/** `result` is the machine-readable result, embedded as it is in result.json. */
export function renderAppendix({ record }: ReportInput, result: unknown, text: Text): Markup {
  // The suite makes checks: nothing is said of how loads are measured.
  const a = isConformance(record) ? { ...text.appendix, methodList: [text.conformance.note] } : text.appendix;
  const settings = settingsOf(record.plan).map(([path, value]) => [html`<code>${path}</code>`, html`<code>${value}</code>`]);
  const health = record.server?.health ?? null;
  return html`<section id="appendix"><h2>${text.section.appendix}</h2>
<h3>${a.methods}</h3><ul>${(isJob(record) ? text.job.methods : a.methodList).map((line) => html`<li>${line}</li>`)}</ul>
<h3>${a.reproduce}</h3><p>${record.asked === undefined ? a.reproduceText(record.plan.hash) : a.reproduceAsked(record.plan.hash, lacksSecrets(record), record.round === true)}</p><pre>${reproduceCommand(record)}</pre>
<h3>${a.identity}</h3>${identity(record, text)}
<h3>${a.environment}</h3>${environment(record, text)}${health === null ? null : html`<details><summary>${a.health}</summary><pre>${JSON.stringify(health, null, 2)}</pre></details>`}
<details><summary>${a.settings} (${count(settings.length)})</summary>${table({ label: a.settings, head: [a.setting, a.value], rows: settings, prose: [1] })}</details>
<h3>${a.raw}</h3><p>${a.rawText}</p><p><a href="run.json">run.json</a> · <a href="result.json">result.json</a></p><script type="application/json" id="result">${trusted(escapeJson(result))}</script></section>`;
}
