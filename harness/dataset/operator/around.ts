import type { Random } from '../../model/random.js';
import { createPart, withParts, type Part, type Writing } from '../address/writing.js';
import type { Lexicon } from '../lexicon/lexicon.js';
import type { DigitUse, Operator } from './operator.js';

/** Operators that put something before or after the address: labels, notes, people, telephone numbers. */

function around(name: string, digits: DigitUse, write: (random: Random, lexicon: Lexicon) => { before?: string; after?: string }): Operator {
  return {
    name,
    stage: 'around',
    digits,
    apply: (writing, random, lexicon) => {
      const { before, after } = write(random, lexicon);
      return surround(writing, before, after);
    },
  };
}

function surround(writing: Writing, before: string | undefined, after: string | undefined): Writing {
  const parts: Part[] = before === undefined ? [] : [createPart('mark', before)];
  for (const part of writing.parts) parts.push(part);
  if (after !== undefined) parts.push(createPart('mark', after));
  return withParts(writing, parts);
}

/** 收货地址：… */
export const label = around('label', 'keep', (random, { words }) => ({ before: random.pick(words.labels) }));

/** …(放门口) */
export const note = around('note', 'keep', (random, { words }) => ({ after: random.pick(words.notes) }));

/** …王女士收 */
export const person = around('person', 'keep', (random, { words }) => ({
  after: `${random.pick(['', ' ', '，', ' '])}${random.pick(words.surnames)}${random.pick(words.titles)}`,
}));

/** …138****8888: masked, or a number that everybody sees to be nobody's. */
export const phone = around('phone', 'add', (random, { words }) => ({
  after: `${random.pick([' ', '，', ' 电话', '，电话:', ' 联系电话：', ' tel:'])}${random.pick(words.phones)}`,
}));

/** 📍… */
export const emoji = around('emoji', 'keep', (random, { words }) =>
  random.chance(0.5) ? { before: random.pick(words.emoji) } : { after: random.pick(words.emoji) });

/** …。。。 */
export const trailingMarks = around('trailing-marks', 'keep', (random) => ({ after: random.pick(['。', '。。。', '！', '!!', '，', '～', '…', '.']) }));

/** 中国北京市… */
export const country: Operator = {
  name: 'country',
  stage: 'layout',
  digits: 'keep',
  apply: (writing) => {
    const first = writing.parts[0]?.kind;
    return first === 'province' || first === 'city' ? surround(writing, '中国', undefined) : undefined;
  },
};
