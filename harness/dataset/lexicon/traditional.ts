import { readPairs } from './tables.js';

/** From the rows of traditional.tsv: characters one by one, except in names that stand there whole (台州 keeps 台). */
export function readTraditional(table: string): (text: string) => string {
  const rows = new Map(readPairs(table));
  const characters = new Map([...rows].filter(([text]) => text.length === 1).map(([character, other]) => [character.charCodeAt(0), other]));
  return (text) => {
    const whole = rows.get(text);
    if (whole !== undefined) return whole;
    let converted = '';
    let sameFrom = 0;
    for (let i = 0; i < text.length; i += 1) {
      const other = characters.get(text.charCodeAt(i));
      if (other === undefined) continue;
      converted += text.slice(sameFrom, i) + other;
      sameFrom = i + 1;
    }
    return sameFrom === 0 ? text : converted + text.slice(sameFrom);
  };
}
