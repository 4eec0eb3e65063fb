import { readPairs } from './tables.js';

/** From the rows of traditional.tsv: characters one by one, except in names that stand there whole (台州 keeps 台). */
export function readTraditional(table: string): (text: string) => string {
  const rows = new Map(readPairs(table));
  return (text) => {
    const whole = rows.get(text);
    if (whole !== undefined) return whole;
    let converted = '';
    for (const character of text) converted += rows.get(character) ?? character;
    return converted;
  };
}
