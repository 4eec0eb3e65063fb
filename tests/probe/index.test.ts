import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { AddressPair, PairClass, ProbePair } from '../../harness/model/dataset.js';
import type { ProbeRecord } from '../../harness/model/record.js';
import type { RequestPlan } from '../../harness/model/request.js';
import { probeAnswers } from '../../harness/probe/index.js';
import type { ProbeOptions } from '../../harness/probe/options.js';
import { encodeBody, readAnswer } from '../../harness/request/index.js';
import { testContext } from '../host/context.js';

const request: RequestPlan = {
  format: 'similarity', method: 'POST', path: '/similarity', headers: { 'content-type': 'application/json' },
  body: '{"addr1":{{a}},"addr2":{{b}}}', keys: { left: 'addr1', right: 'addr2' }, scorePath: ['similarity'], labelPath: ['label'], scoreRange: [-1, 1], threshold: 0.9,
};

const clean = (text: string): string => text.replace(/[\u200b\u2060]/g, '');
/** A matcher that is right by construction: share of common characters. */
function sound(a: string, b: string): number {
  const [x, y] = [new Set(clean(a)), new Set(clean(b))];
  const common = [...x].filter((character) => y.has(character)).length;
  return common / (x.size + y.size - common);
}

const made = (name: PairClass, index: number, a: string, b: string): AddressPair => ({ id: `7-${String(index)}`, index, class: name, a, b, expected: [], operators: [], seed: 7 });
const letter = (i: number): string => String.fromCharCode(0x4e00 + i);
const pairs: [number, AddressPair][] = Array.from({ length: 60 }, (_, i) => {
  // Lengths differ, so that scores do.
  const tail = Array.from({ length: i % 9 }, (_, k) => letter(4000 + 10 * i + k)).join('');
  const [a, far] = [`路${letter(3 * i)}${letter(3 * i + 1)}${letter(3 * i + 2)}号${tail}`, `街${letter(900 + 2 * i)}${letter(901 + 2 * i)}弄`];
  const kinds = [made('high', i, a, `${a}${letter(2000 + i)}`), made('boundary', i, a, `${a.slice(0, 3)}${far.slice(1)}`), made('low', i, a, far)];
  return [i, kinds[i % 3] as AddressPair];
});

const probePairs: ProbePair[] = [{ id: 'rename-1', group: 'rename', a: '旧县路', b: '旧县路', expected: ['exact'] }, { id: 'alias-trap-1', group: 'alias-trap', a: '真街', b: '假弄', expected: ['exact'] }];

async function probe(score: (a: string, b: string) => unknown, health: unknown = { model: { kind: 'bi-encoder' } }, meaningful: boolean | null = true, more: Partial<ProbeOptions> = {}): Promise<{ record: ProbeRecord; golden: Map<number, number> }> {
  const server: Server = createServer((incoming, response) => {
    const parts: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => parts.push(chunk));
    incoming.on('end', () => {
      const { addr1, addr2 } = JSON.parse(Buffer.concat(parts).toString()) as { addr1: string; addr2: string };
      const said = score(addr1, addr2);
      response.end(typeof said === 'string' ? said : JSON.stringify(typeof said === 'number' ? { similarity: said } : said));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await probeAnswers({
      request, url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, timeoutS: 5, tolerance: 1e-6, pairs,
      server: { kind: 'url', url: '', pid: null, readyAfterS: null, model: null, modelSha256: null, scoresMeaningful: meaningful, health },
      encode: (a, b) => encodeBody(request, a, b), read: (status, body) => readAnswer(request, status, body), gone: new AbortController().signal,
      probePairs: [], familyOf: (operator) => `${operator}-family`, mayKeepText: () => true, ...more,
    }, testContext());
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function statusOf(record: ProbeRecord, id: string): string {
  assert.equal(record.status, 'done');
  return record.status === 'done' ? (record.oracles.find((oracle) => oracle.id === id)?.status ?? 'missing') : '';
}

test('a sound matcher passes every oracle, and its answers become the golden ones', async () => {
  const { record, golden } = await probe(sound);
  assert.ok(record.status === 'done');
  assert.deepEqual(record.oracles.map(({ id, status }) => [id, status]), ['repeat', 'equal-pair', 'symmetry', 'dropped-characters', 'not-constant', 'class-medians', 'auc'].map((id) => [id, 'pass']));
  assert.equal(golden.size, pairs.length);
  assert.equal(golden.get(0), sound(pairs[0]?.[1].a ?? '', pairs[0]?.[1].b ?? ''));
  assert.equal(record.auc, 1);
});

test('each oracle fails on the fault it is for', async () => {
  let n = 0;
  const faults: [string, (a: string, b: string) => number][] = [
    ['repeat', (a, b) => sound(a, b) - ((n += 1) % 7) * 1e-3],
    ['equal-pair', (a, b) => (clean(a) === clean(b) ? 0.2 : sound(a, b))],
    ['symmetry', (a, b) => sound(a, b) * (a < b ? 1 : 0.98)],
    ['dropped-characters', (a, b) => (a.includes('\u200b') ? 0.1 : sound(a, b))],
    ['not-constant', () => 0.97],
    ['class-medians', (a, b) => (a[0] === b[0] && !b.startsWith(a) ? 0.01 : sound(a, b) + 0.02)],
    ['auc', (a, b) => (clean(a) === clean(b) ? 1 : 1 - sound(a, b))],
  ];
  for (const [id, fault] of faults) assert.equal(statusOf((await probe((a, b) => Math.min(1, fault(a, b)))).record, id), 'fail', id);
});

test('what does not hold for every model is judged only where it is known to hold', async () => {
  const swapped = (a: string, b: string): number => sound(a, b) * (a < b ? 1 : 0.98);
  assert.equal(statusOf((await probe(swapped, null)).record, 'symmetry'), 'skipped');
  const upsideDown = (a: string, b: string): number => (clean(a) === clean(b) ? 1 : 1 - sound(a, b));
  const random = await probe(upsideDown, { model: { kind: 'bi-encoder' } }, false);
  assert.equal(statusOf(random.record, 'auc'), 'skipped');
  assert.ok(random.record.status === 'done' && (random.record.auc ?? 1) < 0.5, 'the value is shown all the same');
});

test('classes of pairs of the user are shown, not judged: nobody knows how hard they are', async () => {
  const upsideDown = (a: string, b: string): number => (clean(a) === clean(b) ? 1 : 1 - sound(a, b));
  const own = pairs.map(([at, pair]): [number, AddressPair] => [at, { ...pair, line: at + 1 }]);
  const { record } = await probe(upsideDown, undefined, true, { pairs: own });
  for (const id of ['auc', 'class-medians']) assert.equal(statusOf(record, id), 'skipped', id);
  assert.equal(statusOf(record, 'repeat'), 'pass');
  assert.ok(record.status === 'done' && record.oracles.every(({ value }) => value !== null));
});

test('wrong answers are counted by kind, and a hopeless server is not asked for ever', async () => {
  let n = 0;
  const half = await probe((a, b) => ((n += 1) % 2 === 0 ? '{"similarity":NaN}' : sound(a, b)));
  assert.ok(half.record.status === 'done' && (half.record.wrong['not-a-number'] ?? 0) > 20 && half.golden.size > 20);
  const html = await probe(() => '<html>busy</html>');
  assert.ok(html.record.status === 'done');
  assert.equal(html.record.answered, 0);
  assert.deepEqual(html.record.wrong, { html: 5 });
});

test('every golden pair is kept with its score and label; the text of ten alone, of the worst, and of none where it may not be', async () => {
  const labelled = pairs.map(([at, pair]): [number, AddressPair] => [at, { ...pair, expected: pair.class === 'high' ? ['exact'] : ['not'], operators: ['omit-city'], ...(at === 0 ? { hard: true } : {}) }]);
  // Every answer says "exact": all pairs that are not are wrong, and the higher their score the worse.
  const said = (a: string, b: string): unknown => ({ similarity: sound(a, b), label: 'exact_match' });
  const { record } = await probe(said, null, true, { pairs: labelled });
  assert.ok(record.status === 'done' && record.golden !== undefined);
  assert.deepEqual(record.golden[0], { index: 0, class: 'high', operators: ['omit-city'], hard: true, lengths: [5, 6], expected: ['exact'], score: sound(pairs[0]![1].a, pairs[0]![1].b), label: 'exact', ...(record.golden[0]?.text ? { text: record.golden[0].text } : {}) });
  assert.deepEqual(record.families, { 'omit-city': 'omit-city-family' });
  const kept = record.golden.filter(({ text }) => text !== undefined);
  assert.equal(kept.length, 10);
  assert.ok(kept.every((one) => one.class !== 'high'));
  const least = Math.min(...kept.map(({ score }) => score ?? 0));
  for (const other of record.golden) if (other.class !== 'high' && other.text === undefined) assert.ok((other.score ?? 0) <= least + 1e-12);
  const own = await probe(said, null, true, { pairs: labelled.map(([at, pair]) => [at, { ...pair, line: at + 2 }]), mayKeepText: ({ line }) => line === undefined });
  assert.ok(own.record.status === 'done' && own.record.golden?.every(({ text, line }, i) => text === undefined && line === i + 2));
  const meaningless = await probe(said, null, false, { pairs: labelled, probePairs });
  assert.ok(meaningless.record.status === 'done' && [...(meaningless.record.golden ?? []), ...(meaningless.record.probes ?? [])].every(({ text }) => text === undefined), 'where scores mean nothing no pair is worse than another');
  assert.doesNotMatch(JSON.stringify(own.record), /[路街]/);
});

test('probe pairs are asked after the golden ones; the text of those that fail is kept, and a wrong answer to one is no golden answer', async () => {
  const { record, golden } = await probe((a, b) => (a === '真街' ? '<html>' : sound(a, b)), null, true, { probePairs });
  assert.ok(record.status === 'done');
  assert.deepEqual(record.probes, [{ id: 'rename-1', group: 'rename', expected: ['exact'], score: 1 }, { id: 'alias-trap-1', group: 'alias-trap', expected: ['exact'], score: null, text: { a: '真街', b: '假弄' } }]);
  assert.equal(golden.size, pairs.length);
  assert.equal(record.answered, pairs.length);
});
