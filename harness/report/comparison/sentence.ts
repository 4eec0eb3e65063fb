/** A comparison in one sentence, with its number. */
import type { ArmComparison, ComparisonRecord, ComparisonVerdict, Drill } from '../../model/comparison.js';
import { armsBeyondLimits } from '../../model/arm-limits.js';
import { outageSentence } from '../drill-figure.js';
import { count, differenceFigure, percent, plain } from '../number.js';
import type { Language } from '../report-input.js';
import { intervalAround } from '../stage-figure.js';
import { answersSentences } from './arm-answers.js';
import { scalingSentences } from './scaling.js';
import { changeText, checkAt, farthest } from './check-cells.js';
import { figureOf } from './figure.js';
import { stageOf } from './rows.js';
import { textOf, type Text } from '../text/index.js';
import { validityWords } from '../words.js';
import { causeText } from './cause.js';
import { beyondSentences, noneWithin } from './limits.js';
import { simulatedPrefix } from './subject.js';
import { suspectText } from './validity.js';
import { answersText, hasWinner, memoryText, toldOfWinner, winnerSentences } from './winner.js';

function armSentence(comparison: ArmComparison, record: ComparisonRecord, text: Text): string {
  const { compare } = text;
  const { design } = record;
  const row = comparison.deciding === null ? undefined : comparison.rows[comparison.deciding];
  const figure = figureOf(comparison, text);
  if (row === undefined || figure === null) return compare.sentence.inconclusive(comparison.second, comparison.first, compare.why['no-pair']);
  const equivalence = `±${percent(design.equivalence)}`;
  if (row.why === 'traffic') {
    const shown = compare.shown(comparison.second, comparison.first, figure, comparison.traffic.map((fact) => compare.traffic[fact] ?? fact).join(text.enumeration));
    return [shown, memoryText(comparison, text), answersText(record, { arm: comparison.second }, comparison, text), causeText(record, comparison.second, comparison.first, false, text)].flatMap((sentence) => sentence ?? []).join(text.sentenceSpace);
  }
  const because = row.why === 'one-pair' ? compare.because['one-pair']
    : row.why === 'within-noise' ? compare.because['within-noise'](differenceFigure(row.detectable), equivalence) : null;
  return compare.sentence[row.word](comparison.second, comparison.first, because === null ? figure : `${figure}${text.drill.separator}${because}`);
}

/** The verdict of a comparison in one sentence or, of several arms, the winner's and one for each other; that it ended early is said behind them. */
export function comparisonSentence(record: ComparisonRecord, verdict: ComparisonVerdict, language: Language): string {
  const text = textOf(language);
  const { compare } = text;
  return simulatedPrefix(record, text) + [wholeSentence(record, verdict, text), ...(record.outcome === 'completed' ? [] : [compare.stopped]), ...[suspectText(record, text)].flatMap((sentence) => sentence ?? [])].join(text.sentenceSpace);
}

/** With the reason of the first run that is no measurement, and how many are none. */
function nothingValid({ rounds }: ComparisonRecord, text: Text): string {
  const invalid = rounds.filter((round) => round.invalid !== undefined);
  const told = invalid[0]?.invalid;
  if (told === undefined) return text.compare.nothingValid;
  return text.compare.nothingValidFor(count(invalid.length), count(rounds.length), stageOf({ stage: told.stage }, text), validityWords(text, { level: 'invalid', ...told.reason }));
}

/** How many drills broke the promise, and how many came back. */
function drilledSentence(drills: readonly Drill[], invalid: number, text: Text): string {
  const found = drills.flatMap(({ outage }) => (outage.kind === 'found' ? [outage.value] : []));
  const held = found.filter(({ fromS }) => fromS === null).length;
  const back = found.filter(({ fromS, recovered }) => fromS !== null && recovered).length;
  const told = text.drill.drilled(count(drills.length), drills.length === 1, count(held), count(back), count(drills.length - held - back));
  const fallback = found.filter(({ degraded = 0 }) => degraded > 0).length;
  return [told, ...(fallback === 0 ? [] : [text.drill.byFallback(count(fallback))]), ...(invalid === 0 ? [] : [text.drill.invalid(count(invalid), invalid === 1)])].join(text.sentenceSpace);
}

/** A sentence for every drill, in the order in which they were run. */
export function drillSentences({ drills = [] }: ComparisonRecord, text: Text): string[] {
  return drills.map(({ arm, outage }) => text.drill.of(arm, outageSentence(outage, text)));
}

/** A winner first, then the others; where none is shown, first what every comparison came to. What an arm beyond its limits comes to is its limits. */
function betterSentences(record: ComparisonRecord, text: Text): string[] {
  const beyond = noneWithin(record) ? [] : armsBeyondLimits(record);
  const others = record.comparisons.filter((comparison) => !toldOfWinner(comparison, record) && !beyond.includes(comparison.second)).map((comparison) => armSentence(comparison, record, text));
  const winner = winnerSentences(record, text);
  return hasWinner(record) ? [...winner, ...others] : [...others, ...winner];
}

/** Arms beyond their limits, but for one that the sentences of the winner name; that none is within them is said first. */
function beyondTold(record: ComparisonRecord, text: Text): string[] {
  const named = record.scaling === undefined && record.design.by === undefined ? record.winner?.fastest?.arm : undefined;
  return [...(record.drills === undefined && noneWithin(record) ? [text.compare.winner.noneWithin] : []), ...beyondSentences(record, armsBeyondLimits(record).filter((arm) => arm !== named), text)];
}

function wholeSentence(record: ComparisonRecord, verdict: ComparisonVerdict, text: Text): string {
  const { compare } = text;
  const told = record.scaling !== undefined ? scalingSentences(record, text) : record.design.by === 'answers' ? answersSentences(record, text) : betterSentences(record, text);
  if (record.drills !== undefined && verdict.code !== 'nothing-valid') return [...(verdict.code === 'gates-failed' ? beyondTold(record, text) : []), drilledSentence(record.drills, record.rounds.filter((round) => round.verdict === 'invalid').length, text)].join(text.sentenceSpace);
  if (verdict.code === 'gates-failed') return [...beyondTold(record, text), ...told].join(text.sentenceSpace);
  if (verdict.code === 'nothing-valid') return nothingValid(record, text);
  if (verdict.code === 'differs-from-itself') return [compare.differs, ...told].join(text.sentenceSpace);
  if (verdict.code === 'release-fails' || verdict.code === 'release-open' || verdict.code === 'release-holds') return checksSentence(record, verdict, text);
  if (record.design.aa && verdict.code === 'decided' && record.comparisons[0] !== undefined) return compare.same(figureOf(record.comparisons[0], text) ?? '');
  if (told.length > 0) return told.join(text.sentenceSpace);
  const [summary] = record.summaries;
  const row = summary?.rows.findLast(({ metric }) => metric === record.design.metric) ?? summary?.rows.at(-1);
  if (summary === undefined || row === undefined) return compare.nothingValid;
  const range = intervalAround(row.mean, row.low, row.high);
  return compare.repeated(count(summary.rounds), summary.rounds === 1, compare.metric[row.metric], `${plain(row.mean)}${range === '' ? '' : ` ${range}`} ${row.unit}`, stageOf(row, text));
}

/** Of gates on a baseline: the one that is farthest beyond its limit, or nearest to it. */
function checksSentence({ checks = [] }: ComparisonRecord, { code, arm }: ComparisonVerdict, text: Text): string {
  const { gates } = text.compare;
  const deciding = checks.filter(({ level, status }) => level === 'error' && status !== 'skipped');
  const all = count(deciding.length);
  const status = code === 'release-fails' ? 'fail' : code === 'release-open' ? 'inconclusive' : 'pass';
  const told = farthest(deciding.filter((check) => check.status === status));
  if (told === undefined) return text.compare.nothingValid;
  const some = count(deciding.filter((check) => check.status === status).length);
  if (status === 'pass') return gates.holds(all, checkAt(told, text), changeText(told, text));
  return gates[status === 'fail' ? 'fails' : 'open'](arm, checkAt(told, text), changeText(told, text), some, all);
}
