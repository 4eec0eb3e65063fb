const bigramsOf = (text: string): Set<string> => {
  const characters = Array.from(text);
  if (characters.length < 2) return new Set(characters);
  return new Set(characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`));
};

/**
 * Square root of the Jaccard index of two texts' character bigrams, in [0, 1]: equal texts 1, nothing shared 0,
 * symmetric. The root spreads the low end: an address written differently lands near 0.7 to 0.9, a stranger below 0.4.
 */
export const bigramScore = (left: string, right: string): number => {
  const [a, b] = [bigramsOf(left), bigramsOf(right)];
  let shared = 0;
  for (const bigram of a) if (b.has(bigram)) shared += 1;
  const either = a.size + b.size - shared;
  return either === 0 ? 1 : Math.round(Math.sqrt(shared / either) * 1e6) / 1e6;
};
