import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { shippedModelPath } from '../../../../servers/reference/model/shipped-models.js';
import { runProcess, startProcess, type StartedProcess } from '../../../stand-ins/start-process.js';
import { until } from '../start-app.js';

const program = 'servers/reference/main.js';
const scratch = mkdtempSync(join(tmpdir(), 'shipped-models-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

const boot = async (...args: string[]): Promise<StartedProcess> => {
  const server = await startProcess(program, ['--port', '0', '--workers', '1', ...args]);
  await until('the server is ready', async () => (await fetch(`${server.url}/ready`)).status === 200);
  return server;
};

interface Reply {
  similarity: number;
  label: string;
  cache: string | null;
}

const ask = async (url: string, addr1: string, addr2: string): Promise<Reply> => {
  const response = await fetch(`${url}/similarity`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ addr1, addr2 }) });
  assert.equal(response.status, 200);
  return { ...((await response.json()) as Omit<Reply, 'cache'>), cache: response.headers.get('x-cache') };
};

const sameHouse = ['北京市朝阳区建国路88号', '北京朝阳建国路八十八号'] as const;

test('the default model says exact, partial and not, and remembers ordered pairs', async () => {
  const server = await boot();
  try {
    const health = (await (await fetch(`${server.url}/health`)).json()) as { model: Record<string, unknown> };
    assert.equal(health.model['name'], 'address-mini');
    assert.equal(health.model['kind'], 'cross-encoder');
    assert.equal(health.model['scoresMeaningful'], true);
    const first = await ask(server.url, ...sameHouse);
    assert.equal(first.label, 'exact');
    assert.equal(first.cache, 'miss');
    assert.deepEqual(await ask(server.url, ...sameHouse), { ...first, cache: 'hit' });
    const back = await ask(server.url, sameHouse[1], sameHouse[0]);
    assert.equal(back.cache, 'miss');
    assert.ok(Math.abs(back.similarity - first.similarity) < 1e-5);
    assert.deepEqual(await ask(server.url, sameHouse[0], sameHouse[0]), { similarity: 1, label: 'exact', cache: 'miss' });
    assert.equal((await ask(server.url, '保利花园3栋2单元501', '保利花园5栋')).label, 'partial');
    assert.equal((await ask(server.url, '北京市朝阳区建国路88号', '北京市海淀区中关村大街27号')).label, 'not');

    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    assert.match(metrics, /cache_lookups_total\{result="hit"\} 1\n/);
    assert.match(metrics, /cache_lookups_total\{result="miss"\} 5\n/);
    const response = await fetch(`${server.url}/similarity/batch`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ pairs: [sameHouse, ['a', 'a']] }) });
    assert.deepEqual(await response.json(), { similarities: [first.similarity, 1] });
  } finally {
    await server.kill();
  }
});

test('many at once are answered as each alone, in every precision', async () => {
  for (const precision of ['fp32', 'fp16', 'int8']) {
    const server = await boot('--cache', 'off', '--precision', precision);
    try {
      const pairs = Array.from({ length: 40 }, (_, index): [string, string] => [`武汉市洪山区珞喻路${index * 37}号`, `洪山区珞喻路${index * 37}号${'附'.repeat(index % 12)}楼`]);
      const alone: Reply[] = [];
      for (const pair of pairs) alone.push(await ask(server.url, ...pair));
      const together = await Promise.all(pairs.map((pair) => ask(server.url, ...pair)));
      together.forEach(({ similarity }, index) => assert.ok(Math.abs(similarity - (alone[index]?.similarity ?? NaN)) < (precision === 'fp32' ? 1e-5 : 1e-3), `${precision} ${index}`));
    } finally {
      await server.kill();
    }
  }
});

test('the bi-encoder answers with its own thresholds and remembers addresses', async () => {
  const server = await boot('--model', 'address-mini-bi', '--precision', 'int8');
  try {
    const health = (await (await fetch(`${server.url}/health`)).json()) as { model: Record<string, unknown> };
    assert.equal(health.model['kind'], 'bi-encoder');
    assert.equal(health.model['precision'], 'int8');
    assert.equal((await ask(server.url, ...sameHouse)).label, 'exact');
    assert.equal((await ask(server.url, sameHouse[1], sameHouse[0])).cache, 'hit');
    assert.equal((await ask(server.url, '北京市朝阳区建国路88号', '哈尔滨市南岗区西大直街92号')).label, 'not');
  } finally {
    await server.kill();
  }
});

test('what cannot be served is one sentence and exit 3', async () => {
  const copy = (name: string): string => {
    const path = join(scratch, name);
    cpSync(shippedModelPath('address-mini') ?? '', path, { recursive: true });
    return path;
  };
  const short = copy('short-vocabulary');
  const half = copy('no-halves');
  rmSync(join(half, 'model-fp16.onnx'));
  const lines = readFileSync(join(short, 'vocab.txt'), 'utf8');
  writeFileSync(join(short, 'vocab.txt'), `${lines}${Array.from({ length: 9 }, (_, at) => `[CHARACTER ${512 + at}]`).join('\n')}\n`);
  const card = JSON.parse(readFileSync(join(short, 'model.json'), 'utf8')) as Record<string, unknown>;
  const refused: [args: string[], words: RegExp][] = [
    [['--model', 'adress-mini'], /there is no model "adress-mini".*By name there are address-mini, /s],
    [['--model', join(scratch, 'nowhere')], /model folder .*nowhere does not exist\. /],
    [['--model', short], /vocab\.txt has sha256 \w+, but model\.json says \w+\. /],
    [['--model', half, '--precision', 'fp16'], /has no model-fp16\.onnx\. Its precisions are fp32, int8\./],
    ...(existsSync('/dev/nvidiactl') ? [] : [[['--execution', 'cuda'], /^the runtime cannot use CUDA here: .*\. docs\/gpu\.md says how/] as [string[], RegExp]]),
  ];
  for (const [args, words] of refused) {
    const { code, stderr } = await runProcess(program, ['--port', '0', '--log-level', 'silent', ...args]);
    assert.equal(code, 3, stderr);
    assert.match(stderr, words);
  }
  // Without its hash the vocabulary is held against the table: one that is longer, and one that is shorter.
  delete card['vocabSha256'];
  writeFileSync(join(short, 'model.json'), JSON.stringify(card));
  const whole = lines.trimEnd().split('\n');
  const fewer = whole.filter((line, at) => line.startsWith('[') || at < 5000);
  for (const vocabulary of [[...whole, 'one more'], fewer]) {
    writeFileSync(join(short, 'vocab.txt'), `${vocabulary.join('\n')}\n`);
    for (const precision of ['fp32', 'int8']) {
      const { code, stderr } = await runProcess(program, ['--port', '0', '--log-level', 'silent', '--workers', '1', '--model', short, '--precision', precision]);
      assert.equal(code, 3, stderr);
      assert.match(stderr, new RegExp(`^vocab\\.txt has ${String(vocabulary.length)} tokens, but the table of model(-int8)?\\.onnx has ${String(whole.length)} rows: the two do not belong together\\. Put the vocab\\.txt there`));
    }
  }
});

test('auto takes the CPU where there is no CUDA, and says why', { skip: existsSync('/dev/nvidiactl') ? 'this machine may have CUDA' : false }, async () => {
  const server = await boot('--execution', 'auto');
  try {
    const { backend } = (await (await fetch(`${server.url}/health`)).json()) as { backend: Record<string, unknown> };
    assert.deepEqual([backend['execution'], backend['asked']], ['cpu', 'auto']);
    assert.match(String(backend['fallback']), /^the CPU computes, because the runtime cannot use CUDA here: /);
    await until('the log says so', () => /"level":"warn".*the CPU computes/.test(server.stderr()));
    assert.equal((await ask(server.url, ...sameHouse)).label, 'exact');
  } finally {
    await server.kill();
  }
});

test('a simulated accelerator says so, batches, and fails what does not fit', async () => {
  const server = await boot('--model', 'simulated', '--batching', 'greedy', '--cache', 'off', '--simulated', 'batch=1ms,token=0us,memory=100MiB,token-memory=1MiB,limit=150MiB');
  try {
    const small = await Promise.all(Array.from({ length: 4 }, (_, index) => ask(server.url, `路${index}`, `号${index}`)));
    assert.equal(small.length, 4);
    const long = await fetch(`${server.url}/similarity`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ addr1: '长'.repeat(60), addr2: '路' }) });
    assert.equal(long.status, 500);
    assert.equal(((await long.json()) as { type: string }).type, 'urn:mgeo-bench:problem:inference-failed');
    assert.equal((await ask(server.url, '路', '路1')).cache, 'off');
    const health = (await (await fetch(`${server.url}/health`)).json()) as { model: Record<string, unknown>; backend: Record<string, unknown>; simulated: { memory: Record<string, number> }; deviceMemoryMiB: unknown };
    assert.deepEqual([health.model['name'], health.model['scoresMeaningful'], health.backend['execution'], health.deviceMemoryMiB], ['simulated', false, 'simulated', null]);
    assert.equal(health.simulated.memory['outOfMemory'], 1);
    assert.ok((health.simulated.memory['peakMiB'] ?? 0) > 100 && (health.simulated.memory['peakMiB'] ?? 0) <= 150);
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    assert.match(metrics, /^simulated_device_memory_limit_bytes 157286400$/m);
    assert.match(metrics, /^inference_failures_total 1$/m);
    for (const histogram of ['inference_queue_texts', 'inference_batch_texts', 'similarity_stage_seconds']) assert.match(metrics, new RegExp(`^${histogram}_bucket\\{`, 'm'));
  } finally {
    await server.kill();
  }
});
