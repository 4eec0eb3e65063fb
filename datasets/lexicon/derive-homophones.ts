import { pinyin } from 'pinyin-pro';

/**
 * Characters of place names by toneless reading, the most frequent first: what a Chinese input method offers for the same keys.
 * Only characters that stand in names of places are taken, so that a typo made from the table stays one that people make.
 * A character stands under its most usual reading; places that read otherwise are in polyphones.tsv.
 */
export function deriveHomophones(names: Iterable<string>): [reading: string, characters: string][] {
  const counts = new Map<string, number>();
  for (const name of names) for (const character of name) counts.set(character, (counts.get(character) ?? 0) + 1);
  const byFrequency = [...counts].sort(([a, na], [b, nb]) => nb - na || (a < b ? -1 : 1));
  const buckets = new Map<string, string>();
  for (const [character] of byFrequency) {
    if (!/^[\u4e00-\u9fff]$/.test(character)) continue;
    const reading = pinyin(character, { toneType: 'none', v: true });
    if (/^[a-z]+$/.test(reading)) buckets.set(reading, (buckets.get(reading) ?? '') + character);
  }
  return [...buckets].sort(([a], [b]) => (a < b ? -1 : 1));
}
