import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BiEncoderCard } from '../../../../servers/reference/model/model-folder.js';
import { chunksOf, floatTensor, model, node, valueInfo } from '../../../../servers/reference/model/onnx.js';

export const tinyVocab = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '路', '号', '1', '2'];

/** State of token id `t`: (t + 1, t²), so that every vector can be worked out by hand. */
export const tinyState = (id: number): [number, number] => [id + 1, id * id];

/** A folder with a "model" that looks its token states up and does not pool: [batch, tokens, 2]. `rows`: of its table. */
export const writeTinyModel = (card: Partial<BiEncoderCard> = {}, vocab: readonly string[] = tinyVocab, rows = tinyVocab.length): string => {
  const path = mkdtempSync(join(tmpdir(), 'tiny-model-'));
  const table = new Float32Array(Array.from({ length: rows }, (_, id) => tinyState(id)).flat());
  const onnx = Buffer.concat([
    ...chunksOf(
      model(
        {
          name: 'lookup',
          nodes: [node('Gather', ['table', 'input_ids'], ['last_hidden_state'])],
          initializers: [floatTensor('table', [rows, 2], new Uint8Array(table.buffer))],
          inputs: [valueInfo('input_ids', 'int64', ['batch', 'tokens'])],
          outputs: [valueInfo('last_hidden_state', 'float', ['batch', 'tokens', 2])],
        },
        { opset: 17, producer: 'tests' },
      ),
    ),
  ]);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'model.onnx'), onnx);
  writeFileSync(join(path, 'vocab.txt'), `${vocab.join('\n')}\n`);
  const whole: BiEncoderCard = {
    name: 'tiny',
    kind: 'bi-encoder',
    pooling: 'mean',
    maxTokens: 16,
    sha256: createHash('sha256').update(onnx).digest('hex'),
    origin: 'written by a test',
    scoresMeaningful: false,
    layers: 1,
    hidden: 2,
    parameters: table.length,
    ...card,
  };
  writeFileSync(join(path, 'model.json'), JSON.stringify(whole));
  return path;
};
