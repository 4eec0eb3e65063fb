import { createHash } from 'node:crypto';
import { copyFile, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { countParameters, encoderGraph, type EncoderShape, type WeightScale } from './encoder-graph.js';
import { weightsFile, type BiEncoderCard } from './model-folder.js';
import type { Precision } from '../inference/types.js';
import { chunksOf, model } from './onnx.js';
import { packageRoot } from './package-root.js';

/** `base` has the shape of MGeo's text encoder (BERT base); `mini` costs a fortieth of it. */
export type MgeoShapeSize = 'mini' | 'base';

/** Raised whenever the bytes of a generated model change, so that an old cache is left alone. */
export const mgeoShapeFormat = 1;

const seed = 20_240_607;

const sizes: Record<MgeoShapeSize, EncoderShape> = {
  mini: { layers: 4, hidden: 256, heads: 4, feedForward: 1024, vocabSize: 21_128, positions: 512 },
  base: { layers: 12, hidden: 768, heads: 12, feedForward: 3072, vocabSize: 21_128, positions: 512 },
};

/** sha256 of the generated graphs: the same on every machine. */
export const mgeoShapeSha256: Record<MgeoShapeSize, Record<Precision, string>> = {
  mini: {
    fp32: '4e687c874621af63432b39443aea2aedfa24eaacfbd51fde0be81bb99dd9617b',
    fp16: '8bb60bad711c10a88e63802f20c1198f04e4e14d8004d8d43af9dc8c81c30d34',
    int8: '54f5e233019965291cc1f4a90cd448e7474a947877dbd7f59a08bb653227e030',
  },
  base: {
    fp32: '813f62e700af5cb500e36937815af9d7f24c1db50fcfa1207abb10cc036927f3',
    fp16: 'ae3c6a92ca19d3951bfc3c3ad9c19c70eb246f8a729dd6280850ac0b7da9f981',
    int8: '088e784255b7ef4415cf788d1dfc01d52558ebfeeaaad7b851ab271a3038f213',
  },
};

/**
 * Chosen so that the mean of the token states follows the words of the address: BERT's own 0.02 everywhere gives
 * cosines of 0.97 and above for any two addresses, this one spreads them (README.md has the figures). The linear
 * layers shrink with the width, so that a layer adds about the same to its input in both sizes.
 */
const scaleFor = (hidden: number): WeightScale => ({ word: 1, position: 0.2, type: 0.02, linear: 1 / (3 * Math.sqrt(hidden)) });

/** The vocabulary every generated model is shipped with. */
export const vocabPath = (): string => join(packageRoot(), 'servers', 'reference', 'model', 'vocab', 'vocab.txt');

/** What model.json says of a generated model, whose weights of one precision lie beside it. */
export const mgeoShapeCard = (size: MgeoShapeSize, precision: Precision, hash: string): BiEncoderCard => {
  const shape = sizes[size];
  return {
    name: `mgeo-shape-${size}`,
    kind: 'bi-encoder',
    pooling: 'mean',
    maxTokens: shape.positions,
    // That of the weights in float32 stands there always: they are what the others were made from.
    sha256: precision === 'fp32' ? hash : mgeoShapeSha256[size].fp32,
    ...(precision === 'fp16' ? { fp16Sha256: hash } : {}),
    ...(precision === 'int8' ? { int8Sha256: hash } : {}),
    origin: `generated from seed ${seed}, format ${mgeoShapeFormat}: MGeo's architecture with random weights; its cost is real, its scores mean nothing`,
    scoresMeaningful: false,
    layers: shape.layers,
    hidden: shape.hidden,
    parameters: countParameters(shape),
  };
};

/** Writes the graph in a precision, vocab.txt and model.json into an existing folder; returns the graph's sha256. */
export const writeMgeoShape = async (size: MgeoShapeSize, precision: Precision, folder: string): Promise<string> => {
  const parts = model(encoderGraph(sizes[size], scaleFor(sizes[size].hidden), seed, precision), { opset: 17, producer: 'mgeo-bench' });
  const hash = createHash('sha256');
  const file = await open(join(folder, weightsFile[precision]), 'w');
  try {
    for (const chunk of chunksOf(parts)) {
      hash.update(chunk);
      await file.writeFile(chunk);
    }
  } finally {
    await file.close();
  }
  const sha256 = hash.digest('hex');
  const card = mgeoShapeCard(size, precision, sha256);
  await copyFile(vocabPath(), join(folder, 'vocab.txt'));
  await writeFile(join(folder, 'model.json'), `${JSON.stringify(card, null, 2)}\n`);
  return sha256;
};
