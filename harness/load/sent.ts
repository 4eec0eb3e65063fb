/** What was really sent: how long the texts were, and how often each came. One increment a request; the rest after the stage. */
import { noTokens, type BodySet } from '../model/request.js';
import type { Sent } from '../model/sent.js';

export interface SentCounter {
  /** A body, or a pair where a body is several, by its index. */
  add(body: number): void;
  /** Absent where nothing is known of the bodies. */
  save(): { sent?: Sent };
}

/** Counts the bodies of a window. */
export function createSentCounter({ expectations: { length: count }, texts }: BodySet): SentCounter {
  if (texts === undefined) return { add: () => undefined, save: () => ({}) };
  const sent = new Uint32Array(count);
  return {
    add: (body) => { sent[body] = (sent[body] as number) + 1; },
    save: () => {
      const tokens = new Map<number, number>();
      const byText = new Map<number, number>();
      const more = (counts: Map<number, number>, key: number, n: number): void => void counts.set(key, (counts.get(key) ?? 0) + n);
      let requests = 0;
      for (let body = 0; body < count; body += 1) {
        const n = sent[body] as number;
        if (n === 0) continue;
        requests += n;
        more(byText, texts.first[body] ?? body, n);
        for (const side of [0, 1]) {
          const length = texts.tokens[2 * body + side] ?? noTokens;
          if (length !== noTokens) more(tokens, length, n);
        }
      }
      const times = new Map<number, number>();
      for (const n of byText.values()) more(times, n, 1);
      return { sent: { requests, tokens: ascending(tokens), times: ascending(times) } };
    },
  };
}

const ascending = (counts: ReadonlyMap<number, number>): [number, number][] => [...counts].sort(([x], [y]) => x - y);
