import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { renderReports, terminalTable, type Language, type ReportFile } from '../../harness/report/index.js';
import { sameAsFile } from './golden.js';
import { sampleInput } from './sample-input.js';

const small = { users: [1, 8, 32], durationS: 3 };
const both: Language[] = ['en', 'zh-CN'];

async function files(languages: Language[], options = small): Promise<Map<string, string>> {
  return new Map((await renderReports(sampleInput(options), { languages })).map(({ name, content }) => [name, content]));
}

test('the outputs of a small run, in both languages', async () => {
  const en = await files(both);
  const zh = await files(['zh-CN']);
  assert.deepEqual([...en.keys()], ['report.html', 'report.zh-CN.html', 'report.md', 'junit.xml', 'result.json']);
  assert.deepEqual([...zh.keys()], ['report.zh-CN.html', 'report.md', 'junit.xml', 'result.json']);
  for (const name of ['report.html', 'report.zh-CN.html', 'report.md', 'junit.xml', 'result.json']) sameAsFile(`tests/golden/report/${name}`, en.get(name)!);
  sameAsFile('tests/golden/report/report.zh-CN.md', zh.get('report.md')!);
  assert.equal(zh.get('report.zh-CN.html'), en.get('report.zh-CN.html')!.replaceAll('"html":"report.html"', '"html":"report.zh-CN.html"'), 'a language looks the same alone and beside the other');
  assert.equal(zh.get('junit.xml'), en.get('junit.xml'), 'JUnit is English whatever the language');
});

test('the terminal table of a small run, in both languages', () => {
  const input = sampleInput(small);
  for (const language of both) sameAsFile(`tests/golden/report/terminal.${language}.txt`, `${terminalTable(input, language, { colour: false, columns: 120 })}\n`);
  sameAsFile('tests/golden/report/terminal.gpu.txt', `${terminalTable(sampleInput({ ...small, gpus: 2 }), 'en', { colour: false, columns: 120 })}\n`);
});

const digest = (list: readonly ReportFile[]): string => list.map(({ name, content }) => `${name} ${createHash('sha256').update(content).digest('hex')}`).join('\n');

test('the same record gives the same bytes: twice in one process, and in another one', async () => {
  const options = { ...small, gpus: 1 };
  const first = digest(await renderReports(sampleInput(options), { languages: both }));
  assert.equal(digest(await renderReports(sampleInput(options), { languages: both })), first);
  const program = `
    import { createHash } from 'node:crypto';
    import { renderReports } from ${JSON.stringify(new URL('../../harness/report/index.js', import.meta.url).href)};
    import { sampleInput } from ${JSON.stringify(new URL('./sample-input.js', import.meta.url).href)};
    const list = await renderReports(sampleInput(${JSON.stringify(options)}), { languages: ${JSON.stringify(both)} });
    console.log(list.map(({ name, content }) => name + ' ' + createHash('sha256').update(content).digest('hex')).join('\\n'));`;
  const other = execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8', env: { ...process.env, TZ: 'Asia/Shanghai', LANG: 'zh_CN.UTF-8' } });
  assert.equal(other.trim(), first);
});

test('only the formats that were asked for, named in result.json', async () => {
  const list = await renderReports(sampleInput(small), { languages: ['en'], formats: ['json'] });
  assert.deepEqual(list.map(({ name }) => name), ['result.json']);
  assert.deepEqual((JSON.parse(list[0]!.content) as { files: unknown }).files, { record: 'run.json', html: null, markdown: null, junit: null });
});
