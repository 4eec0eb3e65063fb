/**
 * How much two texts have in common without any sense: Jaccard index of their sets of character bigrams, 0 to 1
 * (Jaccard 1912; the measure that a matcher of no understanding reaches). Texts of less than two characters count as one bigram.
 */
export function bigramOverlap(a: string, b: string): number {
  const first = bigramsOf(a);
  const second = bigramsOf(b);
  let common = 0;
  for (const bigram of second) if (first.has(bigram)) common += 1;
  return common / (first.size + second.size - common);
}

function bigramsOf(text: string): Set<number> {
  const bigrams = new Set<number>();
  if (text.length < 2) bigrams.add(text.length === 0 ? -1 : text.charCodeAt(0));
  for (let i = 1; i < text.length; i += 1) bigrams.add(text.charCodeAt(i - 1) * 65536 + text.charCodeAt(i));
  return bigrams;
}
