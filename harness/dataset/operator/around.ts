import type { Random } from '../../model/random.js';
import { createPart, withParts, type Part, type Writing } from '../address/writing.js';
import type { Lexicon } from '../lexicon/lexicon.js';
import { createOperator, type DigitUse, type Operator } from './operator.js';

/** Operators that put something before or after the address: labels, notes, people, telephone numbers. */

function around(name: string, digits: DigitUse, write: (random: Random, lexicon: Lexicon) => { before?: string; after?: string }): Operator {
  return createOperator({
    name,
    stage: 'around',
    digits,
    apply: (writing, random, lexicon) => {
      const { before, after } = write(random, lexicon);
      return surround(writing, before, after);
    },
  });
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

/** …张伟 收, 张伟 …: a whole name, of a list that belongs to nobody. */
export const fullName = around('full-name', 'keep', (random, { contacts }) =>
  random.chance(0.7) ? { after: `${random.pick(['', ' ', '，'])}${random.pick(contacts.people)}${random.pick(['', '收', ' 收'])}` } : { before: `${random.pick(contacts.people)} ` });

/** …(某某科技有限公司) */
export const company = around('company', 'keep', (random, { contacts }) => ({ after: `${random.pick([' ', '，', '-'])}${random.pick(contacts.companies)}` }));

/** 000000 …: what people put where a form demands a postcode. */
export const postcode = around('postcode', 'add', (random) => (random.chance(0.5) ? { before: random.pick(['000000 ', '邮编000000 ']) } : { after: random.pick([' 000000', '，邮编000000', '(邮编:000000)']) }));

/** <b>…</b> */
export const markup = around('markup', 'keep', (random) =>
  random.pick([{ before: '<b>', after: '</b>' }, { before: '<p>', after: '</p>' }, { after: '<br/>' }, { before: '<span>', after: '</span>' }, { before: '“', after: '”' }]));

/** …null: a field of the form that was empty. */
export const nullString = around('null-string', 'keep', (random) => ({ after: random.pick(['null', 'undefined', 'None', '无', '-', ' NULL', '（无）', 'NaN']) }));

/** …#20260101-7788 */
export const orderNumber = around('order-number', 'add', (random) => ({ after: `${random.pick([' #', ' 单号', '，订单号'])}${String(20_200_101 + random.below(28))}-${String(1000 + random.below(9000))}` }));

/** …http://example.com/a: a domain that is reserved for examples. */
export const link = around('link', 'keep', (random) => ({ after: random.pick([' http://example.com/a', ' https://example.cn', ' www.example.com']) }));

/** 中国北京市… */
export const country = createOperator({
  name: 'country',
  stage: 'layout',
  digits: 'keep',
  apply: (writing) => {
    const first = writing.parts[0]?.kind;
    return first === 'province' || first === 'city' ? surround(writing, '中国', undefined) : undefined;
  },
});
