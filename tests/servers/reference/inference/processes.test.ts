import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createInference, InferenceError } from '../../../../servers/reference/inference/index.js';
import { startPool } from '../../../../servers/reference/inference/pool.js';
import { startWorker } from '../../../../servers/reference/inference/worker-process.js';
import { loadModelFolder } from '../../../../servers/reference/model/model-folder.js';
import { tinyState, writeTinyModel } from '../model/tiny-model.js';

const folder = writeTinyModel();
const settings = { modelPath: join(folder, 'model.onnx'), hidden: 2, kind: 'bi-encoder', vocabSize: 8, pooling: 'mean', intraThreads: 1, execution: 'cpu' } as const;
after(() => rmSync(folder, { recursive: true, force: true }));

/** Gone, or a zombie that only waits to be collected. */
const isGone = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
  } catch {
    return true;
  }
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && / Z /.test(readFileSync(stat, 'utf8'));
};

const untilGone = async (pid: number): Promise<void> => {
  for (let tries = 0; tries < 200 && !isGone(pid); tries += 1) await wait(50);
  assert.ok(isGone(pid), `process ${pid} is still there`);
};

const unit = ([x, y]: [number, number]): number[] => [x / Math.hypot(x, y), y / Math.hypot(x, y)];
const close = (actual: Float32Array | undefined, expected: number[]): void => {
  expected.forEach((value, at) => assert.ok(Math.abs((actual?.[at] ?? NaN) - value) < 1e-6, `${actual?.join()} is not ${expected.join()}`));
};

test('vectors of a model that does not pool are those worked out by hand, for mean and for cls', async (context) => {
  const texts = [{ ids: Int32Array.of(2, 4, 3) }, { ids: Int32Array.of(2, 3) }];
  const mean = (ids: number[]): number[] => {
    const states = ids.map(tinyState);
    return unit([states.reduce((sum, [x]) => sum + x, 0) / ids.length, states.reduce((sum, [, y]) => sum + y, 0) / ids.length]);
  };
  for (const [pooling, expected] of [['mean', [mean([2, 4, 3]), mean([2, 3])]], ['cls', [unit(tinyState(2)), unit(tinyState(2))]]] as const) {
    const path = writeTinyModel({ pooling });
    const inference = await createInference({ model: await loadModelFolder(path), workers: 1 });
    context.after(() => inference.close());
    const { vectors, inferMs } = await inference.run(texts);
    expected.forEach((vector, at) => close(vectors[at], vector));
    assert.ok(inferMs >= 0);
    assert.equal(inference.info.pooling, pooling);
    const memoryMiB = inference.memoryMiB();
    assert.ok(memoryMiB !== null && memoryMiB > 10, `${memoryMiB} MiB`);
    rmSync(path, { recursive: true });
  }
});

test('a killed process fails its batch, is replaced, and nothing is left after close', async (context) => {
  const pids: number[] = [];
  const logs: string[] = [];
  const pool = await startPool({
    workers: 1, hidden: 2, vocabSize: 8, maxTokens: 16,
    log: (line) => logs.push(line),
    start: async () => {
      const worker = await startWorker(settings);
      pids.push(worker.pid);
      return worker;
    },
  });
  context.after(() => pool.close());
  // Stopped, so that it cannot answer before it is killed.
  process.kill(pids[0] ?? 0, 'SIGSTOP');
  const lost = assert.rejects(pool.run([{ ids: Int32Array.of(2, 3) }]), (error) => error instanceof InferenceError && error.code === 'worker-died' && /SIGKILL/.test(error.message));
  const next = pool.run([{ ids: Int32Array.of(2, 3) }]);
  process.kill(pids[0] ?? 0, 'SIGKILL');
  await lost;
  assert.equal((await next).vectors.length, 1);
  assert.equal(pids.length, 2);
  assert.match(logs.join(), /ended by SIGKILL; it is started again/);
  await pool.close();
  for (const pid of pids) await untilGone(pid);
});

test('signals of a terminal do not end a process: its parent decides', async (context) => {
  const worker = await startWorker(settings);
  context.after(() => worker.stop());
  process.kill(worker.pid, 'SIGINT');
  process.kill(worker.pid, 'SIGTERM');
  const { vectors } = await worker.run(Int32Array.of(2, 3), Int32Array.of(2));
  assert.equal(vectors.length, 2);
  await worker.stop();
  await untilGone(worker.pid);
});

test('the runtime reports to nobody: no upload queue, no log of its own', { skip: existsSync('/proc/self/fd') ? false : 'needs /proc' }, async (context) => {
  // It keeps silent by itself where CI is set, which would prove nothing.
  const ci = process.env['CI'];
  delete process.env['CI'];
  const worker = await startWorker(settings);
  context.after(() => worker.stop());
  if (ci !== undefined) process.env['CI'] = ci;
  const open = readdirSync(`/proc/${worker.pid}/fd`).map((name) => {
    try {
      return readlinkSync(`/proc/${worker.pid}/fd/${name}`);
    } catch {
      return '';
    }
  });
  assert.ok(open.length > 3);
  assert.deepEqual(open.filter((path) => /onnxruntime\.db|mat-debug|DeveloperTools/.test(path)), []);
});

test('a parent killed outright leaves no process behind', async (context) => {
  const program = fileURLToPath(new URL('./orphan-parent.js', import.meta.url));
  const parent = fork(program, [settings.modelPath], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  context.after(() => parent.kill('SIGKILL'));
  assert.ok(parent.stdout);
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(line.toString());
  assert.ok(pid > 0 && !isGone(pid));
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  await untilGone(pid);
});

test('a file the runtime refuses, a wrong width and a missing runtime are told apart', async () => {
  const broken = join(folder, 'broken.onnx');
  writeFileSync(broken, 'not a model');
  const refused = (code: string, words: RegExp) => (error: unknown) => {
    assert.ok(error instanceof InferenceError);
    assert.equal(error.code, code);
    assert.match(error.message, words);
    return true;
  };
  await assert.rejects(startWorker({ ...settings, modelPath: broken }), refused('model-unusable', /^the runtime refuses broken\.onnx: .*[^.\s]$/));
  await assert.rejects(startWorker({ ...settings, vocabSize: 9 }), refused('model-unusable', /does not know the last of the 9 tokens of vocab\.txt: the two do not belong together/));
  await assert.rejects(startWorker({ ...settings, hidden: 3 }), refused('model-unusable', /output of model.onnx is \[2, 3, 2\], not \[2, 3, 3\]/));

  // Where the package is not installed its import fails; a resolver that does not find it stands in for that.
  const hooks = join(tmpdir(), `no-runtime-${process.pid}.mjs`);
  const resolver = `export const resolve = (name, context, next) => { if (name === 'onnxruntime-node') throw new Error("Cannot find package 'onnxruntime-node'"); return next(name, context); };`;
  writeFileSync(hooks, `import { register } from 'node:module'; register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(resolver)}));`);
  const before = process.env['NODE_OPTIONS'];
  process.env['NODE_OPTIONS'] = `--import ${pathToFileURL(hooks).href}`;
  try {
    await assert.rejects(startWorker(settings), (error) => {
      refused('runtime-missing', /onnxruntime-node cannot be loaded/)(error);
      assert.match((error as InferenceError).hint ?? '', /not installed for this platform/);
      return true;
    });
  } finally {
    if (before === undefined) delete process.env['NODE_OPTIONS'];
    else process.env['NODE_OPTIONS'] = before;
    rmSync(hooks);
  }
});
