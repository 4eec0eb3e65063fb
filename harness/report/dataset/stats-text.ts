/** What a dataset is like, on a terminal: a line a class, then lengths, repeats and operators. */
import type { DatasetFigures, LengthFigures } from '../../model/dataset-figures.js';
import { aligned } from '../aligned.js';
import { count, dash, percent, plain } from '../number.js';
import { textOf, type Text } from '../text/index.js';
import type { Language } from '../report-input.js';

/** Lines of plain text, the last without an end. */
export function datasetText(figures: DatasetFigures, language: Language): string {
  const text = textOf(language);
  const { dataset: words, colon } = text;
  const share = (n: number): string => alignedShare(n, figures.pairs);
  const facts: [string, string][] = figures.addresses === 0 ? [] : [
    [words.perAddress(words.characters), lengthText(figures.characters, text)],
    [words.perAddress(words.tokens), lengthText(figures.tokens, text)],
    [words.seenBefore, percent(figures.seenShare)],
    [words.repeated, percent(figures.repeatShare)],
    [words.pairsSeenBefore, pairsSeen(figures, text)],
    ...(figures.profile === undefined ? [] : [[words.profile, figures.profile] as [string, string]]),
    ...(figures.certifiedLowShare === null ? [] : [[words.certified, percent(figures.certifiedLowShare)] as [string, string]]),
  ];
  return [
    words.headline(count(figures.pairs), seedText(figures)),
    '',
    table([
      [words.class, words.pairs, words.share, words.hard, `${words.characters} ${words.mean}`, words.p50, words.p90, words.max, `${words.tokens} ${words.mean}`, words.p90, `${words.overlap} ${words.mean}`, words.overlapHead],
      ...figures.classes.map(({ name, pairs, hard, characters, tokens, overlap }) => [
        name, count(pairs), share(pairs), pairs === 0 || characters === null ? dash : alignedShare(hard, pairs), fixed(characters?.mean, 1), plain(characters?.p50), plain(characters?.p90), plain(characters?.max), fixed(tokens?.mean, 1), plain(tokens?.p90),
        fixed(overlap?.mean, 2), overlap === null ? dash : sparkline(overlap.bins),
      ]),
    ]),
    ...(facts.length === 0 ? [] : ['', ...facts.map(([name, value]) => `${name}${colon}${value}`)]),
    ...(figures.operators.length === 0 ? [] : ['', table([[words.operator, words.pairs, words.share], ...figures.operators.map(({ name, pairs }) => [name, count(pairs), share(pairs)])])]),
    ...(figures.kinds.length === 0 ? [] : ['', table([[words.kind, words.pairs, words.share], ...figures.kinds.map(({ name, pairs }) => [name, count(pairs), share(pairs)])])]),
  ].join('\n');
}

export const seedText = ({ seed }: DatasetFigures): string | null => (seed === null ? null : String(seed));

/** The achieved share of repeated pairs, beside the asked one where the profile asks for one. */
export const pairsSeen = ({ pairsSeenShare, askedRepeatShare }: DatasetFigures, { dataset }: Text): string =>
  askedRepeatShare === undefined ? percent(pairsSeenShare) : dataset.asked(percent(pairsSeenShare), percent(askedRepeatShare));

/** "mean 18.2, median 18, p90 27, max 61" */
export function lengthText({ mean, p50, p90, max }: LengthFigures, { dataset }: Text): string {
  return dataset.lengths(plain(mean), plain(p50), plain(p90), plain(max));
}

/** As many decimals in every row, so that a column can be read down. */
const fixed = (value: number | undefined, decimals: number): string => (value === undefined ? dash : value.toFixed(decimals));
const alignedShare = (n: number, all: number): string => `${fixed(all === 0 ? 0 : (n / all) * 100, 1)}%`;

/** Bars of eight heights; the highest is the fullest bin. */
function sparkline(bins: readonly number[]): string {
  const top = Math.max(1, ...bins);
  return bins.map((n) => (n === 0 ? '·' : '▁▂▃▄▅▆▇█'.charAt(Math.min(7, Math.floor((n / top) * 8))))).join('');
}

/** Names to the left, figures to the right. */
const table = (rows: readonly (readonly string[])[]): string => aligned(rows, [0]);
