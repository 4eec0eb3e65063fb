/** The Python tests of servers/torch, each as a test of its own; what they are compared with comes from the reference server's code. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { createAddressTokenizer } from '../../../servers/reference/model/address-tokenizer.js';
import { packageRoot } from '../../../servers/reference/model/package-root.js';
import { seededWeights } from '../../../servers/reference/model/seeded-weights.js';
import { shippedModelPath } from '../../../servers/reference/model/shipped-models.js';
import { serverFolder, torchPython, withoutTorch } from './python.js';

const folder = mkdtempSync(join(tmpdir(), 'torch-units-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** What the reference server's own code says, for the Python to agree with. */
const writeOracle = (): string => {
  const fixture = gunzipSync(readFileSync(join(packageRoot(), 'tests/fixtures/servers/reference/tokenizer-5000.jsonl.gz'))).toString('utf8').trimEnd().split('\n');
  const wordpiece = fixture.map((line) => JSON.parse(line) as [string, number[]]);
  const tokenizer = createAddressTokenizer(readFileSync(join(shippedModelPath('address-mini') ?? '', 'vocab.txt'), 'utf8'));
  const numerals = ['一百零二号', '二〇八室', '十百号', '三里屯', '千号', '两千零五弄', '九九九九九九九九九九九九九九九九九九号楼', '0088#', '１２号３＃'];
  const address = [...wordpiece.map(([text]) => text), ...numerals].map((text) => [text, Array.from(tokenizer.encode(text, 96))]);
  const weights = [['embeddings.word', 1], ['layer.3.narrow.weight', 1 / 48], ['embeddings.type', 0.02]].map(([name, std]) => {
    const [chunk] = seededWeights(String(name), 20_240_607, 1000, Number(std)).chunks();
    return { name, std, bytes: Buffer.from(chunk ?? []).toString('hex') };
  });
  const path = join(folder, 'oracle.json');
  writeFileSync(path, JSON.stringify({ wordpiece, address, weights }));
  return path;
};

interface Ran {
  code: number | null;
  tests: { name: string; error: string | null }[];
  stderr: string;
}

const runUnits = (): Promise<Ran> =>
  new Promise((resolve) => {
    const env = { ...process.env, PYTHONPATH: serverFolder, ORACLE: writeOracle(), REFERENCE: join(packageRoot(), 'servers/reference'), PYTHONDONTWRITEBYTECODE: '1' };
    const child = spawn(torchPython ?? 'python3', ['-W', 'ignore::ResourceWarning', join(packageRoot(), 'tests/servers/torch/units/run_units.py')], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', (error) => resolve({ code: null, tests: [], stderr: error.message }));
    child.once('close', (code) => resolve({ code, tests: stdout.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Ran['tests'][number]), stderr }));
  });

/** Lint of the Python; the tool comes with `sh servers/torch/install.sh dev`. */
const hasRuff = torchPython !== null && spawnSync(torchPython, ['-m', 'ruff', '--version'], { stdio: 'ignore' }).status === 0;
test('ruff finds nothing', { skip: hasRuff || process.env['CI'] === 'true' ? false : 'no ruff (sh servers/torch/install.sh dev)' }, () => {
  for (const check of [['check'], ['format', '--check']]) {
    const { status, stdout, stderr } = spawnSync(torchPython ?? 'python3', ['-m', 'ruff', ...check, '--no-cache', '--config', join(serverFolder, 'pyproject.toml'), serverFolder, join(packageRoot(), 'tests/servers/torch/units')], { encoding: 'utf8' });
    assert.equal(status, 0, stdout + stderr);
  }
});

test('units of servers/torch', { skip: withoutTorch }, async (t) => {
  const { code, tests, stderr } = await runUnits();
  for (const { name, error } of tests) await t.test(name, () => assert.equal(error, null, error ?? ''));
  assert.equal(code, 0, stderr);
  assert.ok(tests.length > 40, `${tests.length} tests ran: ${stderr}`);
});
