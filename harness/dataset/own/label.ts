import { matchLabels, ownLabels, type MatchLabel, type OwnClass, type OwnLabel } from '../../model/dataset.js';

/** Words for labels, as people and data sets write them; compared without case, spaces, `_` and `-`. */
const words: Readonly<Record<OwnLabel, readonly string[]>> = {
  exact: ['exact', 'exactmatch', '完全匹配', '精确匹配', '完全一致'],
  partial: ['partial', 'partialmatch', '部分匹配', '部分一致', '部分相同'],
  not: ['not', 'notmatch', 'nomatch', '不匹配', '不相关', '无关'],
  same: ['1', '1.0', 'true', 't', 'yes', 'y', 'same', 'match', 'matched', '同', '相同', '同一', '一致', '匹配', '是', '真'],
  different: ['0', '0.0', 'false', 'f', 'no', 'n', 'different', 'unmatched', '不同', '不相同', '不一致', '非同一', '否', '假'],
};

/** Labels a sound three-label model may give. Who says "different" does not say whether the places overlap. */
const expectedOf: Readonly<Record<OwnLabel, readonly MatchLabel[]>> = { exact: ['exact'], partial: ['partial'], not: ['not'], same: ['exact'], different: ['partial', 'not'] };

const plain = (word: string): string => word.trim().toLowerCase().replaceAll(/[\s_-]/g, '');
const known: ReadonlyMap<string, OwnLabel> = new Map(ownLabels.flatMap((label) => words[label].map((word) => [word, label] as const)));

/** What a label means for its pair. */
export interface Labelled {
  expected: readonly MatchLabel[];
  class: OwnClass;
}

/** Reads the labels of a column. */
export interface LabelReader {
  /** null for a word that is no label. Several labels of one pair are joined by `|`: each of them is right. */
  read(cell: string): Labelled | null;
}

/** A pair whose label is not known: asked like any other, never judged. */
export const unlabelled: Labelled = { expected: [], class: 'unlabelled' };

/** `own` names words of the user's own and wins over what is known. */
export function createLabelReader(own: Readonly<Record<string, OwnLabel>> = {}): LabelReader {
  const table = new Map([...known, ...Object.entries(own).map(([word, label]) => [plain(word), label] as const)]);
  const seen = new Map<string, Labelled | null>();
  const look = (cell: string): Labelled | null => {
    if (cell.trim() === '') return unlabelled;
    const labels = cell.split('|').map((word) => table.get(plain(word)));
    const sound = labels.filter((label) => label !== undefined);
    if (sound.length < labels.length) return null;
    return { expected: matchLabels.filter((label) => sound.some((each) => expectedOf[each].includes(label))), class: classOf(sound) };
  };
  return {
    read(cell) {
      const before = seen.get(cell);
      if (before !== undefined) return before;
      const found = look(cell);
      // A column that holds anything must not fill the memory.
      if (seen.size < 1000) seen.set(cell, found);
      return found;
    },
  };
}

/** Whether a cell says a label that is known. */
export const isLabel = (cell: string): boolean => known.has(plain(cell));

/** `high`: the same place, `low`: another one, `boundary`: they overlap, or the labels leave it open. */
function classOf(labels: readonly OwnLabel[]): OwnClass {
  const has = (...some: OwnLabel[]): boolean => labels.some((label) => some.includes(label));
  if (has('exact', 'same')) return has('not', 'different') ? 'boundary' : 'high';
  return has('partial') ? 'boundary' : 'low';
}
