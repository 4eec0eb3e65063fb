/** Time as the scheduler sees it; tests bring their own. */
export interface Clock {
  /** Milliseconds since an arbitrary moment, never going back. */
  nowMs(): number;
  /** Calls back once after `delayMs`; the result cancels it. */
  after(delayMs: number, action: () => void): () => void;
}

export const systemClock: Clock = {
  nowMs: () => performance.now(),
  after: (delayMs, action) => {
    const timer = setTimeout(action, delayMs);
    timer.unref();
    return () => {
      clearTimeout(timer);
    };
  },
};
