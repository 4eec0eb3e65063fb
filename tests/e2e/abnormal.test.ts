/** The scenario `abnormal` against servers that are sound, naive, and of another wire format. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { RunRecord } from '../../harness/model/record.js';
import type { Result } from '../../harness/report/index.js';
import { cli, readJson, scratch, type Ended } from './cli.js';

const naive = fileURLToPath(new URL('../stand-ins/naive-server.js', import.meta.url));

function abnormal(output: string, over: Record<string, unknown>): Promise<Ended> {
  const settings: Record<string, unknown> = {
    'load.closed.users': [2], 'load.closed.duration': '2s', 'load.warmup': '300ms', 'load.timeout': '3s', 'answers.golden': 40, 'answers.probes': false, dataset: { seed: 7, mix: { high: 100, low: 100, abnormal: 190 } }, ...over,
  };
  return cli(['run', 'abnormal', '--engine', 'autocannon', '--progress', 'plain', '--output', output, ...Object.entries(settings).flatMap(([key, value]) => ['--set', `${key}=${JSON.stringify(value)}`])]);
}

const checkOf = (result: Result, id: string): string | undefined => result.checks.find((check) => check.id === id)?.status;

test('the naive service is caught: by its checks, by a finding that names the kinds, and in the table', async () => {
  const output = join(scratch(), 'run');
  const done = await abnormal(output, { server: { process: { command: [process.execPath, naive, '--port', '{port}'], url: 'http://127.0.0.1:{port}', ready: '/ready' } } });
  assert.equal(done.code, 1, done.stderr);
  assert.deepEqual(done.left, []);
  const result = readJson<Result>(output, 'result.json');
  assert.deepEqual(['abnormal 5xx==0', 'abnormal no-answer==0', 'abnormal server-died==0'].map((id) => checkOf(result, id)), ['fail', 'pass', 'pass']);
  assert.match(result.verdict.sentence, /json-null/);
  const finding = result.analysis.findings.find(({ id }) => id === 'abnormal-mishandled');
  assert.ok(finding !== undefined && Number(finding.evidence['serverErrors']) > 0, JSON.stringify(result.analysis.findings));
  const kinds = result.analysis.answers.abnormal ?? [];
  const kind = (name: string): (typeof kinds)[number] => kinds.find((one) => one.kind === name)!;
  assert.ok(kind('json-null').serverErrors === kind('json-null').sent);
  assert.ok(kind('empty-left').answered > 0 && kind('empty-left').asExpected === 0);
  assert.deepEqual([kind('null').refused, kind('null').named], [kind('null').sent, true]);
});

test('a sound service of another wire format meets every kind', async () => {
  const refuse = (detail: string): [number, string] => [422, JSON.stringify({ detail })];
  const answer = (bytes: Buffer): [number, string] => {
    let value: unknown;
    try {
      value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    } catch {
      return [400, '{"detail":"not JSON"}'];
    }
    const { query } = (value ?? {}) as { query?: unknown };
    if (!Array.isArray(query) || query.length !== 2) return refuse('query: expected two texts');
    if (query.some((text) => typeof text !== 'string' || text.replace(/[\s\u200b\u200d\ufeff]/g, '') === '')) return refuse('query: a text is empty, or none');
    const [x, y] = query.map((text) => new Set(text as string)) as [Set<string>, Set<string>];
    const common = [...x].filter((one) => y.has(one)).length;
    return [200, JSON.stringify({ data: [{ score: common / (x.size + y.size - common) }] })];
  };
  const server = createServer((incoming, response) => {
    const parts: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => parts.push(chunk));
    incoming.on('end', () => {
      const [status, body] = answer(Buffer.concat(parts));
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const output = join(scratch(), 'run');
  const done = await abnormal(output, {
    server: { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}` },
    request: { template: { path: '/v1/match', body: { model: 'm', query: ['{{a}}', '{{b}}'] }, score: 'data.0.score', keys: { left: 'query', right: 'query' } } }, gates: { errors: ['count==0'] },
  });
  server.closeAllConnections();
  server.close();
  const result = readJson<Result>(output, 'result.json');
  const wrong = (result.analysis.answers.abnormal ?? []).filter(({ sent, asExpected }) => sent !== asExpected);
  assert.deepEqual(wrong, [], done.stderr);
  assert.deepEqual(result.checks.filter(({ id }) => id.startsWith('abnormal')).map(({ status }) => status), ['pass', 'pass', 'pass']);
  const record = readJson<RunRecord>(output, 'run.json');
  assert.equal(record.abnormal?.answers.length, record.abnormal?.kinds);
  assert.ok((record.abnormal?.answers ?? []).every(({ named }) => named !== false));
  assert.ok(done.code !== 1 && done.code !== 3, done.stderr + done.stdout);
});

test('a server that dies of a kind: the kind is named, and nothing more is sent', async () => {
  let dead = false;
  const server = createServer((incoming, response) => {
    const parts: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => parts.push(chunk));
    incoming.on('end', () => {
      const text = Buffer.concat(parts).toString();
      if (text === 'null') dead = true;
      if (dead) incoming.socket.destroy();
      else response.end(JSON.stringify({ similarity: text.length % 7 / 10 }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const output = join(scratch(), 'run');
  const done = await abnormal(output, { server: { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}` } });
  server.closeAllConnections();
  server.close();
  assert.equal(done.code, 1, done.stderr + done.stdout);
  const result = readJson<Result>(output, 'result.json');
  assert.equal(checkOf(result, 'abnormal server-died==0'), 'fail');
  assert.equal(readJson<RunRecord>(output, 'run.json').abnormal?.diedAfter, 'json-null');
  assert.equal(result.stages.length, 0);
});
