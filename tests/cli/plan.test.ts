import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plan } from '../../harness/cli/plan.js';
import type { Io } from '../../harness/cli/io.js';
import { createDataset, loadLexicon } from '../../harness/dataset/index.js';
import { createHost } from '../../harness/host/index.js';
import { bodyBytes, encodeLine } from '../../harness/request/index.js';
import type { PlanEstimate } from '../../harness/scenario/index.js';
import type { Plan } from '../../harness/model/plan.js';

const host = createHost();

async function said(set: readonly string[], flags: { json?: boolean } = {}): Promise<string> {
  let out = '';
  const io = { out: (text: string) => (out += text), err: () => undefined, live: false, colour: false, columns: 80, width: null, pour: () => Promise.resolve(true) } as unknown as Io;
  await plan('quick', { set: [...set], ...flags }, host, new AbortController().signal, io);
  return out;
}

async function estimateOf(set: readonly string[]): Promise<{ plan: Plan; estimate: PlanEstimate }> {
  return JSON.parse(await said(set, { json: true })) as { plan: Plan; estimate: PlanEstimate };
}

test('the bytes of a plan are those of its own pairs, written and weighed', async () => {
  const { plan: made, estimate } = await estimateOf(['dataset.mix={high: 40, low: 0, boundary: 0, noisy: 60}']);
  const pairs = createDataset(made.dataset, loadLexicon(host.files, host.files.packageRoot), made.request.keys);
  const total = [...pairs.pairs()].reduce((sum, pair) => sum + bodyBytes(encodeLine(made.request, pair)), 0);
  assert.equal(estimate.assumed.bodyBytes, total / 100);
  assert.equal(estimate.sentMiB, (estimate.requests * total) / 100 / 2 ** 20);
});

test('long addresses weigh more than typical ones, and abnormal requests up to a megabyte', async () => {
  const bytes = async (...set: string[]): Promise<number> => (await estimateOf(set)).estimate.assumed.bodyBytes;
  const typical = await bytes();
  assert.ok(await bytes('dataset.profile=long') > 1.3 * typical);
  assert.ok(await bytes('dataset.mix={high: 100, low: 0, boundary: 0, noisy: 0, abnormal: 100}') > 5 * typical);
});

test('a small plan is told in KiB, not as 0 MiB', async () => {
  assert.match(await said(['load={open: {rates: [5], duration: 3s}}']), /about 25 requests and 3\.\d+ KiB of bodies/);
});

test('what is printed holds no secret, in words and as JSON: headers, variables, a password', async () => {
  const started = ['server={process: {command: node x, url: "http://me:canary-1@127.0.0.1:1", env: {TOKEN: canary-2}}}', 'request={template: {path: /p, body: {l: "{{a}}", r: "{{b}}"}, score: s, headers: {authorization: canary-3}}}'];
  for (const set of [started, ['server={url: "http://me:canary-4@127.0.0.1:1"}']]) {
    for (const json of [true, false]) assert.doesNotMatch(await said(set, { json }), /canary/, String(json));
  }
});
