import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { shippedModelPath } from '../../../servers/reference/model/shipped-models.js';
import { runProcess, startProcess, type StartedProcess } from '../../stand-ins/start-process.js';
import { until } from './start-app.js';

const program = 'servers/reference/main.js';
const onLinux = process.platform === 'linux' ? false : 'reads /proc';
let cacheDir = '';

const start = (...args: string[]): Promise<StartedProcess> => startProcess(program, ['--port', '0', '--model', 'mgeo-shape-mini', '--cache-dir', cacheDir, '--workers', '2', ...args]);

const ready = async (url: string): Promise<boolean> => (await fetch(`${url}/ready`)).status === 200;

const boot = async (...args: string[]): Promise<StartedProcess> => {
  const server = await start(...args);
  await until('the server is ready', () => ready(server.url));
  return server;
};

before(async () => {
  cacheDir = mkdtempSync(join(tmpdir(), 'reference-models-'));
  // Generates the model once, so that the tests below do not each wait for it.
  await (await boot()).kill();
});
after(() => rm(cacheDir, { recursive: true, force: true }));

const compare = async (url: string, addr1: string, addr2: string): Promise<number> => {
  const response = await fetch(`${url}/similarity`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ addr1, addr2 }) });
  assert.equal(response.status, 200);
  return ((await response.json()) as { similarity: number }).similarity;
};

const statOf = (pid: string): { state: string; parent: number } | null => {
  try {
    const [state = '', parent = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
    return { state, parent: Number(parent) };
  } catch {
    return null;
  }
};
const isAlive = (pid: string): boolean => {
  const found = statOf(pid);
  return found !== null && found.state !== 'Z';
};
const childrenOf = (pid: number | undefined): string[] =>
  readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isAlive(name) && statOf(name)?.parent === pid);

test('it listens before the model is loaded, gets ready, answers with the real model', async () => {
  const server = await start();
  try {
    assert.equal((await fetch(`${server.url}/health`)).status, 200);
    await until('it is ready', () => ready(server.url));
    const health = (await (await fetch(`${server.url}/health`)).json()) as { model: { name: string; scoresMeaningful: boolean; sha256: string }; workers: { processes: number } };
    assert.equal(health.model.name, 'mgeo-shape-mini');
    assert.equal(health.model.scoresMeaningful, false);
    assert.match(health.model.sha256, /^[0-9a-f]{64}$/);
    assert.equal(health.workers.processes, 2);
    const near = await compare(server.url, '浙江省杭州市余杭区文一西路969号', '杭州市余杭区文一西路969号');
    const far = await compare(server.url, '浙江省杭州市余杭区文一西路969号', '哈尔滨市南岗区西大直街92号');
    assert.ok(near > far && near < 1, `${near} ${far}`);
    assert.equal(await compare(server.url, '同一处1号', '同一处1号'), 1);
  } finally {
    await server.kill();
  }
});

test('under load every answer is the one given alone', async () => {
  const server = await boot('--cache', 'off');
  try {
    const pairs = Array.from({ length: 48 }, (_, index): [string, string] => [`武汉市洪山区珞喻路${index * 37}号`, `洪山区珞喻路${index * 37}号${'附'.repeat(index % 12)}楼`]);
    const alone: number[] = [];
    for (const [left, right] of pairs) alone.push(await compare(server.url, left, right));
    const together = await Promise.all(pairs.map(([left, right]) => compare(server.url, left, right)));
    together.forEach((similarity, index) => {
      assert.ok(Math.abs(similarity - (alone[index] ?? NaN)) < 1e-6, `pair ${index}: ${similarity} and ${alone[index]}`);
    });
  } finally {
    await server.kill();
  }
});

test('SIGTERM under load: everything accepted is answered, exit 0, no process left', { skip: onLinux }, async () => {
  // Slow enough that many are under way whenever /health is asked, however busy the machine is.
  const server = await boot('--cache', 'off', '--fault', 'delay:100ms');
  const workers = childrenOf(server.child.pid);
  assert.equal(workers.length, 2);
  const answers = Array.from({ length: 400 }, (_, index) => compare(server.url, `和平路${index}号`, `和平路${index + 1}号`).then(() => 'answered', () => 'refused'));
  await until('requests are under way', async () => ((await (await fetch(`${server.url}/health`)).json()) as { inFlight: number }).inFlight >= 50);
  server.child.kill('SIGTERM');
  const ended = await Promise.all(answers);
  // Connections that had not been accepted yet may be refused; what was under way is not.
  assert.ok(ended.filter((end) => end === 'answered').length >= 50, ended.join());
  assert.deepEqual(await server.exited, { code: 0, signal: null });
  await until('the inference processes are gone', () => !workers.some(isAlive));
  assert.match(server.stderr(), /"msg":"stopped"/);
});

test('SIGTERM while the model is loaded: exit 0', async () => {
  const server = await start();
  server.child.kill('SIGTERM');
  assert.deepEqual(await server.exited, { code: 0, signal: null });
});

test('a second signal ends it at once', async () => {
  const server = await boot('--drain-s', '60');
  const slow = connect(Number(new URL(server.url).port), '127.0.0.1');
  slow.on('error', () => undefined);
  slow.write('POST /similarity HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{');
  await until('it is in flight', async () => ((await (await fetch(`${server.url}/health`)).json()) as { inFlight: number }).inFlight === 1);
  server.child.kill('SIGTERM');
  await until('it refuses connections', () => fetch(`${server.url}/health`).then(() => false, () => true));
  assert.equal(server.child.exitCode, null);
  server.child.kill('SIGTERM');
  assert.deepEqual(await server.exited, { code: 143, signal: null });
  slow.destroy();
});

test('a log that nobody reads any more does not keep it from ending', async () => {
  const server = await boot();
  server.child.stderr?.destroy();
  await compare(server.url, '甲路1号', '乙路1号');
  server.child.kill('SIGTERM');
  assert.deepEqual(await server.exited, { code: 0, signal: null });
});

test('SIGKILL leaves no inference process behind', { skip: onLinux }, async () => {
  const server = await boot();
  const workers = childrenOf(server.child.pid);
  assert.equal(workers.length, 2);
  await server.kill();
  await until('the inference processes are gone', () => !workers.some(isAlive));
});

test('when the inference processes keep dying it says so and exits 70', { skip: onLinux }, async () => {
  const server = await boot();
  let ended = false;
  void server.exited.then(() => (ended = true));
  await until('the server gives up', () => {
    for (const pid of childrenOf(server.child.pid)) {
      try {
        process.kill(Number(pid), 'SIGKILL');
      } catch (error) {
        // It may be gone already, without having been seen to be.
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    }
    return ended;
  });
  assert.equal((await server.exited).code, 70);
  const last = JSON.parse(server.stderr().trim().split('\n').at(-1) ?? '{}') as { level: string; msg: string };
  assert.equal(last.level, 'fatal');
  assert.match(last.msg, /inference is dead/);
});

test('a taken port is one sentence and exit 3', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const ended = await runProcess(program, ['--port', String(port), '--cache-dir', cacheDir]);
  other.close();
  assert.deepEqual(ended, { code: 3, stdout: '', stderr: `Port ${port} on 127.0.0.1 is taken; choose another with --port, or 0 for any free one.\n` });
});

test('an unknown flag is one sentence and exit 2; help is not an error', async () => {
  const ended = await runProcess(program, ['--bathcing', 'none']);
  assert.deepEqual(ended, { code: 2, stdout: '', stderr: 'There is no flag --bathcing; --help lists them.\n' });
  const help = await runProcess(program, ['--help']);
  assert.equal(help.code, 0);
  assert.match(help.stdout, /--batching/);
});

test('a model folder that does not exist: exit 3 with the reason', async () => {
  const ended = await runProcess(program, ['--port', '0', '--model', join(cacheDir, 'nothing-here')]);
  assert.equal(ended.code, 3);
  assert.match(ended.stderr, /nothing-here does not exist/);
  assert.equal(ended.stderr.includes('    at '), false, 'a stack trace');
});

test('a model folder that the system does not let be read: exit 3 and one sentence', { skip: existsSync('/proc/self/mem') ? false : 'needs /proc' }, async () => {
  for (const name of ['model.json', 'model.onnx', 'vocab.txt']) {
    const folder = join(mkdtempSync(join(tmpdir(), 'unreadable-')), 'model');
    cpSync(shippedModelPath('address-mini') ?? '', folder, { recursive: true });
    rmSync(join(folder, name));
    // A file whose first byte cannot be read, whoever asks.
    symlinkSync('/proc/self/mem', join(folder, name));
    const ended = await runProcess(program, ['--port', '0', '--log-level', 'silent', '--model', folder]);
    assert.equal(ended.code, 3, ended.stderr);
    assert.match(ended.stderr, /^model folder \S+ cannot be read: EIO[^\n]*\.\n$/);
    rmSync(dirname(folder), { recursive: true });
  }
});

test('a log file that cannot be written: exit 3 and one sentence', async () => {
  const ended = await runProcess(program, ['--port', '0', '--log-file', cacheDir]);
  assert.deepEqual([ended.code, ended.stdout], [3, '']);
  assert.match(ended.stderr, /^The log file \S+ cannot be written: EISDIR[^\n]*\.\n$/);
  if (!existsSync('/proc/self')) return;
  const nowhere = await runProcess(program, ['--port', '0', '--log-file', '/proc/no/such.log']);
  assert.deepEqual([nowhere.code, nowhere.stdout], [3, '']);
  assert.match(nowhere.stderr, /^The log file \/proc\/no\/such\.log cannot be written: ENOENT[^\n]*\.\n$/);
});
