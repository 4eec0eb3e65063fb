import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorCatalogue } from '../../../harness/model/error.js';
import { insightEvidence } from '../../../harness/model/insight.js';
import { validityParams } from '../../../harness/model/validity.js';
import { languages } from '../../../harness/report/report-input.js';
import { textOf } from '../../../harness/report/text/index.js';
import { failureWords, findingWords, hintWords, reasonWords, validityWords, warningWords } from '../../../harness/report/words.js';

const han = /\p{Script=Han}/u;
const broken = /undefined|NaN|\[object|[{}]/;

/** Evidence as an analysis gives it: words where words are meant, numbers elsewhere. */
const words = new Set(['kind', 'oracle', 'status', 'code', 'why', 'model', 'gpu', 'percentile', 'statuses', 'first']);
const sampleOf = (names: readonly string[]): Record<string, string | number> => Object.fromEntries(names.map((name, i) => [name, words.has(name) ? `w${String(i)}` : 0.5 + i]));

test('every finding of the analysis has a sentence with all its numbers, and advice, in every language', () => {
  for (const language of languages) {
    for (const [id, names] of Object.entries(insightEvidence)) {
      const evidence = sampleOf(names);
      const { sentence, advice } = findingWords(textOf(language), { id, severity: 'warn', stage: null, evidence }, []);
      assert.doesNotMatch(`${sentence}${advice}`, broken, `${id} in ${language}`);
      assert.doesNotMatch(sentence, /—/, `${id} in ${language} names evidence that is not there: ${sentence}`);
      assert.equal(han.test(sentence) && han.test(advice), language === 'zh-CN', `${id} in ${language}`);
    }
  }
});

test('every validity reason has its sentence in every language', () => {
  for (const language of languages) {
    for (const [code, names] of Object.entries(validityParams)) {
      const sentence = validityWords(textOf(language), { code, level: 'invalid', value: 0.5, limit: 0.1, params: sampleOf(names) });
      assert.doesNotMatch(sentence, broken);
      assert.doesNotMatch(sentence, /—/, `${code} in ${language}: ${sentence}`);
      assert.equal(han.test(sentence), language === 'zh-CN', `${code} in ${language}`);
    }
  }
});

test('unknown codes of a younger record are shown as they are, with their numbers', () => {
  const en = textOf('en');
  assert.equal(findingWords(en, { id: 'constructor', severity: 'info', stage: null, evidence: { a: 1 } }, []).sentence, 'constructor: a = 1');
  assert.equal(validityWords(en, { code: 'toString', level: 'suspect', value: 2, limit: null, params: {} }), 'toString: value = 2, limit = —');
});

test('every failure is said in Chinese, with the sentence of the record as a quotation; in English that sentence stands alone', () => {
  const [en, zh] = [textOf('en'), textOf('zh-CN')];
  for (const code of Object.keys(errorCatalogue)) {
    const failure = { code, message: 'It ended with exit code 9.', hint: 'See its log.' };
    assert.match(failureWords(zh, failure), /^\p{Script=Han}.*（原文：It ended with exit code 9\.）$/u, code);
    assert.match(hintWords(zh, failure), /^\p{Script=Han}.*（原文：See its log\.）$/u, code);
    assert.deepEqual([failureWords(en, failure), hintWords(en, failure)], ['It ended with exit code 9', 'See its log.']);
    assert.match(failureWords(en, { code, message: '' }), /^[a-z’ ]+$/);
  }
  assert.equal(failureWords(zh, { code: 'of-tomorrow', message: 'It is late.' }), '“It is late.”');
  assert.equal(reasonWords(zh, 'k6 ended early (exit code 1)', ''), '“k6 ended early (exit code 1)”');
});

test('a note of the run is said by its code, or as it is', () => {
  assert.match(warningWords(textOf('zh-CN'), { code: 'load-skipped', text: 'x' }), /没有加压/);
  assert.match(warningWords(textOf('en'), { code: 'processes-absent', text: 'x' }), /could not be read/);
  assert.equal(warningWords(textOf('en'), { code: 'of-tomorrow', text: 'it rains here' }), 'it rains here');
});

test('without a GPU, CPU and memory are promised only where the server was measured', () => {
  const insight = { id: 'no-gpu', severity: 'info', stage: null, evidence: { code: 'not-found', why: 'none' } } as const;
  const series = { source: 'server', metric: 'cpuS', unit: 's', t: [0, 1], v: [0, 0.5] };
  for (const [language, words] of [['en', /CPU and memory were measured/], ['zh-CN', /CPU 和内存已经测量/]] as const) {
    const text = textOf(language);
    assert.match(findingWords(text, insight, [series]).advice, words);
    for (const without of [[], [{ ...series, source: 'engine' }], [{ ...series, v: [null, null] }]]) assert.doesNotMatch(findingWords(text, insight, without).advice, words);
  }
});

/** Every entry of a dictionary as [path, text], functions called with numbered arguments. */
function entries(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') {
    const call = value as (...args: string[]) => string;
    try {
      return [[path, call(...Array.from({ length: call.length }, (_, i) => `<${String(i)}>`))]];
    } catch {
      return [[path, '(sentence of evidence)']];
    }
  }
  if (Array.isArray(value)) return value.flatMap((one, i) => entries(one, `${path}.${String(i)}`));
  if (value !== null && typeof value === 'object') return Object.entries(value).flatMap(([key, inner]) => entries(inner, `${path}.${key}`));
  return [];
}

test('both languages have the same entries, use the same arguments, and nothing is left untranslated', () => {
  const ours = (language: 'en' | 'zh-CN'): Map<string, string> => new Map(entries(textOf(language)).filter(([path]) => !path.startsWith('.codes.prose')));
  const en = ours('en');
  const zh = ours('zh-CN');
  assert.deepEqual([...zh.keys()].sort(), [...en.keys()].sort());
  for (const [path, english] of en) {
    const chinese = zh.get(path)!;
    const args = (text: string): string[] => [...new Set(text.match(/<\d>/g) ?? [])].sort();
    assert.deepEqual(args(chinese), args(english), path);
    // Three English words in a row are a sentence; units, identifiers and formulas are the same in both languages.
    const untranslated = english === chinese && /[a-z]{3,} [a-z]{2,} [a-z]{2,}/i.test(english);
    assert.ok(!untranslated, `${path}: ${english}`);
  }
});

test('a start unlike the rest is said with its side and the warm-up that it needs; a window that never settles with its first half', () => {
  const early = { id: 'warm-up-too-short', severity: 'warn', stage: 0, evidence: { users: 8, cutS: 15, of: 'throughput', off: -0.3, warmupS: 5, neededS: 20 } } as const;
  const never = { code: 'not-steady', level: 'suspect', value: 0.25, limit: 0.05, params: { of: 'latency', cutS: 30, off: 0.25 } } as const;
  const [en, zh] = [textOf('en'), textOf('zh-CN')];
  assert.equal(findingWords(en, early, []).sentence, 'The warm-up was too short at 8 users: in the first 15 s of the window throughput was 30% below that of the rest. Ask for load.warmup: 20s (it was 5s).');
  assert.equal(findingWords(zh, early, []).sentence, '8 个用户时预热太短：窗口前 15 s 的吞吐量比其余部分低 30%。请设 load.warmup: 20s（本次为 5s）。');
  assert.equal(validityWords(en, never), 'the window never settled: in its first 30 s the median latency was 25% above that of the rest, and no steady part longer than half of it was found');
  const drifting = { code: 'drifting', level: 'suspect', value: 0.08, limit: 0.05, params: { of: 'latency', change: 0.08, seconds: 55 } } as const;
  assert.equal(validityWords(en, drifting), 'the median latency rose by 8% through 55 s of the window: a longer one would have other numbers');
  assert.equal(validityWords(zh, drifting), '窗口的 55 s 内，延迟中位数上升了 8%：窗口再长，数字就会不同');
  assert.equal(validityWords(en, { ...drifting, params: { of: 'throughput', change: -0.08, seconds: 55 } }).slice(0, 24), 'throughput fell by 8% th');
  assert.equal(validityWords(zh, never), '窗口始终没有稳定下来：前 30 s 的延迟中位数比其余部分高 25%，没有找到超过半个窗口的稳定段');
});
