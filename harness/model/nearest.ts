import { distance } from 'fastest-levenshtein';

/**
 * The known word a person most likely meant, or undefined when none is near: at most a third of the letters differ (at least one
 * may), the letters are the same in another order, or one word begins the other.
 */
export function nearestWord(word: string, known: Iterable<string>): string | undefined {
  const asked = word.toLowerCase();
  let best: { word: string; steps: number } | undefined;
  for (const candidate of known) {
    const plain = candidate.toLowerCase();
    const begins = asked.length >= 2 && (plain.startsWith(asked) || (plain.length >= 2 && asked.startsWith(plain)));
    const steps = begins || letters(asked) === letters(plain) ? Math.min(1, distance(asked, plain)) : distance(asked, plain);
    const allowed = Math.max(1, Math.floor(Math.max(asked.length, plain.length) / 3));
    if (steps <= allowed && (best === undefined || steps < best.steps)) best = { word: candidate, steps };
  }
  return best?.word;
}

const letters = (word: string): string => [...word].sort().join('');
