import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { en } from '../../../harness/cli/text/en.js';
import { catalogue, inChinese } from '../../../harness/cli/text/sentence.js';
import { zhCN } from '../../../harness/cli/text/zh-CN.js';
import { packageRoot } from '../../report/golden.js';
import { saidIn } from './said.js';

const holesOf = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
const chinese = /\p{Script=Han}/u;

test('no error, hint, note or piece of work is without its Chinese sentence', () => {
  const known = new Set(catalogue.map(([english]) => english));
  const said = saidIn(path.join(packageRoot(), 'harness'));
  assert.ok(said.length > 100, `only ${String(said.length)} sentences were found: is the reader broken?`);
  assert.deepEqual(said.filter(({ text }) => !known.has(text)), [], 'put them into harness/cli/text/zh-CN-sentences.ts, or beside it');
});

test('a sentence stands once, is Chinese, and puts in nothing that is not there', () => {
  assert.equal(new Set(catalogue.map(([english]) => english)).size, catalogue.length);
  for (const [english, other] of catalogue) {
    if (english !== '{0} → {1}' && english !== 'the CPU') assert.match(other, chinese, english);
    for (const hole of holesOf(other)) assert.ok(holesOf(english).includes(hole), `${english}: ${hole}`);
  }
});

test('what stands between the words of a sentence is put into the other one', () => {
  assert.equal(inChinese('Nothing answers at http://127.0.0.1:9: connect ECONNREFUSED 127.0.0.1:9.'), 'http://127.0.0.1:9 没有响应：connect ECONNREFUSED 127.0.0.1:9。');
  assert.equal(inChinese('x is a folder, not a file.'), 'x 是文件夹，不是文件。');
  // Of two that fit, the one that says more is meant.
  assert.equal(inChinese('a/b could not be written: its folder does not exist.'), '无法写入 a/b：所在文件夹不存在。');
  assert.equal(inChinese('Stop it, use another port (0 or {port} takes a free one), or measure it as it is with --set \'server={url: "http://x"}\'.'), 'Stop it, use another port (0 or {port} takes a free one), or measure it as it is with --set \'server={url: "http://x"}\'.');
  assert.equal(inChinese('A $& of $1 that nobody knows.'), 'A $& of $1 that nobody knows.');
  assert.equal(inChinese('There is no file $&{0}.'), '没有文件 $&{0}。');
});

test('both languages have words for the same things, and Chinese is Chinese', () => {
  const walk = (one: unknown, other: unknown, at: string): void => {
    assert.equal(typeof other, typeof one, at);
    if (typeof one === 'object' && one !== null) {
      assert.deepEqual(Object.keys(other as object).sort(), Object.keys(one).sort(), at);
      for (const [key, value] of Object.entries(one)) walk(value, (other as Record<string, unknown>)[key], `${at}.${key}`);
    } else if (typeof one === 'string' && /\p{L}{3}/u.test(one)) assert.match(other as string, chinese, at);
  };
  walk(en, zhCN, 'text');
});
