import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { XmlDocument, XsdValidator, XmlValidateError } from 'libxml2-wasm';
import { analyseRecord } from '../../harness/analysis/index.js';
import { judge, judgeComparison } from '../../harness/gate/index.js';
import type { ComparisonRecord } from '../../harness/model/comparison.js';
import { comparisonReports, renderReports, type ReportInput } from '../../harness/report/index.js';
import { buildRecord, namedGate, percentileGate } from '../analysis/record-builder.js';
import { brokenInput } from './broken-input.js';
import { gatedComparison, sampleComparison } from './comparison/sample.js';
import { packageRoot } from './golden.js';
import { sampleInput } from './sample-input.js';

const schema = readFileSync(path.join(packageRoot(), 'docs/schema/junit.xsd'), 'utf8');

/** Throws XmlValidateError where the text is not what the schema says, XmlParseError where it is no XML. */
function validate(text: string): void {
  using xsd = XmlDocument.fromString(schema);
  using validator = XsdValidator.fromDoc(xsd);
  using document = XmlDocument.fromString(text);
  validator.validate(document);
}

async function junit(input: ReportInput): Promise<string> {
  return (await renderReports(input, { languages: ['en'], formats: ['junit'] }))[0]!.content;
}

function judged(shape: Parameters<typeof buildRecord>[0]): ReportInput {
  const record = buildRecord(shape);
  const analysis = analyseRecord(record);
  return { record, analysis, verdict: judge({ record, analysis }) };
}

test('junit.xml is what docs/schema/junit.xsd says, whatever the run was', async () => {
  const inputs: [string, ReportInput][] = [
    ['a run', sampleInput()], ['with GPUs and hostile names', sampleInput({ gpus: 2, hostile: '"]]><x a=\u0001\ud800&\n\t<!-- ' })], ['that ended early', brokenInput()],
    ['judged', judged({ users: [1, 4], gates: [percentileGate('latency', 95, '<', 1), namedGate('errors', 'rate', '<', 0.001)] })],
    ['without a gate', judged({ users: [2] })], ['without a stage', judged({ users: [] })],
  ];
  for (const [name, input] of inputs) {
    const text = await junit(input);
    assert.doesNotThrow(() => { validate(text); }, name);
  }
});

test('junit.xml of a comparison is what the schema says: gates, figures, drills, repeats, with hostile names, ended early', async () => {
  const word = '"]]><x a=\u0001\ud800&\n\t<!-- ';
  const drill = { arm: 'none', pair: 0, outage: { kind: 'absent', why: 'cut-short' } } as const;
  const records: [string, ComparisonRecord][] = [
    ['gates', gatedComparison()], ['hostile', gatedComparison({ word })], ['figures', sampleComparison({ word })], ['itself', sampleComparison({ aa: true })], ['repeats', { ...sampleComparison(), comparisons: [] }],
    ['drills', { ...sampleComparison(), drills: [drill, drill] }], ['nothing', { ...sampleComparison(), rounds: [], comparisons: [], summaries: [], outcome: 'aborted' }],
  ];
  for (const [name, record] of records) {
    const [file] = await comparisonReports(record, judgeComparison(record, false), [], ['zh-CN'], ['junit']);
    assert.doesNotThrow(() => { validate(file!.content); }, name);
  }
});

test('the schema refuses what one of the two readers does not know', async () => {
  const text = await junit(sampleInput());
  validate(text);
  const faults: [string, string][] = [
    ['<testsuites name=', '<testsuites skipped="0" name='], ['<testcase classname=', '<testcase file="x" classname='], [' time="', ' time="-'], ['<properties>', '<properties/><properties>'],
    ['</testsuite>', '<system-err/></testsuite>'], ['failures="', 'failures="many'], ['timestamp="', 'timestamp="at '], ['<failure message="', '<failure text="'],
  ];
  for (const [part, fault] of faults) {
    assert.ok(text.includes(part), part);
    assert.throws(() => { validate(text.replace(part, fault)); }, XmlValidateError, fault);
  }
  const [first = ''] = /<testcase [^>]*\/>/.exec(text) ?? [];
  assert.throws(() => { validate(text.replace(first, first + first)); }, /names-of-cases|Duplicate/i);
});
