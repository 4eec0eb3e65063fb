/**
 * JUnit XML, the subset that Jenkins' schema and GitLab's parser share: no `skipped` on testsuites, one failure a case, the message
 * in the attribute and in the content, and names without measured values, so that two runs can be compared by name. English only.
 */
import { baselineFigure, limitFigure, measuredFigure } from './check-figure.js';
import { checkTitle, seenText } from './conformance-figure.js';
import { percent } from './number.js';
import { printable } from './printable.js';
import type { ReportInput } from './report-input.js';
import { stagePairs } from './stage-figure.js';
import { textOf } from './text/index.js';
import { verdictSentence } from './verdict-sentence.js';
import { checkWords, validityWords } from './words.js';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\t': '&#9;', '\n': '&#10;', '\r': '&#13;' };

/** Text for content or a quoted attribute; characters XML 1.0 cannot hold are gone. */
function xml(text: string): string {
  return printable(text).replace(/[&<>"\t\n\r]/g, (character) => entities[character] ?? '');
}

type Outcome = { kind: 'passed'; note?: string } | { kind: 'failure' | 'error' | 'skipped'; type: string; message: string };

interface Case {
  suite: string;
  name: string;
  timeS: number;
  outcome: Outcome;
}

function caseText({ suite, name, timeS, outcome }: Case, className: string): string {
  const head = `    <testcase classname="${xml(`${className}.${suite}`)}" name="${xml(name)}" time="${timeS.toFixed(3)}"`;
  if (outcome.kind === 'passed') return outcome.note === undefined ? `${head}/>` : `${head}>\n      <system-out>${xml(outcome.note)}</system-out>\n    </testcase>`;
  const message = xml(outcome.message);
  // The skipped element may hold no type in some readers, so only failures and errors carry one.
  const body = outcome.kind === 'skipped' ? `<skipped message="${message}"/>` : `<${outcome.kind} message="${message}" type="${xml(outcome.type)}">${message}</${outcome.kind}>`;
  return `${head}>\n      ${body}\n    </testcase>`;
}

function gateCases({ record, verdict }: ReportInput): Case[] {
  const text = textOf('en');
  return verdict.checks.map((check) => {
    const message = `${check.id}: measured ${measuredFigure(check, record)}, limit ${limitFigure(check, record, text)}${check.baseline === undefined ? '' : `, baseline ${baselineFigure(check, record, text)}`}. ${checkWords(text, check)}`;
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

function validityCases({ record, analysis }: ReportInput): Case[] {
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
function conformanceCases({ record: { conformance } }: ReportInput): Case[] {
  const text = textOf('en');
  return (conformance?.checks ?? []).map((check) => {
    const seen = seenText(check, text);
    const message = `${checkTitle(check, text)}${seen === '' ? '' : `: ${seen}`}`;
    const outcome = ((): Outcome => {
      if (check.status === 'pass') return { kind: 'passed' };
      if (check.status === 'not-applicable') return { kind: 'skipped', type: check.status, message };
      return check.level === 'must' ? { kind: 'failure', type: 'conformance', message } : { kind: 'passed', note: `warning: ${message}` };
    })();
    return { suite: `conformance.${check.group}`, name: check.id, timeS: 0, outcome };
  });
}

function runCase({ record, verdict }: ReportInput): Case {
  const { failure, outcome } = record;
  const ended = outcome === 'completed';
  const note = verdictSentence(verdict, record, 'en');
  return { suite: 'run', name: 'completed', timeS: 0, outcome: ended ? { kind: 'passed', note } : { kind: 'error', type: failure?.code ?? outcome, message: failure === null ? note : `${failure.message} ${failure.hint}`.trim() } };
}

/** Duplicate names are dropped by GitLab, so the second of a kind gets a number. */
function unique(cases: readonly Case[]): Case[] {
  const seen = new Map<string, number>();
  return cases.map((one) => {
    const key = `${one.suite} ${one.name}`;
    const n = (seen.get(key) ?? 0) + 1;
    seen.set(key, n);
    return n === 1 ? one : { ...one, name: `${one.name} (${String(n)})` };
  });
}

/** The whole file, with a final newline. */
export function renderJunit(input: ReportInput): string {
  const { record } = input;
  const cases = unique([runCase(input), ...validityCases(input), ...conformanceCases(input), ...gateCases(input)]);
  const total = (kind: Outcome['kind']): string => String(cases.filter((one) => one.outcome.kind === kind).length);
  const time = record.durationS.toFixed(3);
  const properties: [string, string][] = [
    ['run', record.id], ['plan', record.plan.hash], ['seed', String(record.plan.seed)], ['engine', record.engine === null ? '' : `${record.engine.name} ${record.engine.version}`], ['model', record.server?.modelSha256 ?? ''], ['confidence', percent(record.plan.policy.confidence)],
  ];
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="mgeo-bench" time="${time}" tests="${String(cases.length)}" failures="${total('failure')}" errors="${total('error')}">`,
    `  <testsuite name="${xml(record.plan.name)}" tests="${String(cases.length)}" failures="${total('failure')}" errors="${total('error')}" skipped="${total('skipped')}" time="${time}" timestamp="${xml(record.startedAt.replace(/\.\d+Z$/, ''))}">`,
    '    <properties>',
    ...properties.map(([name, value]) => `      <property name="${name}" value="${xml(value)}"/>`),
    '    </properties>',
    ...cases.map((one) => caseText(one, `mgeo-bench.${record.plan.name}`)),
    '  </testsuite>',
    '</testsuites>',
  ].join('\n')}\n`;
}
