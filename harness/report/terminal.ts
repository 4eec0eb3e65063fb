/** The run on one screen of a terminal: a line a stage, then the verdict. */
import stringWidth from 'string-width';
import type { RunRecord } from '../model/record.js';
import { estimateText } from './answer-figure.js';
import { baselineFigure, checkName, measuredFigure, restsOnBaseline, stageName } from './check-figure.js';
import { isConformance } from './conformance-figure.js';
import { conformanceLines } from './terminal-conformance.js';
import { askedTargets, capacityAbsence, capacitySentence } from './capacity-figure.js';
import { gpuLines } from './gpu-figure.js';
import { endReasons, isJob, jobOf } from './job-figure.js';
import { verdictSentence } from './verdict-sentence.js';
import { count, mib, plain } from './number.js';
import type { Language, ReportInput } from './report-input.js';
import { probeState } from './search-figure.js';
import { errorFigure, figure, levelFigure, levelHead, missing, stagePairs, statusSymbol, validitySymbol, vramFigure, type StagePair } from './stage-figure.js';
import { howSentence, lotSentence, lotsOf } from './offline-figure.js';
import { quantityName, recoverySentence, slopeText } from './shape-figure.js';
import { textOf, type Text } from './text/index.js';
import { checkWords, gpuAbsenceWords, reasonWords, serverAbsenceWords, validityWords, warningWords } from './words.js';
import { jobLines } from './terminal-job.js';
import { cut, line, pad } from './terminal-text.js';

export interface TerminalOptions {
  /** ANSI colours; the symbols say the same without them. */
  colour: boolean;
  /** Width of the terminal, in cells; a Chinese character takes two. */
  columns: number;
}

type Tone = 'good' | 'bad' | 'unsure' | 'quiet' | 'strong';
const codes: Readonly<Record<Tone, readonly [number, number]>> = { good: [32, 39], bad: [31, 39], unsure: [33, 39], quiet: [2, 22], strong: [1, 22] };
const toneOf = { pass: 'good', fail: 'bad', inconclusive: 'unsure', invalid: 'bad', skipped: 'quiet', valid: 'good', suspect: 'unsure' } as const;

function painter(colour: boolean): (text: string, tone: Tone) => string {
  return (text, tone) => (colour ? `\u001b[${String(codes[tone][0])}m${text}\u001b[${String(codes[tone][1])}m` : text);
}

/** Columns in the order they are given up on a narrow terminal: the last named goes first. */
const dropOrder = ['p50', 'cpu', 'memory', 'vram', 'p99'] as const;
type ColumnName = 'stage' | 'users' | 'rps' | 'errors' | 'p95' | 'validity' | 'probe' | (typeof dropOrder)[number];

function cells({ result, stage }: StagePair, { search }: RunRecord, text: Text): Record<ColumnName, string> {
  const { validity } = stage;
  const probe = search?.probes.find((one) => one.stage === stage.index);
  return {
    stage: cut(line(stage.name), 24), users: levelFigure(stage), rps: plain(stage.achievedRps),
    p50: figure(stage.latencyMs.p50), p95: figure(stage.latencyMs.p95), p99: figure(stage.latencyMs.p99),
    errors: errorFigure({ result, stage }), cpu: stage.cpu.server === null ? plain(null) : `${plain(stage.cpu.server)} ${text.table.cores}`, memory: mib(stage.rssPeakMiB.server), vram: vramFigure(stage),
    probe: probe === undefined ? '' : `${probeState(probe, text)} (${text.search.purposes[probe.purpose]})`,
    validity: `${validitySymbol[validity.status]} ${text.status[validity.status]}`,
  };
}

function columnsFor(input: ReportInput, rows: readonly Record<ColumnName, string>[], titleOf: (name: ColumnName) => string, text: Text, room: number): { name: ColumnName; cells: number }[] {
  const all: ColumnName[] = ['stage', 'users', 'rps', 'p50', 'p95', 'p99', 'errors', 'cpu', 'memory', 'vram', 'probe', 'validity'];
  const gpus = gpuAbsenceWords(text, input.record) === null;
  let shown = all.filter((name) => (name !== 'vram' || gpus) && (name !== 'probe' || input.record.search !== undefined)).map((name) => ({ name, cells: Math.max(stringWidth(titleOf(name)), ...rows.map((row) => stringWidth(row[name]))) }));
  const width = (): number => shown.reduce((sum, column) => sum + column.cells + 2, -2);
  for (const name of dropOrder) if (width() > room) shown = shown.filter((column) => column.name !== name);
  return shown;
}

/** What the table cannot say in a cell: missing data, reasons, no GPU. */
function footnotes(input: ReportInput, pairs: readonly StagePair[], text: Text): string[] {
  // Probes that fail are doubtful by nature; their reasons are the search's log.
  const told = pairs.filter(({ stage }) => input.analysis.search === undefined || input.analysis.search.judged.includes(stage.index));
  const notes = told.flatMap(({ result, stage }) => {
    const name = line(stage.name);
    // A job has no requests, and an offline load as many as its batches make: none are missing; how a job ended stands above.
    const job = result.job !== undefined;
    const counted = job || stage.offline !== undefined;
    const p99 = counted ? null : missing(stage.latencyMs.p99, stage.latencyMs.n);
    const p95 = counted ? null : missing(stage.latencyMs.p95, stage.latencyMs.n);
    return [
      ...(job || result.status === 'completed' ? [] : [`${name}${text.colon}${text.outcome.stageStatus[result.status]}${result.why === null ? '' : `${text.colon}${line(reasonWords(text, result.why, ''))}`}`]),
      ...(p95 !== null ? [`${name}${text.colon}${text.terminal.needs(count(p95), 'p95')}`] : p99 !== null ? [`${name}${text.colon}${text.terminal.needs(count(p99), 'p99')}`] : []),
      ...stage.validity.reasons.filter(({ code }) => !job || !endReasons.has(code)).map((reason) => `${name}${text.colon}${validitySymbol[reason.level]} ${line(validityWords(text, reason))}`),
    ];
  });
  const why = gpuAbsenceWords(text, input.record);
  const warnings = input.record.warnings.map((warning) => `${text.outcome.warnings}${text.colon}${line(warningWords(text, warning))}`);
  const simulated = input.record.plan.server.kind === 'simulated' ? [text.terminal.simulated] : [];
  const server = pairs.length === 0 ? null : serverAbsenceWords(text, input.record);
  return [...simulated, ...notes, ...(server === null ? [] : [server]), ...(why === null ? gpuLines(input, text).map(line) : [text.terminal.noGpu(line(why))]), ...warnings];
}

/** What came of an offline load's pairs, and how they were sent: the table tells of requests. */
function lotNotes(pairs: readonly StagePair[], text: Text): string[] {
  return lotsOf(pairs).map((lot) => `${line(lot.stage.name)}${text.colon}${line(`${lotSentence(lot, text)} (${howSentence(lot, text)})`)}`);
}

/** What a spike or a soak was driven for: a line a spike, a line a quantity. */
function shapeNotes(pairs: readonly StagePair[], text: Text): string[] {
  return pairs.flatMap(({ stage }) => {
    const sentence = recoverySentence(stage, text);
    return [
      ...(sentence === null ? [] : [`${line(stage.name)}${text.colon}${line(sentence)}`]),
      ...stage.drift.map((drift) => `${line(stage.name)}${text.colon}${line(text.shapes.driftLine(quantityName(drift, text), slopeText(drift, text), text.shapes.words[drift.word]))}`),
    ];
  });
}

/** How good the answers were, on one line; nothing where they were not asked for or mean nothing. */
function answerNote({ analysis: { answers: { aucs, quality, probes, abnormal } } }: ReportInput, text: Text): string[] {
  const t = text.terminal;
  const parts = [
    ...(quality.kind === 'found' && aucs.highLow.kind === 'found' ? [t.auc(estimateText(aucs.highLow))] : []),
    ...(quality.kind === 'found' && quality.value.macroF1.kind === 'found' ? [t.macroF1(estimateText(quality.value.macroF1))] : []),
    ...(probes.kind === 'found' ? [t.probes(count(probes.value.passed), count(probes.value.n))] : []),
    ...(abnormal.kind === 'found' ? [t.abnormal(count(abnormal.value.asExpected), count(abnormal.value.sent))] : []),
  ];
  return parts.length === 0 ? [] : [`${text.section.answers}${text.colon}${parts.join(text.listSeparator)}`];
}

/** Replicas, where the scenario asks for them. */
function capacityNotes({ record, analysis: { capacity } }: ReportInput, text: Text): string[] {
  if (record.plan.capacity === undefined) return [];
  if (capacity.kind === 'absent') return [capacityAbsence(capacity.why, text)];
  return [capacitySentence(capacity.value, text), ...askedTargets(capacity.value, text)];
}

/** Every check on a baseline, a line each: a table of stages has no room for them. */
function baselineNotes({ record, verdict }: ReportInput, text: Text): string[] {
  return verdict.checks.filter(restsOnBaseline).map((check) => {
    const [name, where, why] = [checkName(check, record), stageName(check, record, text), checkWords(text, check)];
    const status = `${statusSymbol[check.status]} ${text.status[check.status]}`;
    return line(check.baseline === undefined ? text.baseline.lineWithout(name, where, status, why) : text.baseline.line(name, where, measuredFigure(check, record), baselineFigure(check, record, text), status, why));
  });
}

/** Table, notes and verdict, without a final newline. */
export function terminalTable(input: ReportInput, language: Language, { colour, columns }: TerminalOptions): string {
  const text = textOf(language);
  const paint = painter(colour);
  const pairs = stagePairs(input.record, input.analysis, text);
  const rows = pairs.map((pair) => cells(pair, input.record, text));
  const titleOf = (name: ColumnName): string => (name === 'users' ? levelHead(pairs, text.terminal) : name === 'probe' ? text.search.terminal : text.terminal[name]);
  const shown = columnsFor(input, rows, titleOf, text, Math.max(40, columns));
  const draw = (value: (name: ColumnName) => string): string => shown.map(({ name, cells: width }) => pad(value(name), width, name === 'stage' || name === 'validity' || name === 'probe')).join('  ').trimEnd();
  const body = rows.map((row, i) => {
    const status = pairs[i]?.stage.validity.status ?? 'valid';
    return draw((name) => row[name]).replace(row.validity, () => paint(row.validity, toneOf[status]));
  });
  const { status } = input.verdict;
  const job = jobOf(input);
  const told = isConformance(input.record) ? conformanceLines(input.record, text, paint) : job !== null
    ? jobLines(job, input, text, Math.max(40, columns), (words) => paint(words, 'quiet'), (words) => paint(words, toneOf[job.pair.stage.validity.status]))
    : rows.length === 0 ? [isJob(input.record) ? text.job.notRun : text.terminal.noStages] : [paint(draw(titleOf), 'quiet'), ...body];
  return [
    ...told,
    ...lotNotes(pairs, text),
    ...shapeNotes(pairs, text),
    ...capacityNotes(input, text),
    ...baselineNotes(input, text),
    ...[...footnotes(input, pairs, text), ...answerNote(input, text)].map((note) => paint(note, 'quiet')),
    '',
    `${paint(`${statusSymbol[status]} ${text.verdictWord[status]}`, toneOf[status])}${text.colon}${line(verdictSentence(input.verdict, input.record, language))}`,
  ].join('\n');
}
