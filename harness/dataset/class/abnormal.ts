import type { Random } from '../../model/random.js';
import { drawArea, drawPlace } from '../address/place.js';
import { fieldSet, writePlace } from '../address/render.js';
import { drawView, drawWording } from '../address/view.js';
import { textOf } from '../address/writing.js';
import type { Lexicon } from '../lexicon/lexicon.js';
import { abnormalKindsOf, type AbnormalKind } from './abnormal-kinds.js';
import type { PairContent } from './pair.js';
import { wireOf, type Wire, type WireKeys } from './wire.js';

const withCity = fieldSet(['city']);

const formats = new Map<string, { wire: Wire; kinds: readonly AbnormalKind[] }>();

/** A wire format is read once, not for every pair. */
function formatOf(keys: WireKeys): { wire: Wire; kinds: readonly AbnormalKind[] } {
  const id = JSON.stringify([keys.left, keys.right, keys.body]);
  const known = formats.get(id);
  if (known !== undefined) return known;
  const wire = wireOf(keys);
  const made = { wire, kinds: abnormalKindsOf(wire) };
  formats.set(id, made);
  return made;
}

/**
 * The kinds in turn, by the pair's number among the abnormal ones, so that a dataset with as many as there are kinds has each once.
 * Texts stay empty: what is sent is the body alone.
 */
export function makeAbnormal(lexicon: Lexicon, random: Random, index: number, keys: WireKeys): PairContent {
  const { wire, kinds } = formatOf(keys);
  const kind = kinds[index % kinds.length];
  if (kind === undefined) throw new RangeError(`no abnormal kind ${index}`);
  const place = drawPlace(lexicon, random, 'door', drawArea(lexicon, random));
  const address = textOf(writePlace(place, drawView(place, random, lexicon.habit, withCity), drawWording(random)));
  const body = kind.body(wire, address);
  if (body === null) throw new RangeError(`${kind.kind} has no body in this format`);
  const field = kind.fault === undefined ? '' : keys[kind.fault];
  return {
    class: 'abnormal',
    a: '',
    b: '',
    expected: [],
    operators: [kind.kind],
    abnormal: {
      kind: kind.kind,
      body,
      expect: kind.expect,
      ...(field === '' ? {} : { field }),
    },
  };
}
