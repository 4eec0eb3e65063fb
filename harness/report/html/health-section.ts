/** Our own health: a load generator that is the bottleneck measures itself. */
import { calibrationSentence, calibrationTable } from '../calibration-figure.js';
import type { ReportInput } from '../report-input.js';
import { count, percent, plain } from '../number.js';
import { stagePairs, type StagePair } from '../stage-figure.js';
import type { Text } from '../text/index.js';
import { nameIn } from '../words.js';
import { html, type Markup } from './escape.js';
import { table } from './table.js';

/** "38 of 60": independent seconds of those that count, or why there are none. */
function independentFigure({ steady }: StagePair['stage'], text: Text): string {
  if (steady.kind === 'absent') return nameIn(text.health.notSteady, steady.why);
  return steady.value.independent === null ? plain(null) : text.health.independentOf(count(steady.value.independent), count(steady.value.seconds));
}

function row({ result, stage }: StagePair, text: Text): string[] {
  const { generator, counts } = result;
  const { server, engine } = counts;
  return [
    stage.name, independentFigure(stage, text), plain(stage.cpu.engine), `${plain(generator.lagP50Ms)} / ${plain(generator.lagP99Ms)}`, count(generator.rows), count(generator.counted), count(generator.dropped), percent(generator.eventLoopUse), percent(stage.engineWait),
    plain(generator.clockStepMs), plain(stage.little.inFlight), plain(stage.little.users), server === null || engine === 0 ? plain(null) : `${count(server)} ÷ ${count(engine)}`,
  ];
}

/** What the engine bears on this machine; nothing where it was not calibrated. */
function renderCalibration(input: ReportInput, text: Text): Markup | null {
  const sentence = calibrationSentence(input, text);
  if (sentence === null) return null;
  const rungs = calibrationTable(input, text);
  const ladder = rungs === null ? null : html`<details><summary>${text.calibration.title}${text.colon}${text.chart.showTable(count(rungs.rows.length))}</summary>${table({ label: text.calibration.title, head: rungs.head, rows: rungs.rows })}</details>`;
  return html`<h3 id="calibration">${text.calibration.title}</h3><p>${sentence}</p>${ladder}`;
}

export function renderHealth(input: ReportInput, text: Text): Markup {
  const { record, analysis } = input;
  const pairs = stagePairs(record, analysis, text);
  if (pairs.length === 0) return html``;
  const h = text.health;
  const head = [text.table.stage, h.independent, h.engineCpu, h.lag, h.rows, h.counted, h.dropped, h.loop, h.queue, h.clock, h.littleInFlight, h.littleUsers, h.serverCount];
  const messages = pairs.flatMap(({ result }) => result.generator.messages);
  const said = messages.length === 0 ? null : html`<details><summary>${h.messages} (${count(messages.length)})</summary><pre>${messages.slice(0, 40).join('\n')}</pre></details>`;
  return html`<section id="health"><h2>${text.section.health}</h2>${table({ label: text.section.health, head, rows: pairs.map((pair) => row(pair, text)) })}<p class="note">${h.note}</p><p class="note">${h.independentNote}</p>${said}${renderCalibration(input, text)}</section>`;
}
