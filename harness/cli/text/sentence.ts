/**
 * Sentences of the harness in Chinese. What fails says so in English, wherever in the house it is; the command line finds the
 * sentence again by its fixed words, puts what stood between them into the Chinese one, and does the same with that.
 */
import type { Language } from '../../report/index.js';
import { escapePattern } from './pattern.js';
import { findings } from './zh-CN-findings.js';
import { faults } from './zh-CN-faults.js';
import { help } from './zh-CN-help.js';
import { mistakes } from './zh-CN-mistakes.js';
import { mistakesTogether } from './zh-CN-mistakes-together.js';
import { ownData } from './zh-CN-own-data.js';
import { sentences } from './zh-CN-sentences.js';
import { ofServe } from './zh-CN-serve.js';
import { yamlFaults } from './zh-CN-yaml.js';

/** Every sentence, and every piece that is put into one. */
export const catalogue: readonly (readonly [english: string, chinese: string])[] = [...sentences, ...mistakes, ...mistakesTogether, ...yamlFaults, ...ownData, ...findings, ...faults, ...ofServe];

interface Known {
  /** Holes hold no joint between two sentences; the other one lets them hold anything. */
  narrow: RegExp;
  wide: RegExp;
  /** Names of the holes, in the order of the pattern's groups. */
  holes: readonly string[];
  /** Holes in quotes: what stands there is a word of the reader's own, whatever it means. */
  quoted: readonly boolean[];
  chinese: string;
  /** Fixed characters: of two patterns that fit, the one that says more is meant. */
  fixed: number;
}

const hole = /\{(\w+)\}/g;
/** Deeper no sentence of ours is put into another. */
const deepest = 6;
let known: Known[] | undefined;

function compile([english, chinese]: readonly [string, string]): Known {
  const pieces = english.split(hole);
  const fixed = pieces.filter((_, i) => i % 2 === 0);
  const pattern = (inside: string): RegExp => new RegExp(`^${fixed.map(escapePattern).join(inside)}$`);
  const quoted = fixed.slice(1).map((after, i) => /["'“]$/.test(fixed[i] ?? '') && /^["'”]/.test(after));
  return { narrow: pattern('((?:(?![;:] )[^])*?)'), wide: pattern('([^]*?)'), holes: pieces.filter((_, i) => i % 2 === 1), quoted, chinese, fixed: fixed.join('').length };
}

function byPattern(sentence: string, how: 'narrow' | 'wide', depth: number): string | undefined {
  known ??= catalogue.map(compile).sort((x, y) => y.fixed - x.fixed);
  for (const { [how]: pattern, holes, quoted, chinese } of known) {
    const found = pattern.exec(sentence);
    if (found === null) continue;
    const values = new Map(holes.map((name, i) => [name, quoted[i] === true ? found[i + 1] ?? '' : within(found[i + 1] ?? '', depth)]));
    return chinese.replace(hole, (whole, name: string) => values.get(name) ?? whole);
  }
  return undefined;
}

/** What stands in a hole: words of ours in Chinese, anything else as it is. */
function within(value: string, depth: number): string {
  return depth === deepest || !/[a-z]{2}/i.test(value) ? value : pieced(value, depth + 1) ?? value;
}

/** Two sentences at a joint, where both are known. */
function atJoint(sentence: string, joint: string, chinese: string, depth: number): string | undefined {
  for (let at = sentence.lastIndexOf(joint); at > 0; at = sentence.lastIndexOf(joint, at - 1)) {
    const [left, right] = [pieced(sentence.slice(0, at), depth + 1), pieced(sentence.slice(at + joint.length), depth + 1)];
    if (left !== undefined && right !== undefined) return `${left}${chinese}${right}`;
  }
  return undefined;
}

/** Put together of sentences and pieces that are all known; undefined where one is not. */
function pieced(sentence: string, depth = 0): string | undefined {
  if (sentence === '' || depth > deepest) return undefined;
  return byPattern(sentence, 'narrow', depth) ?? atJoint(sentence, '; ', '；', depth) ?? atJoint(sentence, ': ', '：', depth) ?? byList(sentence, depth) ?? withStop(sentence, depth);
}

/** The same; else a sentence of ours that holds text of somebody else, whatever that is; else a piece that stands alone, with the capital letter of a sentence. */
function translated(sentence: string): string | undefined {
  return pieced(sentence) ?? byPattern(sentence, 'wide', 0) ?? wideWithoutStop(sentence) ?? (/^[A-Z]/.test(sentence) ? pieced(`${sentence.slice(0, 1).toLowerCase()}${sentence.slice(1)}`) : undefined);
}

/** A sentence of ours that lost its stop where it became a line of a list. */
function wideWithoutStop(sentence: string): string | undefined {
  return /[.?。？]$/.test(sentence) ? undefined : byPattern(`${sentence}.`, 'wide', 0)?.replace(/。$/, '');
}

/** `machine, plan`: words that are all known. */
function byList(sentence: string, depth: number): string | undefined {
  const words = sentence.split(', ').map((word) => byPattern(word, 'narrow', depth));
  return words.length > 1 && words.every((word) => word !== undefined) ? words.join('、') : undefined;
}

/** What is put into another sentence has lost its stop, and a piece that stands alone has got one. */
function withStop(sentence: string, depth: number): string | undefined {
  if (/[^.]\.$/.test(sentence)) {
    const bare = pieced(sentence.slice(0, -1), depth + 1);
    return bare === undefined ? undefined : `${bare}。`;
  }
  return /[。?？]$/.test(sentence) ? undefined : byPattern(`${sentence}.`, 'narrow', depth)?.replace(/。$/, '');
}

/** The sentence in Chinese; as it is where the catalogue does not know it: a true sentence in English is better than a vague one in Chinese. */
export function inChinese(sentence: string): string {
  return translated(sentence) ?? sentence;
}

/** In the language that is asked for. */
export function inLanguage(sentence: string, language: Language): string {
  return language === 'en' ? sentence : inChinese(sentence);
}

/** A line that names a place before its sentence, `mine.yaml:3:8: server.url: expected …`: the place stays. */
export function lineInChinese(line: string): string {
  const after = [...line.matchAll(/: /g)].map(({ index }) => index + 2);
  // A place of a file, or an argument, is no part of the sentence, and neither is the key behind it, whatever word that is.
  const cuts = /^(?:\S+:\d+(?::\d+)?: |--)/.test(line) ? after.filter((at) => !/^[^\s:]+: /.test(line.slice(at))) : [0, ...after];
  for (const how of [(rest: string) => pieced(rest), translated]) {
    for (const at of cuts) {
      const said = how(line.slice(at));
      if (said !== undefined) return line.slice(0, at) + said;
    }
  }
  return line;
}

let knownHelp: Known[] | undefined;

/** The same for `--help`, whose words are a catalogue of their own. */
export function inHelp(text: string): string {
  knownHelp ??= help.map(compile).sort((x, y) => y.fixed - x.fixed);
  for (const { wide, holes, chinese } of knownHelp) {
    const found = wide.exec(text);
    if (found === null) continue;
    const values = new Map(holes.map((name, i) => [name, found[i + 1] ?? '']));
    return chinese.replace(hole, (whole, name: string) => values.get(name) ?? whole);
  }
  return text;
}
