/** The GPU server as a process, on a CPU: its answers against the reference server's model, its API, its end. */
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ensureModel } from '../../../servers/reference/model/ensure-model.js';
import { loadModelFolder, type ModelFolder } from '../../../servers/reference/model/model-folder.js';
import { shippedModelPath } from '../../../servers/reference/model/shipped-models.js';
import { scorePairs } from '../../../servers/reference/models/recipe/score-pairs.js';
import { withoutTorch } from './python.js';
import { post, runTorch, startTorch, untilReady } from './torch-server.js';

const skip = withoutTorch;
const cacheDir = mkdtempSync(join(tmpdir(), 'torch-models-'));
after(() => rm(cacheDir, { recursive: true, force: true }));

const addresses = [
  '浙江省杭州市余杭区五常街道文一西路969号',
  '杭州市余杭区文一西路969号阿里巴巴西溪园区',
  '北京市朝阳区建国路八十八号SOHO现代城Ａ座1203室',
  '北京朝阳建国路88#SOHO现代城a座',
  '上海市浦东新区世纪大道100号环球金融中心',
  '江苏省南京市鼓楼区中山北路2弄3栋丙单元',
];
const pairs = addresses.flatMap((a) => addresses.map((b) => ({ a, b })));

/** The largest difference between the server's similarities and those of onnxruntime for the same model. */
const differ = async (url: string, model: ModelFolder): Promise<number> => {
  const expected = await scorePairs(model, pairs);
  const { status, body } = await post(`${url}/similarity/batch`, { pairs: pairs.map(({ a, b }) => [a, b]) });
  assert.equal(status, 200);
  return Math.max(...(body['similarities'] as number[]).map((similarity, at) => Math.abs(similarity - (pairs[at]?.a === pairs[at]?.b ? 1 : (expected[at]?.similarity ?? NaN)))));
};

test('address-mini-bi: the reference server\'s scores, some components counting negatively', { skip }, async () => {
  const server = await startTorch('--model', 'address-mini-bi', '--strategy', 'batched');
  await untilReady(server);
  const model = await loadModelFolder(shippedModelPath('address-mini-bi') ?? '');
  assert.ok(model.info.negative > 0);
  assert.ok(await differ(server.url, model) < 1e-5);
  assert.equal(await server.stop(), 0);
});

test('address-mini: the reference server\'s scores, its API and headers, a drain that finishes what runs and exits 0', { skip }, async () => {
  const server = await startTorch('--strategy', 'cache', '--max-batch', '7');
  assert.equal((await fetch(`${server.url}/health`)).status, 200, 'health answers while the model loads');
  await untilReady(server);
  assert.ok(await differ(server.url, await loadModelFolder(shippedModelPath('address-mini') ?? '')) < 1e-5);

  const one = await post(`${server.url}/similarity`, { addr1: '余杭区文一西路1号', addr2: '余杭区文一西路2号' }, { 'x-request-id': 'mine-1' });
  assert.deepEqual(Object.keys(one.body), ['similarity', 'label']);
  assert.deepEqual([one.headers.get('x-request-id'), one.headers.get('x-cache'), one.headers.get('x-batch-size')], ['mine-1', 'miss', '1']);
  assert.match(one.headers.get('server-timing') ?? '', /^tokenize;dur=[\d.]+, queue;dur=[\d.]+, infer;dur=[\d.]+, post;dur=[\d.]+$/);
  const again = await post(`${server.url}/similarity`, { addr1: '余杭区文一西路1号', addr2: '余杭区文一西路2号' });
  assert.deepEqual([again.body, again.headers.get('x-cache'), again.headers.get('x-batch-size')], [one.body, 'hit', '0']);
  const past = await post(`${server.url}/similarity`, { addr1: '余杭区文一西路1号', addr2: '余杭区文一西路2号' }, { 'cache-control': 'no-store' });
  assert.deepEqual([past.headers.get('x-cache'), past.body['label']], ['off', one.body['label']]);

  const refused = await post(`${server.url}/similarity`, { addr1: ' ', addr2: 'b' });
  assert.deepEqual(refused.body, { type: 'urn:mgeo-bench:problem:blank', title: 'Bad Request', status: 400, detail: 'addr1 is blank.', field: 'addr1' });
  assert.equal(refused.headers.get('content-type'), 'application/problem+json; charset=utf-8');

  const health = (await (await fetch(`${server.url}/health`)).json()) as { status: string; model: Record<string, unknown>; backend: Record<string, unknown>; deviceMemoryMiB: null; torchMemory: unknown; workers: { memoryMiB: number } };
  assert.equal(health.status, 'ok');
  assert.equal(health.model['sha256'], 'c6442aaaf853a97f8911ed6cc8d2acd1deaee53c0553ce66576d8602fbceb3a8');
  assert.deepEqual([health.backend['name'], health.backend['execution']], ['torch', 'cpu']);
  assert.deepEqual([health.deviceMemoryMiB, health.torchMemory], [null, { status: 'absent', why: 'the model computes on the CPU' }]);
  assert.ok(health.workers.memoryMiB > 50);
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  assert.match(metrics, /^http_requests_total\{route="\/similarity",status="200"\} 3\.0$/m);
  assert.match(metrics, /^cache_lookups_total\{result="hit"\} 1\.0$/m);
  for (const name of ['queue_length', 'inference_batch_texts_count', 'similarity_stage_seconds_bucket', 'inference_memory_bytes', 'ready']) assert.match(metrics, new RegExp(`^${name}[ {]`, 'm'));

  // More than a batch, so that the end comes in the middle of the work.
  const many = Array.from({ length: 256 }, (_, at) => [`余杭区文一西路${at}号`, '余杭区文二西路7号']);
  const running = post(`${server.url}/similarity/batch`, { pairs: many });
  let answered = false;
  void running.then(() => (answered = true));
  while (!answered && ((await (await fetch(`${server.url}/health`)).json()) as { inFlight: number }).inFlight === 0);
  const ended = server.stop();
  assert.equal((await running).status, 200);
  assert.equal(await ended, 0);
  await assert.rejects(fetch(`${server.url}/health`));
  const lines = server.stderr().trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  const entry = lines.find((line) => line['request_id'] === 'mine-1');
  assert.deepEqual(Object.keys(entry ?? {}), ['level', 'time', 'request_id', 'route', 'status', 'latency_ms', 'addr1_hash', 'addr2_hash', 'tokenize_ms', 'queue_ms', 'infer_ms', 'batch_size', 'cache', 'similarity']);
  assert.ok(!server.stderr().includes('文一西路'), 'no address in the log');
});

test('mgeo-shape-mini: the same seeded weights as the reference server, in two replicas; a replica that dies is replaced', { skip }, async () => {
  const model = await ensureModel({ name: 'mgeo-shape', size: 'mini' }, cacheDir);
  const server = await startTorch('--model', 'mgeo-shape-mini', '--cache-dir', cacheDir, '--replicas', '2', '--intra-threads', '1', '--strategy', 'window', '--max-delay', '5');
  try {
    await untilReady(server);
    const { model: found, workers } = (await (await fetch(`${server.url}/health`)).json()) as { model: Record<string, unknown>; workers: Record<string, unknown> };
    assert.deepEqual([found['name'], found['kind'], found['parameters'], found['scoresMeaningful'], workers['processes']], ['mgeo-shape-mini', 'bi-encoder', model.info.parameters, false, 2]);
    assert.ok(await differ(server.url, model) < 1e-4);
    const [child] = (await import('node:fs')).readFileSync(`/proc/${server.pid}/task/${server.pid}/children`, 'utf8').trim().split(' ').map(Number);
    assert.ok(child !== undefined);
    process.kill(child, 'SIGKILL');
    assert.ok(await differ(server.url, model) < 1e-4, 'the other one answers meanwhile');
    assert.match(server.stderr(), /a replica was ended by signal 9; it is started again \(1 of 3 within a minute\)/);
  } finally {
    assert.equal(await server.stop(), 0);
  }
});

test('refused at start: one sentence and the exit code of the reference server', { skip }, async (t) => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const port = String((taken.address() as AddressInfo).port);
  const folder = mkdtempSync(join(cacheDir, 'folder-'));
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ model_type: 'gpt2', vocab_size: 10, hidden_size: 8, num_hidden_layers: 1, num_attention_heads: 1, intermediate_size: 8, max_position_embeddings: 8 }));
  const [longer, shorter] = ['longer', 'shorter'].map((name) => {
    const path = join(cacheDir, name);
    cpSync(shippedModelPath('address-mini') ?? '', path, { recursive: true });
    const card = JSON.parse(readFileSync(join(path, 'model.json'), 'utf8')) as Record<string, unknown>;
    delete card['vocabSha256'];
    writeFileSync(join(path, 'model.json'), JSON.stringify(card));
    const lines = readFileSync(join(path, 'vocab.txt'), 'utf8').trimEnd().split('\n');
    const other = name === 'longer' ? [...lines, 'one more'] : lines.filter((line, at) => line.startsWith('[') || at < 5000);
    writeFileSync(join(path, 'vocab.txt'), `${other.join('\n')}\n`);
    return path;
  }) as [string, string];
  const unreadable = join(cacheDir, 'unreadable');
  mkdirSync(unreadable);
  for (const name of ['model.onnx', 'vocab.txt']) writeFileSync(join(unreadable, name), '');
  // A file whose first byte cannot be read, whoever asks.
  if (existsSync('/proc/self/mem')) symlinkSync('/proc/self/mem', join(unreadable, 'model.json'));
  const cases: [string[], number, RegExp][] = [
    ...(existsSync('/proc/self/mem') ? [[['--model', unreadable], 3, /^\S+ cannot be read: Input\/output error\.\n$/] as [string[], number, RegExp]] : []),
    [['--model', longer], 3, /^vocab\.txt has 9588 tokens, but the table of model\.onnx has 9587 rows: the two do not belong together\. Put .*\n$/],
    [['--model', shorter], 3, /^vocab\.txt has \d{4} tokens, but the table of model\.onnx has 9587 rows: the two do not belong together\. Put .*\n$/],
    [['--strategy', 'fast'], 2, /^--strategy takes one of naive, threads:N, batched, window, greedy, cache, not "fast"\.\n$/],
    [['--strategy', 'threads:0'], 2, /^--strategy threads:N takes a whole number of threads from 1 to 64, as in threads:4\.\n$/],
    [['--dtype', 'int8'], 2, /^--dtype takes one of fp32, fp16, bf16, not "int8"\.\n$/],
    [['--speed', '9'], 2, /^There is no flag --speed; --help lists them\.\n$/],
    [['--max-batch', '0'], 2, /^--max-batch takes a whole number from 1 to 4096, not "0"\.\n$/],
    [['--cache', '0'], 2, /^--cache 0 is not a size; --cache off switches the cache off\.\n$/],
    [['--cache', '-1'], 2, /^--cache takes a number of addresses from 1 to 10000000, a size from 64KiB to 1024GiB such as 64MiB, or off, not "-1"\.\n$/],
    [['--deadline', '0'], 2, /^--deadline takes milliseconds from 1 to 86400000, a duration such as 2s, or off, not "0"\.\n$/],
    [['--max-delay', '61s'], 2, /^--max-delay takes milliseconds from 0 to 60000, a duration such as 2s, not "61s"\.\n$/],
    [['--fault', 'error:0.1'], 2, /^There is no flag --fault; --help lists them\.\n$/],
    [['--port', port], 3, new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is taken; choose another with --port, or 0 for any free one\\.\\n$`)],
    [['--model', '/no/such/folder'], 3, /^model folder \/no\/such\/folder does not exist\. A model folder holds .*\n$/],
    [['--model', 'mgeo-shape-mini', '--cache-dir', join(longer, 'vocab.txt')], 3, /^model mgeo-shape-mini-1 cannot be made in \S+vocab\.txt\/models: Not a directory\. Check the space and the rights there, .*\n$/],
    [['--model', 'mgeo-shape-mini', '--cache-dir', '/proc/no/such'], 3, /^model mgeo-shape-mini-1 cannot be made in \/proc\/no\/such\/models: No such file or directory\. Check .*\n$/],
    [['--model', 'mgoe'], 3, /^there is no model "mgoe", and no folder of this name here\. By name there are .*\n$/],
    [['--model', folder], 3, /config\.json has model_type "gpt2"; this server knows bert, mgeo\.\n$/],
    [['--model', 'mgeo'], 3, /^iic\/mgeo_geographic_entity_alignment_chinese_base needs the package modelscope, which is not installed\. Install it with `pip install modelscope`, .*\n$/],
    [['--execution', 'cuda'], 3, /^--execution cuda: torch \S+ (?:was built without CUDA|finds no GPU that it can use)\. .*--execution cpu\.\n$/],
  ];
  await Promise.all(cases.map(([args, code, sentence]) =>
    t.test(args.join(' '), async () => {
      const ended = await runTorch([...(args.includes('--port') ? [] : ['--port', '0']), ...args, '--log-level', 'silent']);
      assert.match(ended.stderr, sentence);
      assert.equal(ended.code, code);
    }),
  ));
  taken.close();
});
