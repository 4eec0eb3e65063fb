import type { Random } from '../../model/random.js';
import { drawArea, drawPlace } from '../address/place.js';
import { fieldSet, writePlace } from '../address/render.js';
import { drawView, drawWording } from '../address/view.js';
import { textOf } from '../address/writing.js';
import type { Lexicon } from '../lexicon/lexicon.js';
import { abnormalKinds, type WireKeys } from './abnormal-kinds.js';
import type { PairContent } from './pair.js';

const withCity = fieldSet(['city']);

/**
 * The kinds in turn, by the pair's number among the abnormal ones, so that a dataset with as many as there are kinds has each once.
 * Texts stay empty: what is sent is the body alone.
 */
export function makeAbnormal(lexicon: Lexicon, random: Random, index: number, keys: WireKeys): PairContent {
  const kind = abnormalKinds[index % abnormalKinds.length];
  if (kind === undefined) throw new RangeError(`no abnormal kind ${index}`);
  const place = drawPlace(lexicon, random, 'door', drawArea(lexicon, random));
  const address = textOf(writePlace(place, drawView(place, random, withCity), drawWording(random)));
  return {
    class: 'abnormal',
    a: '',
    b: '',
    expected: [],
    operators: [kind.kind],
    abnormal: {
      kind: kind.kind,
      body: kind.body(keys, address),
      expect: kind.expect,
      ...(kind.fault === undefined ? {} : { field: keys[kind.fault] }),
    },
  };
}
