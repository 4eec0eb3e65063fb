/** What of the asked pairs goes into the record: numbers of all, words of the worst alone. */
import type { AddressPair, ProbePair } from '../model/dataset.js';
import type { GoldenAnswer, ProbeAnswer } from '../model/golden.js';
import { isRight, labelRuleOf, wrongness } from '../model/label-rule.js';
import type { Answer } from './ask.js';
import type { ProbeOptions } from './options.js';

/** How many of the worst pairs are kept with their text. */
const withText = 10;

export interface Asked<Pair> {
  pair: Pair;
  answer: Answer | null;
}

/** Score, and label where there is one. */
const said = (answer: Answer | null): Pick<GoldenAnswer, 'score' | 'label'> => ({ score: answer?.score ?? null, ...(answer === null || answer.label === null ? {} : { label: answer.label }) });

const length = (text: string): number => Array.from(text).length;

/** Golden pairs in the order of asking; text only of the ten that are most wrong, as the analysis will rank them. */
export function keepGolden(asked: readonly Asked<AddressPair>[], options: ProbeOptions): GoldenAnswer[] {
  const rows = asked.map(({ pair, answer }): GoldenAnswer => ({
    index: pair.index, ...(pair.line === undefined ? {} : { line: pair.line }), class: pair.class, operators: [...pair.operators], ...(pair.hard === true ? { hard: true } : {}), lengths: [length(pair.a), length(pair.b)],
    expected: [...pair.expected], ...said(answer),
  }));
  // Where scores mean nothing no pair is worse than another.
  if (options.server.scoresMeaningful === false) return rows;
  const rule = labelRuleOf(rows, options.request, options.server.health);
  const ranked = rows.flatMap(({ score, label, expected }, at) => (score === null || expected.length === 0 ? [] : [{ at, wrong: wrongness({ score, label, expected }, rule, options.request.scoreRange) }]))
    .sort((x, y) => y.wrong - x.wrong || x.at - y.at);
  for (const { at } of ranked.slice(0, withText)) {
    const [row, pair] = [rows[at], asked[at]?.pair];
    if (row && pair && options.mayKeepText(pair)) row.text = { a: pair.a, b: pair.b };
  }
  return rows;
}

/** Probe pairs. They are the program's own, so their text may be kept; that of those that passed says nothing more. */
export function keepProbes(asked: readonly Asked<ProbePair>[], { request, server }: ProbeOptions): ProbeAnswer[] {
  const rows = asked.map(({ pair: { id, group, expected }, answer }): ProbeAnswer => ({ id, group, expected: [...expected], ...said(answer) }));
  if (server.scoresMeaningful === false) return rows;
  const rule = labelRuleOf(rows, request, server.health);
  return rows.map((row, i) => {
    const [score, pair] = [row.score, asked[i]?.pair];
    return pair === undefined || (score !== null && isRight({ ...row, score }, rule)) ? row : { ...row, text: { a: pair.a, b: pair.b } };
  });
}
