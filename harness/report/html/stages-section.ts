/** The table of stages: every number of every stage, failed requests beside the latencies, and where the time went. */
import type { Estimate, Finding } from '../../model/analysis.js';
import type { ReportInput } from '../report-input.js';
import { count, mib, ms, plain, seconds } from '../number.js';
import { errorFigure, figure, interval, levelHead, loadFigure, missing, stagePairs, validitySymbol, vramFigure, windowS, type StagePair } from '../stage-figure.js';
import type { Text } from '../text/index.js';
import { gpuAbsenceWords, nameIn, own, reasonWords, serverAbsenceWords } from '../words.js';
import { html, type Markup } from './escape.js';
import { renderGpus } from './gpu-section.js';
import { renderSent } from './sent-table.js';
import { table, type Cell } from './table.js';

function percentile(finding: Finding<Estimate>, n: number, text: Text): Markup {
  const more = missing(finding, n);
  const below = finding.kind === 'found' ? interval(finding.value.low, finding.value.high) : more === null ? '' : text.table.needsMore(count(more));
  return html`${figure(finding)}${below === '' ? null : html`<small>${below}</small>`}`;
}

function row(pair: StagePair, pairs: readonly StagePair[], gpus: boolean, text: Text): Cell[] {
  const { result, stage } = pair;
  const { n, p50, p95, p99 } = stage.latencyMs;
  const { status } = stage.validity;
  const state = result.status === 'completed' ? null : html` <small>${text.outcome.stageStatus[result.status]}${result.why === null ? '' : `${text.colon}${reasonWords(text, result.why, '')}`}</small>`;
  return [
    html`${stage.name}${state}`, loadFigure(stage, pairs, text), plain(stage.achievedRps), count(n), percentile(p50, n, text), percentile(p95, n, text), percentile(p99, n, text), errorFigure(pair),
    plain(stage.cpu.server), plain(stage.cpu.engine), mib(stage.rssPeakMiB.server), ...(gpus ? [vramFigure(stage)] : []),
    html`<span class="tag ${status}">${validitySymbol[status]} ${text.status[status]}</span>`,
  ];
}

/** What the first table leaves out: how every request ended, and the ends of the distribution. */
function requestRow({ result, stage }: StagePair, text: Text): Cell[] {
  const { started, completed, failed, timedOut, censored } = result.requests;
  const { n, mean, min, max, p90, p999 } = stage.latencyMs;
  return [stage.name, seconds(windowS(result)), count(started), count(completed), count(failed), count(timedOut), count(censored), plain(min), percentile(p90, n, text), percentile(p999, n, text), plain(max), plain(mean)];
}

/** The table of stages with its legend. */
export function renderStages(input: ReportInput, text: Text): Markup {
  const pairs = stagePairs(input.record, input.analysis, text);
  if (pairs.length === 0) return html`<section id="stages"><h2>${text.section.stages}</h2><p>${text.outcome.nothingMeasured}</p></section>`;
  const { table: t } = text;
  // No GPU, no column: a row of dashes would look as if something had been measured.
  const why = gpuAbsenceWords(text, input.record);
  const server = serverAbsenceWords(text, input.record);
  const head = [t.stage, levelHead(pairs, t), `${t.rps} (${t.unitRps})`, t.samples, 'p50 (ms)', 'p95 (ms)', 'p99 (ms)', t.failed, `${t.cpuServer} (${t.cores})`, `${t.cpuEngine} (${t.cores})`, t.rss, ...(why === null ? [t.vram] : []), t.validity];
  const requests = [t.stage, t.window, t.started, t.ok, t.failed, t.timedOut, t.censored, `${t.min} (ms)`, 'p90 (ms)', 'p99.9 (ms)', `${t.max} (ms)`, `${t.mean} (ms)`];
  return html`<section id="stages"><h2>${text.section.stages}</h2>${table({ label: text.section.stages, head, rows: pairs.map((pair) => row(pair, pairs, why === null, text)), words: [head.length - 1] })}<p class="note">${t.note}</p>${server === null ? null : html`<p class="note">${server}</p>`}${renderSchedule(pairs, text)}${why === null ? null : html`<p class="note">${text.caption.vramAbsent(why)}</p>`}<h3>${t.requests}</h3>${table({ label: t.requests, head: requests, rows: pairs.map((pair) => requestRow(pair, text)) })}${renderSent(pairs, text)}${renderVisitors(pairs, text)}${renderGpus(input, text)}${renderTiming(pairs, text)}</section>`;
}

/** Closed load of enough users: percentiles over time beside those over requests. */
function renderVisitors(pairs: readonly StagePair[], text: Text): Markup | null {
  const { table: t } = text;
  const rows = pairs.flatMap(({ stage: { name, latencyMs: l, visitors } }): string[][] => {
    if (visitors.kind === 'absent') return [];
    const { p50Ms, p95Ms, p99Ms, maxMs } = visitors.value;
    return [[name, figure(l.p50), plain(p50Ms), figure(l.p95), plain(p95Ms), figure(l.p99), plain(p99Ms), plain(l.max), plain(maxMs)]];
  });
  if (rows.length === 0) return null;
  const head = [t.stage, ...['p50', 'p95', 'p99', t.max].flatMap((name) => [t.byUsers(name), t.byClock(name)])];
  return html`<h3>${t.visitors}</h3>${table({ label: t.visitors, head, rows })}<p class="note">${t.visitorsNote}</p>`;
}

/** Open load: what was asked, what was sent when, and what was left. */
function renderSchedule(pairs: readonly StagePair[], text: Text): Markup | null {
  const { table: t, health: h } = text;
  const rows = pairs.flatMap(({ result: { schedule, generator }, stage }): string[][] => (!schedule || stage.offered === null ? [] : [[
    stage.name, plain(stage.offered.askedRps), plain(stage.offered.scheduledRps), plain(stage.offered.endedRps), plain(stage.achievedRps), `${plain(generator.lagP50Ms)} / ${plain(generator.lagP99Ms)}`,
    count(schedule.waited), ms(schedule.longestWaitMs), count(schedule.unsent), `${count(stage.offered.openAtStart)} → ${count(stage.offered.openAtEnd)}`,
  ]]));
  if (rows.length === 0) return null;
  const head = [t.stage, t.asked, `${t.scheduled} (${t.unitRps})`, `${t.ended} (${t.unitRps})`, `${t.rps} (${t.unitRps})`, h.lag, t.waitedHead, t.longestWait, t.unsent, t.backlog];
  return html`<h3>${t.schedule}</h3>${table({ label: t.schedule, head, rows })}<p class="note">${pairs.some(({ stage }) => stage.level.of === 'burst') ? t.burstNote : t.openNote}</p>`;
}

function renderTiming(pairs: readonly StagePair[], text: Text): Markup {
  const { timing } = text;
  const told = [...new Set(pairs.flatMap(({ stage }) => Object.keys(stage.serverTimingMs)))];
  // `total` is what the others come to: it stands after them, next to what lies outside the server.
  const phases = [...told.filter((phase) => phase !== 'total'), ...told.filter((phase) => phase === 'total')];
  const both = (times: { p50: number; p95: number } | null | undefined): string => (times ? `${plain(times.p50)} / ${plain(times.p95)}` : plain(null));
  const split = phases.length === 0 ? html`<p>${timing.none}</p>` : table({
    label: timing.title,
    head: [text.table.stage, 'n', ...phases.map((phase) => timing.both(nameIn(text.codes.phases, phase))), timing.both(timing.outside)],
    rows: pairs.map(({ result, stage }) => [stage.name, count(Math.max(0, ...Object.values(result.serverTiming).map(({ n }) => n))), ...phases.map((phase) => both(own(stage.serverTimingMs, phase))), both(stage.outsideServerMs)]),
  });
  const extra = pairs.flatMap(({ result, stage }) => {
    const { batch, cache } = result;
    if (batch === null && cache === null) return [];
    return [[stage.name, batch === null ? text.notMeasured : `${plain(batch.mean)} / ${plain(batch.max)} (n = ${count(batch.n)})`, cache === null ? text.notMeasured : `${count(cache.hit)} / ${count(cache.partial)} / ${count(cache.miss)}`]];
  });
  return html`<h3>${timing.title}</h3>${split}${extra.length === 0 ? null : table({ label: timing.batch, head: [text.table.stage, timing.batch, timing.cache], rows: extra })}`;
}
