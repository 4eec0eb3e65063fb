import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, utimesSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { InferenceError } from '../../../../servers/reference/inference/error.js';
import { ensureModel } from '../../../../servers/reference/model/ensure-model.js';
import { hashFile } from '../../../../servers/reference/model/model-folder.js';
import { mgeoShapeSha256 } from '../../../../servers/reference/model/mgeo-shape.js';

const mini = { name: 'mgeo-shape', size: 'mini' } as const;
const cache = mkdtempSync(join(tmpdir(), 'ensure-model-'));
const folder = join(cache, 'models', 'mgeo-shape-mini-1');
const leftovers = (): string[] => readdirSync(join(cache, 'models')).filter((name) => name !== 'mgeo-shape-mini-1');

before(() => ensureModel(mini, cache));
after(() => rmSync(cache, { recursive: true, force: true }));

test('mini has the bytes it has always had', async () => {
  assert.equal(await hashFile(join(folder, 'model.onnx')), '4e687c874621af63432b39443aea2aedfa24eaacfbd51fde0be81bb99dd9617b');
  assert.equal(mgeoShapeSha256.mini.fp32, '4e687c874621af63432b39443aea2aedfa24eaacfbd51fde0be81bb99dd9617b');
});

test('it says what it is, and that its scores mean nothing', async () => {
  const { info } = await ensureModel(mini, cache);
  assert.deepEqual(
    { ...info, origin: '' },
    {
      name: 'mgeo-shape-mini', kind: 'bi-encoder', pooling: 'mean', precision: 'fp32', origin: '', sha256: mgeoShapeSha256.mini.fp32,
      layers: 4, hidden: 256, vocabSize: 21_128, maxTokens: 512, scoresMeaningful: false, parameters: 8_699_904, negative: 0, labels: null,
    },
  );
  assert.match(info.origin, /scores mean nothing/);
  assert.deepEqual(readdirSync(folder).sort(), ['model.json', 'model.onnx', 'vocab.txt']);
});

test('what is whole is not made again', async () => {
  const lines: string[] = [];
  await ensureModel(mini, cache, (line) => lines.push(line));
  assert.deepEqual(lines, []);
});

test('a damaged one is made again, with one line that says why', async () => {
  truncateSync(join(folder, 'model.onnx'), 1000);
  const lines: string[] = [];
  const model = await ensureModel(mini, cache, (line) => lines.push(line));
  assert.equal(lines.length, 1);
  assert.match(lines[0] ?? '', /damaged and is made again.*sha256/);
  assert.equal(await hashFile(model.modelPath), mgeoShapeSha256.mini.fp32);
  assert.deepEqual(leftovers(), []);
});

test('a model.json that agrees with a wrong file does not help it', async () => {
  writeFileSync(join(folder, 'model.onnx'), 'something else');
  const card = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8')) as object;
  writeFileSync(join(folder, 'model.json'), JSON.stringify({ ...card, sha256: await hashFile(join(folder, 'model.onnx')) }));
  const model = await ensureModel(mini, cache);
  assert.equal(model.info.sha256, mgeoShapeSha256.mini.fp32);
});

test('several at once, from nothing and over a damaged one, all get a whole model and leave nothing behind', async () => {
  for (const damage of [() => rmSync(folder, { recursive: true }), () => truncateSync(join(folder, 'model.onnx'), 1)]) {
    damage();
    const models = await Promise.all([ensureModel(mini, cache), ensureModel(mini, cache), ensureModel(mini, cache)]);
    assert.deepEqual(new Set(models.map((model) => model.info.sha256)), new Set([mgeoShapeSha256.mini.fp32]));
    assert.equal(await hashFile(join(folder, 'model.onnx')), mgeoShapeSha256.mini.fp32);
    assert.deepEqual(leftovers(), []);
  }
});

interface Told {
  sha256?: string;
  lines?: string[];
  error?: string;
}

interface Asker {
  kill(): Promise<void>;
  /** Asks for the model and reads what it got. */
  ask(): Promise<Told>;
}

const startAsker = async (): Promise<Asker> => {
  const program = fileURLToPath(new URL('./ensure-model-process.js', import.meta.url));
  const child = spawn(process.execPath, [program, cache], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  await answers.next();
  return {
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
    ask: async () => {
      child.stdin.write('\n');
      const answer = await answers.next();
      return answer.done === true ? { error: 'it ended' } : (JSON.parse(answer.value) as Told);
    },
  };
};

test('several processes at once, whatever is wrong: one makes it, all get a whole one that nobody takes away', { timeout: 120_000 }, async (context) => {
  const damages: [string, () => void][] = [
    ['absent', () => rmSync(folder, { recursive: true })],
    ['model.onnx cut short', () => truncateSync(join(folder, 'model.onnx'), 1)],
    ['another card', () => writeFileSync(join(folder, 'model.json'), '{}')],
    ['a file missing', () => rmSync(join(folder, 'vocab.txt'))],
    ['a folder where a file belongs', () => {
      rmSync(join(folder, 'vocab.txt'));
      mkdirSync(join(folder, 'vocab.txt', 'within'), { recursive: true });
    }],
    ['a file where the folder belongs', () => {
      rmSync(folder, { recursive: true });
      writeFileSync(folder, 'not a folder');
    }],
  ];
  const askers = await Promise.all(Array.from({ length: 4 }, startAsker));
  context.after(() => Promise.all(askers.map((asker) => asker.kill())));
  for (const [damage, spoil] of damages) {
    spoil();
    const told = await Promise.all(askers.map((asker) => asker.ask()));
    for (const { sha256, error } of told) assert.equal(error ?? sha256, mgeoShapeSha256.mini.fp32, damage);
    const makers = told.flatMap(({ lines = [] }) => lines).filter((line) => line.includes('made again') || line.includes('first time'));
    assert.equal(makers.length, 1, `${damage}: ${makers.join('; ')}`);
    assert.deepEqual(leftovers(), [], damage);
  }
});

test('a maker that was killed half way is succeeded, and what it left goes', { timeout: 60_000 }, async () => {
  rmSync(folder, { recursive: true });
  const maker = await startAsker();
  const asked = maker.ask();
  const halfWay = (): boolean => leftovers().some((name) => name.includes('.new-'));
  while (!halfWay()) await wait(1);
  await maker.kill();
  assert.deepEqual(await asked, { error: 'it ended' });
  assert.ok(existsSync(`${folder}.lock`) && halfWay() && !existsSync(folder), 'it was not killed half way');
  const lines: string[] = [];
  const models = await Promise.all([ensureModel(mini, cache, (line) => lines.push(line)), ensureModel(mini, cache, (line) => lines.push(line))]);
  for (const model of models) assert.equal(await hashFile(model.modelPath), mgeoShapeSha256.mini.fp32);
  assert.equal(lines.filter((line) => line.includes('first time')).length, 1);
  assert.deepEqual(leftovers(), []);
});

test('a cache that cannot be written is one sentence and a hint', async () => {
  const file = join(cache, 'a-file');
  writeFileSync(file, '');
  // Below /proc Node's own way of making folders never ends.
  for (const place of [file, join(file, 'below'), ...(existsSync('/proc/self') ? ['/proc/no-such', '/proc/no/such'] : [])]) {
    await assert.rejects(ensureModel(mini, place), (error: unknown) => error instanceof InferenceError && error.message.includes(`cannot be made in ${place}`) && /--cache-dir/.test(error.hint ?? ''), place);
  }
});

test('half-written folders of dead processes go after an hour, not before', async () => {
  const [old, recent] = [`${folder}.new-aaaa`, `${folder}.new-bbbb`];
  for (const path of [old, recent]) mkdirSync(path);
  const twoHoursAgo = Date.now() / 1000 - 7200;
  utimesSync(old, twoHoursAgo, twoHoursAgo);
  const kept = mkdtempSync(join(tmpdir(), 'ensure-model-kept-'));
  cpSync(folder, kept, { recursive: true });
  rmSync(folder, { recursive: true });
  await ensureModel(mini, cache);
  assert.ok(!existsSync(old));
  assert.ok(existsSync(recent));
  rmSync(recent, { recursive: true });
  rmSync(kept, { recursive: true });
});
