/**
 * JUnit XML, the subset that Jenkins' schema and GitLab's parser share: no `skipped` on testsuites, one failure a case, the message
 * in the attribute and in the content, and names without measured values, so that two runs can be compared by name. English only.
 */
import { printable } from './printable.js';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\t': '&#9;', '\n': '&#10;', '\r': '&#13;' };

/** Text for content or a quoted attribute; characters XML 1.0 cannot hold are gone. */
function xml(text: string): string {
  return printable(text).replace(/[&<>"\t\n\r]/g, (character) => entities[character] ?? '');
}

export type Outcome = { kind: 'passed'; note?: string } | { kind: 'failure' | 'error' | 'skipped'; type: string; message: string };

export interface JunitCase {
  suite: string;
  name: string;
  timeS: number;
  outcome: Outcome;
}

function caseText({ suite, name, timeS, outcome }: JunitCase, className: string): string {
  const head = `    <testcase classname="${xml(`${className}.${suite}`)}" name="${xml(name)}" time="${timeS.toFixed(3)}"`;
  if (outcome.kind === 'passed') return outcome.note === undefined ? `${head}/>` : `${head}>\n      <system-out>${xml(outcome.note)}</system-out>\n    </testcase>`;
  const message = xml(outcome.message);
  // The skipped element may hold no type in some readers, so only failures and errors carry one.
  const body = outcome.kind === 'skipped' ? `<skipped message="${message}"/>` : `<${outcome.kind} message="${message}" type="${xml(outcome.type)}">${message}</${outcome.kind}>`;
  return `${head}>\n      ${body}\n    </testcase>`;
}

/** Duplicate names are dropped by GitLab, so the second of a kind gets a number. */
function unique(cases: readonly JunitCase[]): JunitCase[] {
  const seen = new Map<string, number>();
  return cases.map((one) => {
    const key = `${one.suite} ${one.name}`;
    const n = (seen.get(key) ?? 0) + 1;
    seen.set(key, n);
    return n === 1 ? one : { ...one, name: `${one.name} (${String(n)})` };
  });
}

/** A file of one suite. */
export interface JunitSuite {
  name: string;
  startedAt: string;
  /** Null where nobody knows. */
  durationS: number | null;
  properties: readonly (readonly [string, string])[];
  cases: readonly JunitCase[];
}

/** The whole file, with a final newline. */
export function junitText({ name, startedAt, durationS, properties, cases: given }: JunitSuite): string {
  const cases = unique(given);
  const total = (kind: Outcome['kind']): string => String(cases.filter((one) => one.outcome.kind === kind).length);
  const time = durationS === null ? '' : ` time="${durationS.toFixed(3)}"`;
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="mgeo-bench"${time} tests="${String(cases.length)}" failures="${total('failure')}" errors="${total('error')}">`,
    `  <testsuite name="${xml(name)}" tests="${String(cases.length)}" failures="${total('failure')}" errors="${total('error')}" skipped="${total('skipped')}"${time} timestamp="${xml(startedAt.replace(/\.\d+Z$/, ''))}">`,
    '    <properties>',
    ...properties.map(([key, value]) => `      <property name="${key}" value="${xml(value)}"/>`),
    '    </properties>',
    ...cases.map((one) => caseText(one, `mgeo-bench.${name}`)),
    '  </testsuite>',
    '</testsuites>',
  ].join('\n')}\n`;
}
