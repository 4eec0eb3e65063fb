import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDataset, loadLexicon, type Dataset } from '../../harness/dataset/index.js';
import type { Address, DatasetPlan, PairClass } from '../../harness/model/dataset.js';
import type { Part, Wording, Writing } from '../../harness/dataset/address/writing.js';
import { fieldSet, writePlace, writtenOrder } from '../../harness/dataset/address/render.js';

/** The source tree: tables are read from there, wherever the compiled test stands. */
export const packageRoot = ((): string => {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    try {
      readFileSync(join(folder, 'package.json'));
      return folder;
    } catch {
      folder = dirname(folder);
    }
  }
})();

export const files = { readText: (path: string): string => readFileSync(path, 'utf8') };
export const lexicon = loadLexicon(files, packageRoot);

export const noMix: DatasetPlan['mix'] = { high: 0, low: 0, boundary: 0, noisy: 0, abnormal: 0 };

export const datasetOf = (name: PairClass, count: number, seed = 7): Dataset => createDataset({ seed, mix: { ...noMix, [name]: count } }, lexicon);

export const plainWording: Wording = { building: '号楼', floor: '层' };
export const wholeOf = (place: Address): Writing => writePlace(place, fieldSet(writtenOrder), plainWording);
export const kindsOf = (writing: Writing): Part['kind'][] => writing.parts.map((part) => part.kind);

/** Every run of Arabic digits, whatever their width and whatever unseen stands between them, in a fixed order. */
export const digitsOf = (text: string): string[] => (text.normalize('NFKC').replaceAll(/[\p{Cf}\p{Co}\u0000\u0007\u001b\u007f]/gu, '').match(/\d+/g) ?? []).sort();
