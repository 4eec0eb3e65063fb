/**
 * Sentences of the harness in Chinese. What fails says so in English, wherever in the house it is; the command line finds the
 * sentence again by its fixed words, and puts what stood between them into the Chinese one.
 */
import { escapePattern } from './pattern.js';
import { sentences } from './zh-CN-sentences.js';

interface Known {
  pattern: RegExp;
  /** Names of the holes, in the order of the pattern's groups. */
  holes: readonly string[];
  chinese: string;
  /** Fixed characters: of two patterns that fit, the one that says more is meant. */
  fixed: number;
}

const hole = /\{(\w+)\}/g;
let known: Known[] | undefined;

function compile([english, chinese]: readonly [string, string]): Known {
  const pieces = english.split(hole);
  const fixed = pieces.filter((_, i) => i % 2 === 0);
  return {
    pattern: new RegExp(`^${fixed.map(escapePattern).join('([^]*?)')}$`),
    holes: pieces.filter((_, i) => i % 2 === 1),
    chinese,
    fixed: fixed.join('').length,
  };
}

/** The sentence in Chinese; as it is where the catalogue does not know it: a true sentence in English is better than a vague one in Chinese. */
export function inChinese(sentence: string): string {
  known ??= sentences.map(compile).sort((x, y) => y.fixed - x.fixed);
  for (const { pattern, holes, chinese } of known) {
    const found = pattern.exec(sentence);
    if (found === null) continue;
    const values = new Map(holes.map((name, i) => [name, found[i + 1] ?? '']));
    return chinese.replace(hole, (whole, name: string) => values.get(name) ?? whole);
  }
  return sentence;
}
