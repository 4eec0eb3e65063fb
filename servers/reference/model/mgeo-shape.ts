import { createHash } from 'node:crypto';
import { copyFile, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { countParameters, encoderGraph, type EncoderShape, type WeightScale } from './encoder-graph.js';
import type { BiEncoderCard } from './model-folder.js';
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

/** sha256 of the generated model.onnx: the same on every machine. */
export const mgeoShapeSha256: Record<MgeoShapeSize, string> = {
  mini: '4e687c874621af63432b39443aea2aedfa24eaacfbd51fde0be81bb99dd9617b',
  base: '813f62e700af5cb500e36937815af9d7f24c1db50fcfa1207abb10cc036927f3',
};

/**
 * Chosen so that the mean of the token states follows the words of the address: BERT's own 0.02 everywhere gives
 * cosines of 0.97 and above for any two addresses, this one spreads them (README.md has the figures). The linear
 * layers shrink with the width, so that a layer adds about the same to its input in both sizes.
 */
const scaleFor = (hidden: number): WeightScale => ({ word: 1, position: 0.2, type: 0.02, linear: 1 / (3 * Math.sqrt(hidden)) });

/** The vocabulary every generated model is shipped with. */
export const vocabPath = (): string => join(packageRoot(), 'servers', 'reference', 'model', 'vocab', 'vocab.txt');

/** What model.json says of a generated model. */
export const mgeoShapeCard = (size: MgeoShapeSize, sha256: string): BiEncoderCard => {
  const shape = sizes[size];
  return {
    name: `mgeo-shape-${size}`,
    kind: 'bi-encoder',
    pooling: 'mean',
    maxTokens: shape.positions,
    sha256,
    origin: `generated from seed ${seed}, format ${mgeoShapeFormat}: MGeo's architecture with random weights; its cost is real, its scores mean nothing`,
    scoresMeaningful: false,
    layers: shape.layers,
    hidden: shape.hidden,
    parameters: countParameters(shape),
  };
};

/** Writes model.onnx, vocab.txt and model.json into an existing folder; returns the card. */
export const writeMgeoShape = async (size: MgeoShapeSize, folder: string): Promise<BiEncoderCard> => {
  const parts = model(encoderGraph(sizes[size], scaleFor(sizes[size].hidden), seed), { opset: 17, producer: 'mgeo-bench' });
  const hash = createHash('sha256');
  const file = await open(join(folder, 'model.onnx'), 'w');
  try {
    for (const chunk of chunksOf(parts)) {
      hash.update(chunk);
      await file.writeFile(chunk);
    }
  } finally {
    await file.close();
  }
  const card = mgeoShapeCard(size, hash.digest('hex'));
  await copyFile(vocabPath(), join(folder, 'vocab.txt'));
  await writeFile(join(folder, 'model.json'), `${JSON.stringify(card, null, 2)}\n`);
  return card;
};
