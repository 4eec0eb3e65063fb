/** A run as JUnit XML: a case for its end, for the validity of each stage, for each check of the conformance suite and for each gate. */
import { baselineFigure, limitFigure, measuredFigure } from './check-figure.js';
import { checkTitle, seenText } from './conformance-figure.js';
import { junitText, type JunitCase, type Outcome } from './junit-text.js';
import { percent } from './number.js';
import type { ReportInput } from './report-input.js';
import { stagePairs } from './stage-figure.js';
import { textOf } from './text/index.js';
import { verdictSentence } from './verdict-sentence.js';
import { checkWords, validityWords } from './words.js';

function gateCases({ record, verdict }: ReportInput): JunitCase[] {
  const text = textOf('en');
  return verdict.checks.map((check) => {
    const message = `${check.id}: measured ${measuredFigure(check, record)}, limit ${limitFigure(check, record, text)}${check.baseline === undefined ? '' : `, baseline ${baselineFigure(check, record, text)}`}: ${checkWords(text, check)}`;
    const outcome = ((): Outcome => {
      if (check.status === 'pass') return { kind: 'passed' };
      if (check.level === 'warn') return { kind: 'passed', note: `warning (${check.status}): ${message}` };
      if (check.status === 'fail') return { kind: 'failure', type: 'gate', message };
      if (check.status === 'invalid') return { kind: 'error', type: 'invalid-measurement', message };
      return { kind: 'skipped', type: check.status, message: `${check.status}: ${message}` };
    })();
    return { suite: 'gates', name: check.id, timeS: 0, outcome };
  });
}

function validityCases({ record, analysis }: ReportInput): JunitCase[] {
  const text = textOf('en');
  return stagePairs(record, analysis, text).map(({ result, stage }) => {
    const message = stage.validity.reasons.map((reason) => validityWords(text, reason)).join('; ');
    // A probe that a search's verdict does not rest on is no error of the run.
    const judged = analysis.search === undefined || analysis.search.judged.includes(stage.index);
    const outcome: Outcome = stage.validity.status === 'invalid' && !judged ? { kind: 'passed', note: `invalid, and not judged: ${message}` } : stage.validity.status === 'invalid' ? { kind: 'error', type: 'invalid-measurement', message } : stage.validity.status === 'suspect' ? { kind: 'passed', note: `suspect: ${message}` } : { kind: 'passed' };
    return { suite: 'measurement', name: `valid: ${stage.name}`, timeS: Math.max(0, result.windowToMs - result.windowFromMs) / 1000, outcome };
  });
}

/** Each check of the conformance suite; one of level should never fails. */
function conformanceCases({ record: { conformance } }: ReportInput): JunitCase[] {
  const text = textOf('en');
  return (conformance?.checks ?? []).map((check) => {
    const seen = seenText(check, text);
    const message = `${checkTitle(check, text)}${seen === '' ? '' : `: ${seen}`}`;
    const outcome = ((): Outcome => {
      if (check.status === 'pass') return { kind: 'passed' };
      if (check.status === 'not-applicable' || check.status === 'not-run') return { kind: 'skipped', type: check.status, message };
      return check.level === 'must' ? { kind: 'failure', type: 'conformance', message } : { kind: 'passed', note: `warning: ${message}` };
    })();
    return { suite: `conformance.${check.group}`, name: check.id, timeS: 0, outcome };
  });
}

function runCase({ record, verdict }: ReportInput): JunitCase {
  const { failure, outcome } = record;
  const ended = outcome === 'completed';
  const note = verdictSentence(verdict, record, 'en');
  return { suite: 'run', name: 'completed', timeS: 0, outcome: ended ? { kind: 'passed', note } : { kind: 'error', type: failure?.code ?? outcome, message: failure === null ? note : `${failure.message} ${failure.hint}`.trim() } };
}

/** The whole file, with a final newline. */
export function renderJunit(input: ReportInput): string {
  const { record } = input;
  return junitText({
    name: record.plan.name, startedAt: record.startedAt, durationS: record.durationS,
    properties: [
      ['run', record.id], ['plan', record.plan.hash], ['seed', String(record.plan.seed)], ['engine', record.engine === null ? '' : `${record.engine.name} ${record.engine.version}`], ['model', record.server?.modelSha256 ?? ''], ['confidence', percent(record.plan.policy.confidence)],
    ],
    cases: [runCase(input), ...validityCases(input), ...conformanceCases(input), ...gateCases(input)],
  });
}
