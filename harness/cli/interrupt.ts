import { BenchError } from '../model/error.js';

/** The first signal ends what goes on, a later one everything at once. */
export interface Interrupt {
  signal: AbortSignal;
  came(code: 'interrupted' | 'terminated', sentence: string): void;
}

/**
 * One Ctrl-C may come twice: the terminal sends it to every program in front, and npm passes it on to the one that it started. What comes within this
 * is the same one, ms.
 */
const sameMs = 1000;

/** `kept`: what becomes of what was made so far, as the hint of the failure; `atOnce`: a later signal came. */
export function createInterrupt({ nowMs, kept, atOnce }: { nowMs: () => number; kept: () => string; atOnce: (code: 'interrupted' | 'terminated') => void }): Interrupt {
  const controller = new AbortController();
  let firstMs = NaN;
  return {
    signal: controller.signal,
    came: (code, sentence) => {
      if (controller.signal.aborted) {
        if (nowMs() - firstMs > sameMs) atOnce(code);
        return;
      }
      firstMs = nowMs();
      controller.abort(new BenchError(code, sentence, { hint: kept() }));
    },
  };
}
