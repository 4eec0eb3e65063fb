/** Every verb's `--help`, and what the reader of the command line refuses, in Chinese: with the real program, since it decides the language before it parses. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askedLanguage, wrap } from '../../harness/cli/help.js';
import { inHelp } from '../../harness/cli/text/sentence.js';
import { help } from '../../harness/cli/text/zh-CN-help.js';
import { cli } from '../e2e/cli.js';
import { sameAsFile } from '../report/golden.js';
import { leftoverEnglish } from './text/leftover.js';

const english = { LC_ALL: 'C', LANG: 'C' };
const locale = { LC_ALL: 'zh_CN.UTF-8' };
/** What the flags of the reference server take. */
const wordsOfServer = ['on', 'trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent', 'degraded', 'hang', 'told'];
const chinese = /\p{Script=Han}/u;

/** Every verb with its words, read off the program's own completion. */
async function verbs(): Promise<string[][]> {
  interface Verb { name: string; verbs: Verb[] }
  const { command } = JSON.parse((await cli(['completion', 'bash', '--json'], english)).stdout) as { command: Verb };
  const walk = ({ name, verbs: below }: Verb, before: readonly string[]): string[][] => [[...before, name], ...below.flatMap((verb) => walk(verb, [...before, name]))];
  return [[], ...command.verbs.flatMap((verb) => walk(verb, []))];
}

test('--help of every verb is Chinese where --lang or the locale asks for it, and has no English left but names, flags and units', async () => {
  const all = await verbs();
  assert.ok(all.length >= 19, String(all.length));
  for (const words of all) {
    const { stdout, stderr, code } = await cli([...words, '--help'], locale);
    assert.deepEqual([code, stderr], [0, ''], words.join(' '));
    assert.match(stdout, chinese);
    const own = stdout.split('\n').filter((line) => !line.startsWith('用法')).map((line) => line.replace(/^\s*(?:[\w|-]+(?:, --[\w-]+)?)?(?: ?\[[^\]]*\]| ?<[^>]*>)*\s{2,}/, ' '));
    assert.deepEqual(leftoverEnglish(own.join('\n'), words[0] === 'serve' ? wordsOfServer : []), [], `${words.join(' ')}:\n${stdout}`);
  }
});

test('the commands as JSON are the same in every language', async () => {
  const [ours, theirs] = await Promise.all([locale, english].map(async (env) => (await cli(['completion', 'bash', '--json'], env)).stdout));
  assert.equal(ours, theirs);
  assert.doesNotMatch(theirs ?? '', chinese);
});

test('the same words in the same order: flags, defaults and choices are those of the English help', async () => {
  for (const words of [['run'], ['gate'], ['dataset', 'stats'], ['serve']]) {
    const flags = async (env: Record<string, string>): Promise<string[]> => (await cli([...words, '--help'], env)).stdout.match(/--[a-z][\w-]*(?= )/g) ?? [];
    assert.deepEqual([...new Set(await flags(locale))], [...new Set(await flags(english))], words.join(' '));
    assert.doesNotMatch((await cli([...words, '--help'], english)).stdout, /default: \[\]/, 'an empty list is no default to show');
  }
});

test('--lang outranks the locale, before and after the verb\'s other words; the text as people see it', async () => {
  sameAsFile('tests/golden/cli/help-gate.zh-CN.txt', (await cli(['gate', '--lang', 'zh-CN', '--help'], english)).stdout);
  assert.match((await cli(['plan', '--help', '--lang=zh-CN'], english)).stdout, /^用法：/);
  assert.match((await cli(['plan', '--help', '--lang', 'en'], locale)).stdout, /^Usage:/);
  assert.match((await cli(['serve', '--lang', 'zh-CN', '--help'], english)).stdout, /显示本文/);
  assert.deepEqual([['plan'], ['--lang', 'en', '--lang=zh-CN'], ['run', '--', '--lang', 'en'], ['--lang']].map(askedLanguage), [undefined, 'zh-CN', undefined, undefined]);
});

test('what the command line refuses is Chinese in a Chinese run, with what was meant', async () => {
  for (const [words, said] of [
    [['gate', 'x', '--accpt'], '错误：未知的选项“--accpt”\n（是否想写 --accept？）\n'],
    [['plan', '--sed', '3'], '错误：未知的选项“--sed”\n（是否想写其中之一：--seed, --set？）\n'],
    [['pln'], '错误：未知的命令“pln”\n（是否想写 plan？）\n'],
    [['gate'], '错误：缺少参数“runs”\n'],
    [['run', '--engine', 'k7'], '错误：选项“--engine <name>”的值“k7”无效，可用的有 auto, k6, autocannon, simulated。\n'],
    [['k6', 'instal'], '错误：参数“action”的值“instal”无效，可用的有 install, path。\n'],
    [['compare', 'a', 'b', 'c'], '错误：“compare”的参数太多：应有 2 个，而给了 3 个。\n'],
    [['plan', '--set'], '错误：选项“--set <key=value>”缺少值\n'],
    [['plan', '--seed', 'x'], '错误：“x”不是整数。\n'],
    [['serve', '--prt', '1'], '没有参数 --prt；--help 列出了全部参数。\n'],
    [['serve', '--port', 'collection'], '--port 应为 0 到 65535 的整数，而不是“collection”。\n'],
  ] as const) {
    const { code, stderr } = await cli(words, locale);
    assert.deepEqual([code, stderr], [2, said], words.join(' '));
  }
  assert.match((await cli(['serve', '--prt', '1'], english)).stderr, /^There is no flag --prt/);
  assert.match((await cli(['plan', '--sed', '3'], english)).stderr, /^error: unknown option '--sed'/);
});

test('a scenario that is not there, and one with mistakes: every line is Chinese', async () => {
  const missing = await cli(['plan', 'qwick'], locale);
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /^错误：没有场景“qwick”。\n {2}自带的场景：abnormal, .*quick.*\n提示：是否想写“quick”？\n$/);
  const wrong = await cli(['run', 'quick', '--set', 'load.closed.uesrs=3', '--set', 'gates.vrm=null', '--lang', 'zh-CN'], english);
  assert.deepEqual(leftoverEnglish(wrong.stderr), [], wrong.stderr);
  assert.match(wrong.stderr, /--set load\.closed\.uesrs=3: load\.closed\.uesrs: 未知的词“uesrs”；是否想写“users”？/);
});

test('every entry of the catalogue is used by some help or refusal, and is Chinese', () => {
  for (const [text, other] of help) {
    assert.match(other, chinese, text);
    assert.notEqual(inHelp(text.replace(/\{\d\}/g, '7')), text);
  }
  assert.equal(new Set(help.map(([text]) => text)).size, help.length);
});

test('Chinese lines are broken between characters, never before a closing mark, by what they take on a screen', () => {
  assert.equal(wrap('一二三四五六七八九十，一二三四', 20), '一二三四五六七八九十，\n一二三四');
  assert.equal(wrap('前面 k6 autocannon 后面的文字还有很多', 20), '前面 k6 autocannon\n后面的文字还有很多');
});
