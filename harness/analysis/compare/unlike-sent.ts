/**
 * Were two arms really sent like texts? Of the stage of each, from what the record counted (StageResult.sent).
 *
 *   lengths    D = sup |F₁ − F₂| of the distributions of tokens an address (Smirnov 1948); unlike where D > 5 % and D > c·√((n₁ + n₂)/(n₁·n₂)),
 *              c = √(−ln(α/2)/2) the point that chance passes with probability α (Smirnov 1948; Hollander & Wolfe 1999, §5.4): 1 % over all pairs
 *              together (Bonferroni 1936), 1.63 for one
 *   repeats    share of requests whose text had been sent before in the window, 1 − texts/requests; unlike where they are more than 5 points apart
 *
 * Closed users send as much as the server answers, so a quicker arm goes farther through the same order: that moves neither, until the order begins anew and
 * one arm meets texts again that the other never came to. A cache makes of that a difference between the arms which the servers do not have.
 * Assumes independent texts (neighbours in the order are). Silent where either record has no counts.
 */
import { repeatShare, totalOf, type Counts, type Sent } from '../../model/sent.js';

/** What unlikeSent names. */
export const sentFacts: readonly string[] = ['sentTokens', 'sentRepeats'];

const leastDistance = 0.05;
const leastShare = 0.05;
const chance = 0.01;

/** Names of what is unlike, of `sentFacts`. `cached`: a cache may answer for either server; `pairs`: how many pairs of runs are looked at. */
export function unlikeSent(a: Sent, b: Sent, cached: boolean, pairs = 1): string[] {
  return [
    ...(unlikeLengths(a.tokens, b.tokens, chance / pairs) ? ['sentTokens'] : []),
    ...(cached && Math.abs(repeatShare(a) - repeatShare(b)) > leastShare ? ['sentRepeats'] : []),
  ];
}

function unlikeLengths(a: Counts, b: Counts, alpha: number): boolean {
  const [n1, n2] = [totalOf(a), totalOf(b)];
  if (n1 === 0 || n2 === 0) return n1 !== n2;
  const below = (counts: Counts, length: number): number => counts.reduce((sum, [value, n]) => (value <= length ? sum + n : sum), 0);
  const distance = Math.max(...[...a, ...b].map(([length]) => Math.abs(below(a, length) / n1 - below(b, length) / n2)));
  return distance > leastDistance && distance > Math.sqrt(-Math.log(alpha / 2) / 2) * Math.sqrt((n1 + n2) / (n1 * n2));
}
