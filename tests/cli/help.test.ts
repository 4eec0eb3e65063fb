/** Every verb's `--help`, and what the reader of the command line refuses, in Chinese: by the program from argv on, since it decides the language before it parses. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askedLanguage, wrap } from '../../harness/cli/help.js';
import { escapePattern } from '../../harness/cli/text/pattern.js';
import { help } from '../../harness/cli/text/zh-CN-help.js';
import { cli } from '../e2e/cli.js';
import { oneProcess } from '../e2e/one-process.js';
import { sameAsFile } from '../report/golden.js';
import { leftoverEnglish } from './text/leftover.js';

const english = { LC_ALL: 'C', LANG: 'C' };
const locale = { LC_ALL: 'zh_CN.UTF-8' };
/** What the flags of the reference server take. */
const wordsOfServer = ['on', 'trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent', 'degraded', 'hang', 'told'];
const chinese = /\p{Script=Han}/u;
/** `serve` starts another program, the server, to say what it takes: it is run by itself. */
const told = oneProcess();
const say = (words: readonly string[], env: Record<string, string>): Promise<{ code: number | null; stdout: string; stderr: string }> => (words[0] === 'serve' ? cli : told)(words, env);

/** Every verb with its words, read off the program's own completion. */
async function verbs(): Promise<string[][]> {
  interface Verb { name: string; verbs: Verb[] }
  const { command } = JSON.parse((await say(['completion', 'bash', '--json'], english)).stdout) as { command: Verb };
  const walk = ({ name, verbs: below }: Verb, before: readonly string[]): string[][] => [[...before, name], ...below.flatMap((verb) => walk(verb, [...before, name]))];
  return [[], ...command.verbs.flatMap((verb) => walk(verb, []))];
}

test('--help of every verb is Chinese where --lang or the locale asks for it, and has no English left but names, flags and units', async () => {
  const all = await verbs();
  assert.ok(all.length >= 19, String(all.length));
  for (const words of all) {
    const { stdout, stderr, code } = await say([...words, '--help'], locale);
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
    const flags = async (env: Record<string, string>): Promise<string[]> => (await say([...words, '--help'], env)).stdout.match(/--[a-z][\w-]*(?= )/g) ?? [];
    assert.deepEqual([...new Set(await flags(locale))], [...new Set(await flags(english))], words.join(' '));
    assert.doesNotMatch((await cli([...words, '--help'], english)).stdout, /default: \[\]/, 'an empty list is no default to show');
  }
});

test('--lang outranks the locale, before and after the verb\'s other words; the text as people see it', async () => {
  sameAsFile('tests/golden/cli/help-gate.zh-CN.txt', (await say(['gate', '--lang', 'zh-CN', '--help'], english)).stdout);
  assert.match((await say(['plan', '--help', '--lang=zh-CN'], english)).stdout, /^用法：/);
  assert.match((await say(['plan', '--help', '--lang', 'en'], locale)).stdout, /^Usage:/);
  assert.match((await say(['serve', '--lang', 'zh-CN', '--help'], english)).stdout, /显示本文/);
  assert.deepEqual([['plan'], ['--lang', 'en', '--lang=zh-CN'], ['run', '--', '--lang', 'en'], ['--lang']].map(askedLanguage), [undefined, 'zh-CN', undefined, undefined]);
});

const refused: readonly (readonly [words: readonly string[], said: string])[] = [
  [['gate', 'x', '--accpt'], '错误：未知的选项“--accpt”\n（是否想写 --accept？）\n'],
  [['plan', '--sed', '3'], '错误：未知的选项“--sed”\n（是否想写其中之一：--seed, --set？）\n'],
  [['pln'], '错误：未知的命令“pln”\n（是否想写 plan？）\n'],
  [['gate'], '错误：缺少参数“runs”\n'],
  [['run', '--engine', 'k7'], '错误：选项“--engine <name>”的值“k7”无效，可用的有 auto, k6, autocannon, simulated。\n'],
  [['k6', 'instal'], '错误：参数“action”的值“instal”无效，可用的有 install, path。\n'],
  [['compare', 'a', 'b', 'c'], '错误：“compare”的参数太多：应有 2 个，而给了 3 个。\n'],
  [['plan', '--set'], '错误：选项“--set <key=value>”缺少值\n'],
  [['plan', '--seed', 'x'], '错误：“x”不是整数。\n'],
  [['plan', 'a', 'b'], '错误：“plan”的参数太多：应有 1 个，而给了 2 个。\n'],
  [['serve', '--prt', '1'], '没有参数 --prt；--help 列出了全部参数。\n'],
  [['serve', '--port', 'collection'], '--port 应为 0 到 65535 的整数，而不是“collection”。\n'],
  [['serve', '--port'], '--port 缺少值。\n'],
];

test('what the command line refuses is Chinese in a Chinese run, with what was meant', async () => {
  for (const [words, said] of refused) {
    const { code, stderr } = await say(words, locale);
    assert.deepEqual([code, stderr], [2, said], words.join(' '));
  }
  assert.match((await say(['plan', '--sed', '3'], english)).stderr, /^error: unknown option '--sed'/);
  assert.match((await say(['serve', '--prt', '1'], english)).stderr, /^There is no flag --prt/);
});

test('the cache folder that serve is told is taken, however it is written', async () => {
  for (const words of [['--cache-dir', '/dev/null/here'], ['--cache-dir=/dev/null/here']]) {
    const { code, stderr } = await say(['serve', '--port', '0', '--log-level', 'silent', '--model', 'mgeo-shape-mini', ...words], english);
    assert.equal(code, 3);
    assert.match(stderr, /^model mgeo-shape-mini-1 cannot be made in \/dev\/null\/here\/models: ENOTDIR/);
  }
});

test('a scenario that is not there, and one with mistakes: every line is Chinese', async () => {
  const missing = await say(['plan', 'qwick'], locale);
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /^错误：没有场景“qwick”。\n {2}自带的场景：abnormal, .*quick.*\n提示：是否想写“quick”？\n$/);
  const wrong = await say(['run', 'quick', '--set', 'load.closed.uesrs=3', '--set', 'gates.vrm=null', '--lang', 'zh-CN'], english);
  assert.deepEqual(leftoverEnglish(wrong.stderr), [], wrong.stderr);
  assert.match(wrong.stderr, /--set load\.closed\.uesrs=3: load\.closed\.uesrs: 未知的词“uesrs”；是否想写“users”？/);
});

/** What a printed help says, phrase by phrase: headings, paragraphs, and what stands behind each name, with and without commander's remarks on choices and defaults. */
function phrasesOf(text: string): string[] {
  const phrases: string[] = [];
  let open = false;
  for (const line of text.split('\n')) {
    const [, item] = /^ {2}\S.*? {2,}(\S.*)$/.exec(line) ?? [];
    const rest = line.trim();
    if (open && item === undefined && rest !== '' && (line.startsWith('     ') || !line.startsWith(' '))) phrases.push(`${phrases.pop() ?? ''} ${rest}`);
    else phrases.push(item ?? rest);
    open = rest !== '' && !/^\w+:$/.test(rest);
  }
  const remark = / ?\((?:choices|default): [^()]*\)$/;
  return phrases.flatMap((phrase) => {
    const shorter = [phrase];
    for (let now = phrase; remark.test(now);) shorter.push(now = now.replace(remark, ''));
    return shorter;
  });
}

test('every entry of the catalogue is what some help or refusal says, and is Chinese', async () => {
  const said = new Set<string>();
  for (const words of await verbs()) {
    if (words[0] === 'serve') continue;
    const { stdout } = await say([...words, '--help'], english);
    for (const phrase of phrasesOf(stdout)) said.add(phrase).add(phrase.replace(/^(Usage:).*$/, '$1'));
  }
  for (const [words] of refused) for (const line of (await say(words, english)).stderr.split('\n')) said.add(line.replace(/^error: /, ''));
  for (const [text, other] of help) {
    assert.match(other, chinese, text);
    const pattern = new RegExp(`^${text.split(/\{\d\}/).map(escapePattern).join('.*')}$`);
    assert.ok([...said].some((phrase) => pattern.test(phrase)), `nobody says: ${text}`);
  }
  assert.equal(new Set(help.map(([text]) => text)).size, help.length);
});

test('Chinese lines are broken between characters, never before a closing mark, by what they take on a screen', () => {
  assert.equal(wrap('一二三四五六七八九十，一二三四', 20), '一二三四五六七八九十，\n一二三四');
  assert.equal(wrap('前面 k6 autocannon 后面的文字还有很多', 20), '前面 k6 autocannon\n后面的文字还有很多');
});
