/** `--json` of every verb, by the program itself. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cli } from '../e2e/cli.js';

interface Verb {
  name: string;
  flags: { long: string }[];
  verbs: Verb[];
}

/** Every verb that does something, with the words that call it. */
const leaves = (verb: Verb, words: string[] = []): [string, Verb][] => (verb.verbs.length === 0 ? [[words.join(' '), verb]] : verb.verbs.flatMap((one) => leaves(one, [...words, one.name])));

test('every verb has --json, and stdout is then JSON and nothing else', async () => {
  const { code, stdout } = await cli(['completion', 'bash', '--json']);
  assert.equal(code, 0);
  const verbs = leaves((JSON.parse(stdout) as { command: Verb }).command);
  assert.ok(verbs.length > 10, String(verbs.length));
  // serve hands its flags on to the server, whose first line is JSON in any case.
  assert.deepEqual(verbs.filter(([words, { flags }]) => words !== 'serve' && flags.every(({ long }) => long !== '--json')).map(([words]) => words), []);
  const [doctor, k6] = await Promise.all([cli(['doctor', '--no-calibration', '--json', '--lang', 'zh-CN']), cli(['k6', 'path', '--json'])]);
  const told = await cli(['doctor', '--no-calibration', '--lang', 'zh-CN']);
  assert.match(told.stdout, /✓ proc +可以读取进程的 CPU 和内存/);
  assert.doesNotMatch(told.stdout, /PATH:|Only needed|cores/);
  assert.ok((JSON.parse(doctor.stdout) as { checks: unknown[] }).checks.length > 3);
  // Where there is no k6 the failure is told on stderr, and stdout stays empty.
  if (k6.code === 0) assert.match((JSON.parse(k6.stdout) as { path: string }).path, /k6/);
  else assert.deepEqual([k6.code, k6.stdout], [3, '']);
});
