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
  output: string;
}

const runUnits = (): Promise<Ran> =>
  new Promise((resolve) => {
    const env = { ...process.env, PYTHONPATH: serverFolder, ORACLE: writeOracle(), REFERENCE: join(packageRoot(), 'servers/reference'), PYTHONDONTWRITEBYTECODE: '1' };
    const child = spawn(torchPython ?? 'python3', ['-W', 'error::RuntimeWarning', '-m', 'unittest', 'discover', '-v', '-s', join(packageRoot(), 'tests/servers/torch/units')], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('error', (error) => resolve({ code: null, output: error.message }));
    child.once('close', (code) => resolve({ code, output }));
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
  const { code, output } = await runUnits();
  const told = [...output.matchAll(/^(test_\w+) \(([\w.]+)\) \.\.\. (ok|FAIL|ERROR|skipped.*)$/gm)];
  assert.ok(told.length > 20, output);
  for (const [, name, place, result] of told) await t.test(`${String(place)}.${String(name)}`, () => assert.equal(result, 'ok', output));
  assert.equal(code, 0, output);
});
