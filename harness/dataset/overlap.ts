/**
 * How much two texts have in common without any sense: Jaccard index of their sets of character bigrams, 0 to 1
 * (Jaccard 1912; the measure that a matcher of no understanding reaches). Texts of less than two characters count as one bigram.
 */
export function bigramOverlap(a: string, b: string): number {
  if (a.length === 0 || b.length === 0) return a === b ? 1 : 0;
  if (a.length + b.length > mostInTable) return overlapOfSets(a, b);
  if (stamp > 0xffff_fff0) {
    marks.fill(0);
    stamp = 0;
  }
  const inFirst = stamp + 1;
  const inBoth = stamp + 2;
  const inSecond = stamp + 3;
  stamp = inSecond;
  let first = 0;
  let common = 0;
  let others = 0;
  for (let i = Math.min(1, a.length - 1); i < a.length; i += 1) {
    const slot = slotOf(bigramAt(a, i), inFirst);
    if ((marks[slot] ?? 0) < inFirst) {
      marks[slot] = inFirst;
      first += 1;
    }
  }
  for (let i = Math.min(1, b.length - 1); i < b.length; i += 1) {
    const slot = slotOf(bigramAt(b, i), inFirst);
    const mark = marks[slot] ?? 0;
    if (mark === inFirst) {
      marks[slot] = inBoth;
      common += 1;
    } else if (mark < inFirst) {
      marks[slot] = inSecond;
      others += 1;
    }
  }
  return common / (first + others);
}

/** An open table that is never emptied: a slot counts only while its mark is of the current comparison. Sets would cost ten times as much. */
const slots = 1 << 10;
const mostInTable = slots / 2;
const keys = new Uint32Array(slots);
const marks = new Uint32Array(slots);
let stamp = 0;

/** The slot of this bigram, or the empty one that is to hold it. */
function slotOf(bigram: number, since: number): number {
  let slot = Math.imul(bigram ^ (bigram / 65536), 0x9e3779b1) >>> 22;
  while ((marks[slot] ?? 0) >= since && keys[slot] !== bigram) slot = (slot + 1) & (slots - 1);
  keys[slot] = bigram;
  return slot;
}

/** Of two characters a number; a single character as itself. */
function bigramAt(text: string, i: number): number {
  return (i === 0 ? 0 : text.charCodeAt(i - 1) * 65536) + text.charCodeAt(i);
}

/** The same for long texts. */
function overlapOfSets(a: string, b: string): number {
  const setOf = (text: string): Set<number> => new Set(Array.from({ length: Math.max(1, text.length - 1) }, (_, i) => bigramAt(text, text.length === 1 ? 0 : i + 1)));
  const first = setOf(a);
  const second = setOf(b);
  let common = 0;
  for (const bigram of second) if (first.has(bigram)) common += 1;
  return common / (first.size + second.size - common);
}
