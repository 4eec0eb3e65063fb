import { Converter } from 'opencc-js';
import { stripSuffix } from '../../harness/dataset/address/region.js';

/** Words that operators and renderers put between names. */
const otherWords = '号楼栋幢座单元层室房弄院门东西南北侧地址收货寄送电话经理师';

/**
 * Simplified → traditional (OpenCC, cn → t), for what the names need: first single characters, then names that are not the sum of their
 * characters (台州 keeps 台). Only rows in which something changes.
 */
export function deriveTraditional(names: Iterable<string>): [simplified: string, traditional: string][] {
  const convert = Converter({ from: 'cn', to: 't' });
  const all = new Set<string>();
  for (const name of names) all.add(name).add(stripSuffix(name));
  const characters = new Map<string, string>();
  for (const character of [...all, otherWords].join('')) if (!characters.has(character)) characters.set(character, convert(character));
  const sumOf = (name: string): string => [...name].map((character) => characters.get(character) ?? character).join('');
  const order = (a: readonly [string, string], b: readonly [string, string]): number => (a[0] < b[0] ? -1 : 1);
  const single = [...characters].filter(([from, to]) => from !== to).sort(order);
  const whole = [...all].map((name): [string, string] => [name, convert(name)]).filter(([name, to]) => [...name].length > 1 && to !== sumOf(name)).sort(order);
  return [...single, ...whole];
}
