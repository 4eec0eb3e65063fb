import type { AddressPair } from '../model/dataset.js';
import { noTokens, type BodyTexts } from '../model/request.js';
import { createTextTable } from './text-table.js';
import type { CountTokens } from './token-count.js';

/** Takes the bodies in the order of sending and keeps numbers only: 8 bytes each, and a table of hashes. */
export interface BodyTextsBuilder {
  add(pair: AddressPair, line: string): void;
  finish(): BodyTexts;
}

/** Lengths and repeats of `count` bodies; tokens are counted once a body, before any load. */
export function createBodyTexts(count: number, countTokens: CountTokens): BodyTextsBuilder {
  const tokens = new Uint16Array(2 * count).fill(noTokens);
  const first = new Uint32Array(count);
  const seen = createTextTable();
  let body = 0;
  return {
    add: ({ abnormal, a, b }, line) => {
      const before = seen.find(line);
      first[body] = before === 0 ? body : before - 1;
      if (before === 0) seen.put(body + 1);
      // What is abnormal is a body, not two addresses.
      if (abnormal === undefined) for (const [side, text] of [a, b].entries()) tokens[2 * body + side] = Math.min(noTokens - 1, countTokens(text));
      body += 1;
    },
    finish: () => ({ tokens, first }),
  };
}
