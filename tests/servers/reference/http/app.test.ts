import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cosine } from '../../../../servers/reference/similarity.js';
import { createFakeInference, fakeEncode, fakeVector } from '../fake-inference.js';
import { bytesOf } from '../../../../servers/reference/embedding/cache.js';
import { startApp, until, type RunningApp } from '../start-app.js';

let app: RunningApp;
before(async () => {
  app = await startApp(['--max-queue', '1000']);
});
after(() => app.close());

const scoreOf = (left: string, right: string): number => cosine(fakeVector(fakeEncode(left)), fakeVector(fakeEncode(right)));

test('a pair gets its similarity and label, with the headers that explain it', async () => {
  const { status, body, headers } = await app.post('/similarity', { addr1: '杭州市文一西路969号', addr2: '杭州市文三路478号', note: 'ignored' });
  assert.equal(status, 200);
  assert.deepEqual(body, { similarity: scoreOf('杭州市文一西路969号', '杭州市文三路478号'), label: 'no_match' });
  assert.match(headers.get('content-type') ?? '', /^application\/json/);
  assert.match(headers.get('server-timing') ?? '', /^tokenize;dur=[\d.]+, queue;dur=[\d.]+, infer;dur=[\d.]+, post;dur=[\d.]+$/);
  assert.equal(headers.get('x-batch-size'), '2');
  assert.equal(headers.get('x-cache'), 'miss');
  assert.match(headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/);
});

test('equal addresses are exactly 1 and a match', async () => {
  const { body } = await app.post('/similarity', { addr1: '中山路1号', addr2: '中山路1号' });
  assert.deepEqual(body, { similarity: 1, label: 'match' });
});

test('the cache word says how many of the addresses were known', async () => {
  const word = async (addr1: string, addr2: string): Promise<string | null> => (await app.post('/similarity', { addr1, addr2 })).headers.get('x-cache');
  assert.equal(await word('甲路1号', '乙路1号'), 'miss');
  assert.equal(await word('甲路1号', '丙路1号'), 'partial');
  assert.equal(await word('丙路1号', '乙路1号'), 'hit');
  const hit = await app.post('/similarity', { addr1: '丙路1号', addr2: '乙路1号' });
  assert.equal(hit.headers.get('x-batch-size'), '0');
});

test('Cache-Control: no-store computes anew, and leaves nothing in the cache', async () => {
  const ask = async (headers: Record<string, string> = {}): Promise<{ word: string | null; computed: boolean }> => {
    const answer = await app.post('/similarity', { addr1: '丁路7号', addr2: '戊路7号' }, { 'content-type': 'application/json', ...headers });
    return { word: answer.headers.get('x-cache'), computed: answer.headers.get('x-batch-size') !== '0' };
  };
  const past = { 'cache-control': 'no-store' };
  assert.deepEqual(await ask(past), { word: 'off', computed: true });
  assert.deepEqual(await ask(), { word: 'miss', computed: true });
  assert.deepEqual(await ask(), { word: 'hit', computed: false });
  assert.deepEqual(await ask(past), { word: 'off', computed: true });
});

test('a sane request id is kept, another one replaced', async () => {
  const pair = { addr1: 'a路1号', addr2: 'b路2号' };
  const id = async (given: string): Promise<string | null> =>
    (await app.post('/similarity', pair, { 'content-type': 'application/json', 'x-request-id': given })).headers.get('x-request-id');
  assert.equal(await id('run-7:stage_2.41'), 'run-7:stage_2.41');
  assert.notEqual(await id('x'.repeat(200)), 'x'.repeat(200));
  assert.notEqual(await id('a b{}'), 'a b{}');
});

test('a batch of pairs gives what the pairs give one by one', async () => {
  const pairs = Array.from({ length: 40 }, (_, index): [string, string] => [`长江路${index}号`, `黄河路${index % 7}号${'一'.repeat(index)}`]);
  pairs.push(['同一处', '同一处']);
  const { status, body } = await app.post('/similarity/batch', { pairs });
  assert.equal(status, 200);
  const similarities = body['similarities'] as number[];
  assert.equal(similarities.length, pairs.length);
  for (const [index, [addr1, addr2]] of pairs.entries()) {
    const single = await app.post('/similarity', { addr1, addr2 });
    assert.equal(similarities[index], single.body['similarity']);
  }
  assert.equal(similarities.at(-1), 1);
});

test('answers under load equal the answers alone, for every way of batching', async (t) => {
  for (const flags of [['--batching', 'none'], ['--batching', 'greedy', '--bucket', 'off'], ['--batching', 'token-budget'], ['--cache', 'off']]) {
    await t.test(flags.join(' '), async () => {
      const loaded = await startApp(flags, { inference: createFakeInference({ workers: 2, delayMs: 2 }) });
      try {
        const pairs = Array.from({ length: 60 }, (_, index) => ({ addr1: `解放路${index % 23}号${'幢'.repeat(index % 9)}`, addr2: `人民路${index % 17}号` }));
        const answers = await Promise.all(pairs.map((pair) => loaded.post('/similarity', pair)));
        answers.forEach(({ body }, index) => {
          const { addr1, addr2 } = pairs[index]!;
          assert.equal(body['similarity'], scoreOf(addr1, addr2));
        });
        const largest = Math.max(...loaded.inference.batches.map((batch) => batch.length));
        if (flags.includes('none')) assert.equal(largest, 2);
        else assert.ok(largest > 2, 'nothing was batched');
      } finally {
        await loaded.close();
      }
    });
  }
});

test('with the cache off every text is computed, and equal addresses are still exactly 1', async () => {
  const off = await startApp(['--cache', 'off']);
  try {
    for (let round = 0; round < 2; round += 1) {
      const { body, headers } = await off.post('/similarity', { addr1: '同一处', addr2: '同一处' });
      assert.equal(body['similarity'], 1);
      assert.equal(headers.get('x-cache'), 'off');
    }
    assert.deepEqual(off.inference.batches, [['同一处', '同一处'], ['同一处', '同一处']]);
  } finally {
    await off.close();
  }
});

test('before the model is loaded: health answers, ready and work are refused', async () => {
  const loading = await startApp([], { loading: true });
  try {
    assert.equal((await loading.get('/ready')).status, 503);
    const health = await loading.get('/health');
    assert.equal(health.status, 200);
    assert.equal(health.body['status'], 'loading');
    assert.equal(health.body['model'], null);
    const refused = await loading.post('/similarity', { addr1: 'a', addr2: 'b' });
    assert.equal(refused.status, 503);
    assert.equal(refused.body['type'], 'urn:mgeo-bench:problem:not-ready');
    assert.equal(refused.headers.get('retry-after'), '1');
  } finally {
    await loading.close();
  }
});

test('health tells which model on what, and how it is doing', async () => {
  const own = await startApp(['--max-batch', '5', '--batching', 'greedy', '--bucket', 'off', '--cache', '7']);
  try {
    await own.post('/similarity', { addr1: '甲', addr2: '乙' });
    own.inference.failOn.add('丙');
    await own.post('/similarity', { addr1: '甲', addr2: '丙' });
    await until('both are counted', () => own.state.inFlight === 0);
    const { body } = await own.get('/health');
    assert.equal(body['status'], 'ok');
    assert.equal(body['version'], '9.9.9');
    assert.deepEqual(body['backend'], { name: 'onnxruntime-node', version: '1.2.3', execution: 'cpu', asked: 'cpu', fallback: null });
    assert.deepEqual(body['batching'], { policy: 'greedy', bucket: false, maxBatch: 5, maxDelayMs: null, tokenBudget: own.options.tokenBudget });
    assert.deepEqual(body['cache'], { enabled: true, limit: 7, limitBytes: null, entries: 2, bytes: 2 * bytesOf(new Float32Array(8), '甲'), hits: 1, shared: 0, misses: 3 });
    assert.deepEqual(body['workers'], { processes: 1, intraThreads: 1, memoryMiB: 12.5 });
    assert.equal(body['deviceMemoryMiB'], null);
    assert.equal(body['simulated'], null);
    assert.equal(body['errorRateLastMinute'], 0.5);
    assert.equal(body['queueLength'], 0);
    assert.equal((body['model'] as Record<string, unknown>)['scoresMeaningful'], false);
    assert.equal((body['model'] as Record<string, unknown>)['sha256'], '0'.repeat(64));
  } finally {
    await own.close();
  }
});

test('a model that fails is a 500 that says nothing of the address; the next request is served', async () => {
  const own = await startApp();
  try {
    own.inference.failOn.add('秘密路1号');
    const failed = await own.post('/similarity', { addr1: '秘密路1号', addr2: '乙路' });
    assert.equal(failed.status, 500);
    assert.equal(failed.body['type'], 'urn:mgeo-bench:problem:inference-failed');
    assert.equal(failed.text.includes('秘密'), false);
    assert.equal((await own.post('/similarity', { addr1: '甲路', addr2: '乙路' })).status, 200);
  } finally {
    await own.close();
  }
});

test('one log line a request, with hashes that agree within the process, never an address', async () => {
  const own = await startApp();
  try {
    await own.post('/similarity', { addr1: '保密路1号', addr2: '公开路2号' });
    await own.post('/similarity', { addr1: '公开路2号', addr2: '保密路1号' });
    await own.post('/similarity', { addr1: '保密路1号'.repeat(20), addr2: '公开路2号' });
    await own.post('/similarity', '{"addr1":"保密路1号');
    await own.get('/health');
    await until('all are logged', () => own.logLines().length === 4);
    const [first, second, tooLong, broken] = own.logLines() as [Record<string, unknown>, Record<string, unknown>, Record<string, unknown>, Record<string, unknown>];
    assert.equal(first['addr1_hash'], second['addr2_hash']);
    assert.equal(first['addr2_hash'], second['addr1_hash']);
    assert.match(String(first['addr1_hash']), /^[0-9a-f]{16}$/);
    for (const key of ['request_id', 'latency_ms', 'tokenize_ms', 'queue_ms', 'infer_ms', 'batch_size', 'cache', 'similarity', 'status']) assert.ok(key in first, key);
    assert.equal(first['cache'], 'miss');
    assert.equal(second['cache'], 'hit');
    assert.deepEqual([tooLong['status'], tooLong['problem']], [400, 'too-long']);
    assert.deepEqual([broken['status'], broken['problem']], [400, 'invalid-json']);
    const written = JSON.stringify(own.logLines());
    assert.equal(/保密|公开/.test(written), false);
  } finally {
    await own.close();
  }
});

test('metrics are readable text with the counts of what was done', async () => {
  const own = await startApp();
  try {
    await own.post('/similarity', { addr1: '甲路', addr2: '乙路12345' });
    await own.post('/similarity', { addr1: '甲路', addr2: '乙路12345' });
    await own.post('/similarity', { addr1: '', addr2: '乙路' });
    await until('all are counted', () => own.state.inFlight === 0);
    const { text, headers } = await own.get('/metrics');
    assert.match(headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
    const samples = new Map<string, number>();
    for (const line of text.split('\n')) {
      if (line === '' || line.startsWith('#')) continue;
      const found = /^([a-zA-Z_:][\w:]*(?:\{[^}]*\})?) (\S+)$/.exec(line);
      assert.ok(found, `not a sample: ${line}`);
      samples.set(found[1]!, Number(found[2]));
    }
    assert.equal(samples.get('http_requests_total{route="/similarity",status="200"}'), 2);
    assert.equal(samples.get('http_errors_total{route="/similarity",status="400"}'), 1);
    assert.equal(samples.get('http_request_duration_seconds_count{route="/similarity"}'), 3);
    assert.equal(samples.get('cache_lookups_total{result="hit"}'), 2);
    assert.equal(samples.get('cache_lookups_total{result="miss"}'), 2);
    assert.equal(samples.get('cache_entries'), 2);
    assert.equal(samples.get('cache_hit_ratio'), 0.5);
    assert.equal(samples.get('inference_batch_texts_sum'), 2);
    // [1, 甲, 路, 2] and [1, 乙, 路, 1…5, 2]: 4 and 9 tokens, in two batches since their lengths differ too much.
    assert.equal(samples.get('inference_tokens_total'), 13);
    assert.equal(samples.get('inference_padded_tokens_total'), 13);
    assert.equal(samples.get('similarity_stage_seconds_count{stage="infer"}'), 2);
    assert.equal(samples.get('queue_length'), 0);
    assert.equal(samples.get('requests_in_flight'), 0);
    assert.equal(samples.get('ready'), 1);
    assert.equal(samples.get('inference_memory_bytes'), 12.5 * 2 ** 20);
    assert.ok((samples.get('process_resident_memory_bytes') ?? 0) > 0);
  } finally {
    await own.close();
  }
});
