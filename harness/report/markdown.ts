/** The report as Markdown, for a pull request or a job summary: the verdict first, the details folded. No styling survives there, so none is used. */
import type { RunRecord } from '../model/record.js';
import { abnormalCells, abnormalHead, abnormalMet, confusionRows, headFigures, rightShareCells } from './answer-figure.js';
import { calibrationSentence } from './calibration-figure.js';
import { capacityAbsence, capacityAssumed, capacityHead, capacityLimits, capacityRows, capacitySentence, tellsCapacity } from './capacity-figure.js';
import { baselineFigure, checkFigure, checkName, measuredFigure, restsOnBaseline, stageName } from './check-figure.js';
import { checkTitle, conformanceSymbol, earlyText, groupsOf, isConformance, seenText, tallyText } from './conformance-figure.js';
import { gpuLines } from './gpu-figure.js';
import { headFacts } from './head-facts.js';
import { endReasons, figureHead, figureNotes, figureRows, isJob, jobFacts, jobOf } from './job-figure.js';
import { code, inline, table } from './markdown-text.js';
import { count, mib, percent, plain } from './number.js';
import { howSentence, lotCells, lotHead, lotSentence, lotsOf } from './offline-figure.js';
import { printable } from './printable.js';
import type { Language, ReportInput } from './report-input.js';
import { reproduceCommand } from './reproduce.js';
import { errorFigure, figure, loadFigure, levelHead, missing, stagePairs, statusSymbol, validitySymbol, vramFigure } from './stage-figure.js';
import { probeHead, probeRows, searchSentence } from './search-figure.js';
import { outageSentence } from './drill-figure.js';
import { driftCells, driftHead, recoverySentence } from './shape-figure.js';
import { sparkline } from './sparkline.js';
import { textOf, type Text } from './text/index.js';
import { verdictSentence } from './verdict-sentence.js';
import { checkWords, failureWords, findingWords, gpuAbsenceWords, hintWords, nameIn, serverAbsenceWords, validityWords, warningWords } from './words.js';

function block(text: string): string {
  const fence = '`'.repeat(Math.max(2, ...Array.from(text.matchAll(/`+/g), (run) => run[0].length)) + 1);
  return `${fence}sh\n${printable(text)}\n${fence}`;
}

function gates({ record, verdict }: ReportInput, text: Text): string {
  if (verdict.checks.length === 0) return text.gates.none;
  const g = text.gates;
  const held = verdict.checks.some(restsOnBaseline);
  const rows = verdict.checks.map((check) => [
    `${code(checkName(check, record))}${check.level === 'warn' ? text.aside(text.level.warn) : ''}`, inline(stageName(check, record, text)), inline(measuredFigure(check, record)), inline(checkFigure(check, record).limit), ...(held ? [inline(baselineFigure(check, record, text))] : []), `${statusSymbol[check.status]} ${text.status[check.status]}`, inline(checkWords(text, check)),
  ]);
  return table([g.expression, g.stage, g.measured, g.limit, ...(held ? [text.baseline.column] : []), g.status, g.why], rows, held ? [1, 5, 6] : [1, 4, 5]);
}

function stages(input: ReportInput, text: Text): string {
  const pairs = stagePairs(input.record, input.analysis, text);
  if (pairs.length === 0) return text.outcome.nothingMeasured;
  const t = text.table;
  // No GPU, no column: a row of dashes would look as if something had been measured.
  const why = gpuAbsenceWords(text, input.record);
  const rows = pairs.map((pair) => {
    const { stage } = pair;
    const { p50, p95, p99, n } = stage.latencyMs;
    return [
      inline(stage.name), inline(loadFigure(stage, pairs, text)), plain(stage.achievedRps), count(n), figure(p50), figure(p95), figure(p99), inline(errorFigure(pair)), plain(stage.cpu.server), inline(mib(stage.rssPeakMiB.server)), ...(why === null ? [inline(vramFigure(stage))] : []), `${validitySymbol[stage.validity.status]} ${text.status[stage.validity.status]}`,
    ];
  });
  const notes = pairs.flatMap(({ stage }) => {
    const more = missing(stage.latencyMs.p99, stage.latencyMs.n);
    return [...(more === null ? [] : [`${stage.name}${text.colon}${text.terminal.needs(count(more), 'p99')}`]), ...stage.validity.reasons.map((reason) => `${stage.name}${text.colon}${validitySymbol[reason.level]} ${validityWords(text, reason)}`)];
  });
  const server = serverAbsenceWords(text, input.record);
  notes.push(...(server === null ? [] : [server]), ...(why === null ? gpuLines(input, text) : [text.caption.vramAbsent(why)]));
  const spark = pairs.length > 1 ? `\n\n${text.markdown.throughputSpark}${text.colon}${sparkline(pairs.map(({ stage }) => stage.achievedRps))} (${pairs.map(({ stage }) => plain(stage.achievedRps)).join(' → ')} req/s)` : '';
  return `${table([t.stage, levelHead(pairs, t), t.unitRps, t.samples, 'p50 (ms)', 'p95 (ms)', 'p99 (ms)', t.errorRate, `${t.cpuServer} (${t.cores})`, t.rss, ...(why === null ? [t.vram] : []), t.validity], rows, [why === null ? 11 : 10])}${spark}${notes.length === 0 ? '' : `\n\n${notes.map((note) => `- ${inline(note)}`).join('\n')}`}`;
}

/** What a job cost and said. */
function job(input: ReportInput, text: Text): string {
  const pair = jobOf(input);
  if (pair === null) return text.job.notRun;
  const why = gpuAbsenceWords(text, input.record);
  const { validity } = pair.pair.stage;
  const facts = [...jobFacts(pair, input, text), [text.job.valid, `${validitySymbol[validity.status]} ${text.status[validity.status]}`] as const];
  const notes = [...validity.reasons.filter(({ code: reason }) => !endReasons.has(reason)).map((reason) => `${validitySymbol[reason.level]} ${validityWords(text, reason)}`), ...(why === null ? gpuLines(input, text) : [text.caption.vramAbsent(why)]), ...figureNotes(pair, text)];
  return [
    facts.map(([name, value]) => `- ${inline(name)}${text.colon}${inline(value)}`).join('\n'),
    ...(pair.job.metrics.length === 0 ? [] : [table(figureHead(text), figureRows(pair, text).map((row) => row.map(inline)))]),
    ...(notes.length === 0 ? [] : [notes.map((note) => `- ${inline(note)}`).join('\n')]),
  ].join('\n\n');
}

/** Every check of the suite, by group; what failed first, unfolded. */
function conformance({ record: { conformance: suite } }: ReportInput, text: Text): string {
  const t = text.conformance;
  if (suite === undefined) return inline(t.notRun);
  const row = (check: (typeof suite.checks)[number]): string[] => [`${inline(checkTitle(check, text))} ${code(check.id)}`, t.levels[check.level], `${conformanceSymbol[check.status]} ${t.status[check.status]}`, inline(seenText(check, text))];
  const head = [t.check, t.level, t.outcome, t.seen];
  const failed = suite.checks.filter(({ status }) => status === 'fail');
  const early = earlyText(suite, text);
  return [
    inline(tallyText(suite, text)), ...(early === null ? [] : [inline(early)]),
    ...(failed.length === 0 ? [] : [table(head, failed.map(row), [1, 2, 3])]),
    ...groupsOf(suite, text).flatMap(({ name, rows }) => [`<details><summary>${inline(name)}${text.colon}${inline(tallyText({ checks: rows }, text))}</summary>`, table(head, rows.map(row), [1, 2, 3]), '</details>']),
    inline(t.note),
  ].join('\n\n');
}

/** Replicas by target rate, what is assumed and where it ends. */
function replicas(input: ReportInput, text: Text): string[] {
  if (!tellsCapacity(input)) return [];
  const { capacity } = input.analysis;
  const title = `#### ${text.capacity.title}`;
  if (capacity.kind === 'absent') return [title, inline(capacityAbsence(capacity.why, text))];
  const found = capacity.value;
  const assumed = capacityAssumed(found, text).map(([name, value]) => `${name} ${value}`).join(text.listSeparator);
  return [
    title, inline(capacitySentence(found, text)), table(capacityHead(found, text), capacityRows(found, text).map((row) => row.map(inline))),
    [`${text.capacity.assumedTitle}${text.colon}${assumed}${text.stop}`, ...capacityLimits(found, input.record, text)].map((sentence) => `- ${inline(sentence)}`).join('\n'),
  ];
}

/** What came of the pairs of offline loads. */
function lots(input: ReportInput, text: Text): string[] {
  const found = lotsOf(stagePairs(input.record, input.analysis, text));
  if (found.length === 0) return [];
  const sentences = found.map((lot) => `- ${inline(`${lot.stage.name}${text.colon}${lotSentence(lot, text)}${text.stop}${text.sentenceSpace}${howSentence(lot, text)}${text.stop}`)}`);
  return [`#### ${text.offline.title}`, sentences.join('\n'), table([text.table.stage, ...lotHead(text)], found.map((lot) => [lot.stage.name, ...lotCells(lot)].map(inline)))];
}

/** What a spike, a drill and a soak were driven for, each under its title. */
function shapes(input: ReportInput, text: Text): string[] {
  const pairs = stagePairs(input.record, input.analysis, text);
  const sentences = pairs.flatMap(({ stage }) => {
    const sentence = recoverySentence(stage, text);
    return sentence === null ? [] : [`- ${inline(`${stage.name}${text.colon}${sentence}${text.stop}`)}`];
  });
  const drills = pairs.flatMap(({ stage }) => (stage.outage === undefined ? [] : [`- ${inline(`${stage.name}${text.colon}${outageSentence(stage.outage, text)}${text.stop}`)}`]));
  const rows = pairs.flatMap(({ stage }) => stage.drift.map((drift) => [stage.name, ...driftCells(drift, text)].map(inline)));
  const head = [text.table.stage, ...driftHead(percent(input.record.plan.policy.confidence), text)];
  return [
    ...(sentences.length === 0 ? [] : [`#### ${text.shapes.recoveryTitle}`, sentences.join('\n')]),
    ...(drills.length === 0 ? [] : [`#### ${text.drill.title}`, drills.join('\n')]),
    ...(rows.length === 0 ? [] : [`#### ${text.shapes.driftTitle}`, table(head, rows, [1, head.length - 1])]),
  ];
}

function findings({ analysis, record }: ReportInput, text: Text): string {
  const symbols = { good: '✓', info: 'i', warn: '!', bad: '✗' } as const;
  if (analysis.insights.length === 0) return text.findings.none;
  return analysis.insights.map((insight) => {
    const { sentence, advice } = findingWords(text, insight, record.series);
    return `- ${symbols[insight.severity]} **${inline(sentence)}** ${inline(advice)}`;
  }).join('\n');
}

/** Figures of the answers, the confusion table, probes by group; the worst pairs are the HTML page's. */
function answers({ record, analysis }: ReportInput, text: Text): string {
  const { quality, probes } = analysis.answers;
  const a = text.answers;
  const parts: string[] = headFigures(analysis, text).length === 0 ? [] : [headFigures(analysis, text).map(([name, value]) => `- ${inline(name)}${text.colon}${inline(value)}`).join('\n')];
  if (record.probe?.status === 'done' && !record.probe.meaningful) parts.push(inline(a.meaningless));
  if (quality.kind === 'found') {
    const { labels } = quality.value.confusion;
    parts.push(inline(a.confusion), table([a.expectedLabel, ...labels.map((label) => a.saidLabel(nameIn(text.codes.labels, label))), 'F1'], confusionRows(quality.value, text).map((row) => row.map(inline)), []));
    parts.push(table([a.family, a.right, 'n', a.rightShare], quality.value.families.map((family) => [inline(nameIn(text.codes.families, family.name)), ...rightShareCells(family, text).map(inline)]), []));
  }
  if (probes.kind === 'found') {
    const { n, passed, groups } = probes.value;
    parts.push(inline(a.probesText(count(n), count(passed), percent(passed / n))), table([a.group, a.passed, a.notPassed, 'n'], groups.map((group) => [inline(nameIn(text.codes.probeGroups, group.group)), count(group.passed), count(group.n - group.passed), count(group.n)]), []));
  }
  return parts.length === 0 ? inline(a.notChecked) : parts.join('\n\n');
}

/** Every abnormal kind, folded; those that were not met first. */
function abnormal({ analysis }: ReportInput, text: Text): string[] {
  const found = analysis.answers.abnormal;
  if (found.kind === 'absent') return [];
  const { rows, sent, asExpected, named, shouldName } = found.value;
  const a = text.answers;
  const wrong = rows.filter((row) => !abnormalMet(row));
  const ordered = [...wrong, ...rows.filter(abnormalMet)];
  return [
    `#### ${a.abnormal}`,
    inline(a.abnormalText(count(rows.length), count(sent), count(asExpected), count(wrong.length), count(named), count(shouldName))),
    `<details><summary>${inline(a.abnormal)}</summary>`,
    table(abnormalHead(text), ordered.map((row) => [`${abnormalMet(row) ? '' : '✗ '}${code(row.kind)}`, ...abnormalCells(row, text).map(inline)]), [1, 9]),
    '</details>',
  ];
}

/** What ended the run early, and the notes it left. */
function outcome({ outcome: how, failure, warnings }: RunRecord, text: Text): string[] {
  const hint = failure === null ? '' : hintWords(text, failure);
  const parts = how === 'completed' ? [] : [text.outcome[how], ...(failure === null ? [] : [`${failureWords(text, failure)}${text.stop}`]), ...(hint === '' ? [] : [`${text.outcome.hint}${text.colon}${hint}`])];
  const notes = warnings.map((warning) => `- ${inline(`${text.outcome.warnings}${text.colon}${warningWords(text, warning)}`)}`);
  return [...(parts.length === 0 ? [] : [`> ${inline(parts.join(text.sentenceSpace))}`]), ...(notes.length === 0 ? [] : [notes.join('\n')])];
}

function calibrationFact(input: ReportInput, text: Text): [string, string][] {
  const sentence = calibrationSentence(input, text);
  return sentence === null ? [] : [[text.calibration.title, sentence]];
}

/** The whole file, with a final newline. */
export function renderMarkdown(input: ReportInput, language: Language): string {
  const { record, verdict } = input;
  const text = textOf(language);
  return `${[
    `### ${statusSymbol[verdict.status]} ${inline(record.plan.name)}${text.colon}${text.verdictWord[verdict.status]}`,
    inline(verdictSentence(verdict, record, language)),
    ...outcome(record, text),
    `#### ${text.section.gates}`, gates(input, text),
    ...(record.search === undefined ? [] : [`#### ${text.search.title}`, inline(searchSentence(input, text)), table(probeHead(text), probeRows(record, text).map((row) => row.map(inline)), [2, 3, 6])]),
    ...replicas(input, text),
    ...(isConformance(record) ? [`#### ${text.conformance.title}`, conformance(input, text)] : isJob(record) ? [`#### ${text.job.title}`, job(input, text)] : [`#### ${text.section.stages}`, stages(input, text), ...lots(input, text), ...shapes(input, text)]),
    ...(isConformance(record) ? [] : [`#### ${text.section.findings}`, findings(input, text)]),
    ...(isJob(record) || isConformance(record) ? [] : [`#### ${text.section.answers}`, answers(input, text), ...abnormal(input, text)]),
    `<details><summary>${text.markdown.details}</summary>`,
    [...headFacts(record, text), ...calibrationFact(input, text)].map(([name, value]) => `- ${inline(name)}${text.colon}${inline(value)}`).join('\n'),
    ...(record.round === true ? [text.appendix.reproduceRound] : []),
    block(reproduceCommand(record)),
    `${text.markdown.record(code(record.id), code(record.plan.hash))}`,
    '</details>',
  ].join('\n\n')}\n`;
}
