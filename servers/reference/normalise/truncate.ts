const digits = /[\p{Nd}零〇一二两三四五六七八九十百千万]/u;
const latin = /[A-Za-z]/;
const opening = '([{（［｛【〔《〈「『';
const closing = ')]}）］｝】〕》〉」』';

/** Whether a cut between the two would go through a number, or a word of Latin letters. */
const isInside = (before: string | undefined, after: string | undefined): boolean =>
  before !== undefined && after !== undefined && ((digits.test(before) && digits.test(after)) || (latin.test(before) && latin.test(after)));

/** Where the outermost bracket begins that is still open at `at`; null where none is. */
const openBracketAt = (characters: readonly string[], at: number): number | null => {
  const open: number[] = [];
  for (let index = 0; index < at; index += 1) {
    const character = characters[index] ?? '';
    if (opening.includes(character)) open.push(index);
    else if (closing.includes(character)) open.pop();
  }
  return open[0] ?? null;
};

/**
 * At most `maxChars` characters (code points) of a text, from its beginning. A number that would be cut in two is left out, for half a house number
 * is another house; so is a bracket that would stay open, and a Latin word. Only a text that begins with something longer than
 * `maxChars` is cut inside it: an empty text would be no address at all.
 */
export const truncateAddress = (text: string, maxChars: number): string => {
  if (text.length <= maxChars) return text;
  const characters = Array.from(text);
  if (characters.length <= maxChars) return text;
  let end = maxChars;
  for (;;) {
    const bracket = openBracketAt(characters, end);
    if (bracket !== null) end = bracket;
    else if (isInside(characters[end - 1], characters[end])) end -= 1;
    else break;
  }
  // What is left may end in blanks, or be nothing.
  const kept = characters.slice(0, end).join('').trimEnd();
  return kept === '' ? characters.slice(0, maxChars).join('') : kept;
};
