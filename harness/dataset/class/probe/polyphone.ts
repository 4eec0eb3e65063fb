import { isDistinguishing } from '../../lexicon/characters.js';
import type { Lexicon } from '../../lexicon/lexicon.js';
import { findArea, prefixOf, tailOf } from './place.js';
import type { Probe } from './probe.js';

/**
 * A place whose characters are read otherwise than usual, and its name as dictation writes it: after the right reading (乐清 → 月清)
 * and after the naive one (乐清 → 勒清). Either way the same place is meant. Doubtful readings are left out, and so are results that
 * are names of other places.
 */
export function polyphoneProbes(lexicon: Lexicon): Probe[] {
  return lexicon.probes.polyphones.flatMap(({ place = '', reading = '', naive_wrong: naive = '', confidence }): Probe[] => {
    if (confidence !== 'high') return [];
    const area = findArea(lexicon, ({ city, district }) => [city, district ?? ''].some((name) => name.startsWith(place)));
    if (area === undefined) return [];
    const right = syllables(reading);
    const wrong = syllables(naive);
    const at = right.findIndex((syllable, i) => syllable !== wrong[i]);
    if (at < 0) return [];
    const written = prefixOf(area) + tailOf(area);
    const misheard = [right[at], wrong[at]].flatMap((syllable) => {
      const other = homophone(lexicon, place, at, syllable ?? '');
      return other === undefined ? [] : [place.slice(0, at) + other + place.slice(at + 1)];
    });
    return [...new Set(misheard)].map((name) => ({ group: 'polyphone', a: written, b: written.replaceAll(place, name), expected: ['exact'] }));
  });
}

/** Without tone marks: the tone alone never makes another syllable here. */
const syllables = (reading: string): string[] => reading.replaceAll('ü', 'v').normalize('NFD').replaceAll(/[\u0300-\u036f]/g, '').split(/[ /]/);

/** The most frequent other character of this reading that makes no known name. */
function homophone(lexicon: Lexicon, place: string, at: number, syllable: string): string | undefined {
  const candidates = [...(lexicon.probes.homophones.get(syllable) ?? '')];
  return candidates.find((other) => {
    const name = place.slice(0, at) + other + place.slice(at + 1);
    return other !== place.charAt(at) && !isDistinguishing(other) && !lexicon.names.has(name) && !lexicon.names.has(`${name}市`) && !lexicon.names.has(`${name}区`) && !lexicon.names.has(`${name}县`);
  });
}
