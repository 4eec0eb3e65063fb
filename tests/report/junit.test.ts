import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderReports, type ReportInput } from '../../harness/report/index.js';
import { brokenInput } from './broken-input.js';
import { sampleInput } from './sample-input.js';
import { all, parseXml, type Element } from './xml.js';

async function junit(input: ReportInput): Promise<Element> {
  const [file] = await renderReports(input, { languages: ['zh-CN'], formats: ['junit'] });
  return parseXml(file!.content);
}

const caseOf = (root: Element, name: RegExp): Element => all(root, 'testcase').find((one) => name.test(one.attributes['name']!))!;

test('a failed gate is a failure, an invalid stage an error, a warning passes with its text', async () => {
  const root = await junit(sampleInput());
  const failure = caseOf(root, /^errors rate/).children[0]!;
  assert.equal(failure.name, 'failure');
  assert.match(failure.text, /measured 0\.4% \[0\.21%, 0\.72%\], limit 0\.1%/);
  assert.equal(failure.attributes['message'], failure.text, 'one reader shows the attribute, another the content');
  assert.equal(caseOf(root, /^valid: 64 users$/).children[0]!.name, 'error');
  assert.equal(caseOf(root, /p\(95\)<800ms @ 1 user/).children.length, 0);
  assert.equal(caseOf(root, /p\(99\)<1500ms/).children[0]!.name, 'system-out');
});

test('an undecided gate is skipped', async () => {
  const input = sampleInput();
  input.verdict.checks[2]!.level = 'error';
  const skipped = caseOf(await junit(input), /p\(99\)/).children[0]!;
  assert.equal(skipped.name, 'skipped');
  assert.match(skipped.attributes['message']!, /^inconclusive: /);
});

test('only what Jenkins and GitLab both read: counts agree, no foreign attribute, one outcome a case', async () => {
  for (const input of [sampleInput(), sampleInput({ gpus: 1, hostile: '"]]><x a=\u0001\ud800' }), brokenInput()]) {
    const root = await junit(input);
    const suite = root.children[0]!;
    const cases = all(root, 'testcase');
    assert.deepEqual(Object.keys(root.attributes), ['name', 'time', 'tests', 'failures', 'errors']);
    for (const element of [root, suite]) {
      assert.equal(Number(element.attributes['tests']), cases.length);
      assert.equal(Number(element.attributes['failures']), all(root, 'failure').length);
      assert.equal(Number(element.attributes['errors']), all(root, 'error').length);
    }
    assert.equal(Number(suite.attributes['skipped']), all(root, 'skipped').length);
    const names = cases.map(({ attributes }) => `${attributes['classname']!} ${attributes['name']!}`);
    assert.equal(new Set(names).size, names.length, 'names are unique');
    for (const one of cases) {
      assert.deepEqual(Object.keys(one.attributes), ['classname', 'name', 'time']);
      assert.ok(one.children.length <= 1);
    }
  }
});

test('names hold no measured value: another run of the plan has the same names', async () => {
  const names = async (rate: number): Promise<string[]> => all(await junit(sampleInput({ ratePerUser: rate })), 'testcase').map(({ attributes }) => attributes['name']!);
  assert.deepEqual(await names(20), await names(31));
});

test('a run that ended early is an error with its reason', async () => {
  const error = caseOf(await junit(brokenInput()), /^completed$/).children[0]!;
  assert.equal(error.name, 'error');
  assert.match(error.text, /not ready within 60 s\. Look at logs/);
});
