/**
 * A comparison as JUnit XML: a case for its end, for the runs of each arm, and for what was asked of them: each gate on a baseline, each drill, else the
 * deciding figure of each arm. Names hold neither numbers of runs nor measured values, so that two pipelines can be compared by name.
 */
import type { ArmComparison, ComparisonRecord, ComparisonVerdict, Drill, PairedCheck } from '../../model/comparison.js';
import { outageSentence } from '../drill-figure.js';
import { junitText, type JunitCase, type Outcome } from '../junit-text.js';
import { percent } from '../number.js';
import { textOf } from '../text/index.js';
import { changeText, checkGate, isCounted, limitText, sideText } from './check-cells.js';
import { figureOf } from './figure.js';
import { failuresText } from './limits.js';
import { stageOf } from './rows.js';
import { comparisonSentence } from './sentence.js';

const text = textOf('en');

function endCase(record: ComparisonRecord, verdict: ComparisonVerdict): JunitCase {
  const sentence = comparisonSentence(record, verdict, 'en');
  const outcome = ((): Outcome => {
    if (record.outcome !== 'completed') return { kind: 'error', type: record.outcome, message: [sentence, record.rounds.at(-1)?.why ?? ''].join(' ').trim() };
    return verdict.status === 'invalid' ? { kind: 'error', type: 'invalid-measurement', message: sentence } : { kind: 'passed', note: sentence };
  })();
  return { suite: 'comparison', name: 'completed', timeS: 0, outcome };
}

/** As the verdict counts: an arm fails whose gates failed in more than half of its runs. Saved runs were judged when they were made. */
function armCases(record: ComparisonRecord): JunitCase[] {
  const { arms, rounds, design } = record;
  if (design.order === 'saved') return [];
  return [...new Set(arms.map(({ name }) => name))].map((arm) => {
    const own = rounds.filter((round) => round.arm === arm);
    const counted = [...new Set(own.map(({ verdict }) => verdict))].map((verdict) => `${String(own.filter((round) => round.verdict === verdict).length)} ${verdict}`).join(', ');
    const message = `${String(own.length)} ${own.length === 1 ? 'run' : 'runs'}: ${counted}`;
    const many = (verdict: string): boolean => own.filter((round) => round.verdict === verdict).length * 2 > own.length;
    const outcome: Outcome = many('fail') ? { kind: 'failure', type: 'gate', message: [message, failuresText(record, arm, text)].flatMap((part) => part ?? []).join('; ') } : own.length > 0 && own.every(({ verdict }) => verdict === 'invalid') ? { kind: 'error', type: 'invalid-measurement', message } : { kind: 'passed', note: message };
    return { suite: 'runs', name: arm === '' ? 'all runs' : arm, timeS: 0, outcome };
  });
}

function checkCase(check: PairedCheck): JunitCase {
  const { arm, level, status, why } = check;
  const change = `${checkGate(check)}: ${changeText(check, text)}, allowed ${limitText(check)}`;
  const message = isCounted(check) && check.value !== null ? change : `${change}, baseline ${sideText(check, 'first')}, candidate ${sideText(check, 'second')}; ${text.compare.gates.why[why]}`;
  const outcome = ((): Outcome => {
    if (status === 'pass') return { kind: 'passed', note: message };
    if (level === 'warn') return { kind: 'passed', note: `warning (${status}): ${message}` };
    return status === 'fail' ? { kind: 'failure', type: 'gate', message } : { kind: 'skipped', type: status, message: `${status}: ${message}` };
  })();
  return { suite: 'gates', name: `${arm}: ${checkGate(check)} @ ${stageOf(check, text)}`, timeS: 0, outcome };
}

function figureCase(comparison: ArmComparison, { design }: ComparisonRecord): JunitCase {
  const row = comparison.deciding === null ? undefined : comparison.rows[comparison.deciding];
  const figure = figureOf(comparison, text);
  const outcome = ((): Outcome => {
    if (row === undefined || figure === null) return { kind: 'error', type: 'invalid-measurement', message: text.compare.why['no-pair'] };
    const message = `${text.compare.word[row.word]}: ${figure}`;
    // Arms that are sent different things on purpose are shown beside each other, not decided between.
    if (row.why === 'traffic') return { kind: 'passed', note: message };
    if (row.word === 'inconclusive') return { kind: 'skipped', type: row.word, message };
    return design.aa && row.word !== 'equivalent' ? { kind: 'failure', type: 'differs-from-itself', message } : { kind: 'passed', note: message };
  })();
  return { suite: 'compared', name: text.compare.against(comparison.second, comparison.first), timeS: 0, outcome };
}

function drillCase({ arm, outage }: Drill): JunitCase {
  const message = outageSentence(outage, text);
  return { suite: 'drills', name: arm, timeS: 0, outcome: outage.kind === 'found' ? { kind: 'passed', note: message } : { kind: 'error', type: 'invalid-measurement', message } };
}

/** The whole file, with a final newline. */
export function renderComparisonJunit(record: ComparisonRecord, verdict: ComparisonVerdict): string {
  const { checks = [], comparisons, drills, design } = record;
  const asked = drills !== undefined ? drills.map(drillCase) : checks.length > 0 ? checks.map(checkCase) : comparisons.map((comparison) => figureCase(comparison, record));
  return junitText({
    name: record.name, startedAt: record.startedAt, durationS: null,
    properties: [['comparison', record.id], ['pairs', String(comparisons[0]?.pairs ?? 0)], ['looks', String(record.looks)], ['confidence', percent(design.confidence)]],
    cases: [endCase(record, verdict), ...armCases(record), ...asked],
  });
}
