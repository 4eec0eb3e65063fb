import type { Clock } from '../batching/clock.js';
import { createFailureWindow, type WindowLimits } from './failure-window.js';

/** More than this share of inferences that fail, and the model is not asked any more. */
export const mostFailures = 0.05;

/** Twenty are the fewest of which one in twenty can be told. */
const windowLimits: WindowLimits = { windowMs: 2000, leastSeen: 20, oldestMs: 60_000 };

/**
 * So many probes in a row must succeed. Were `mostFailures` of the inferences still to fail, so many in a row would succeed with probability
 * (1 − 0.05)^60 = 4.6 %: with 95 % confidence fewer fail (the "rule of three": 3 / 60). With a tenth failing the chance is 0.2 %.
 */
const probesInARow = 60;
const probeEveryMs = 50;
/** After a failed probe the next one waits twice as long as before, up to this: a model that hangs is not worn out by probes. */
const longestPauseMs = 1000;

/** How it stands with the fallback, for /health. */
export interface FallbackState {
  /** False with `--fallback off`. */
  enabled: boolean;
  /** True while it answers in the place of the model. */
  active: boolean;
  /** How often it took over. */
  activations: number;
  /** Share of inferences that failed lately; null where too few were seen, and while it is active. */
  failureShare: number | null;
}

/** Decides whether the model is asked. */
export interface FallbackSwitch {
  /** An inference ended. */
  observe(failed: boolean): void;
  active(): boolean;
  /** Calls back when the fallback takes over; the result takes the call back. */
  onTakeover(action: () => void): () => void;
  state(): FallbackState;
  /** No more probes. */
  stop(): void;
}

export interface SwitchParts {
  clock: Clock;
  /** One inference; rejects when it fails. */
  probe: () => Promise<unknown>;
  /** At the first failure, so that what answers is ready when it is needed. Rejects where it cannot answer at all. */
  prepare: () => Promise<void>;
  onProbe: (failed: boolean) => void;
  /** Told of every change. */
  onChange: (active: boolean) => void;
}

/** Takes over when more than 5 % of the inferences fail, and gives back when probes have shown that fewer do. */
export const createSwitch = ({ clock, probe, prepare, onProbe, onChange }: SwitchParts): FallbackSwitch => {
  const window = createFailureWindow(windowLimits, () => clock.nowMs());
  const waiting = new Set<() => void>();
  let active = false;
  let stopped = false;
  let activations = 0;
  let prepared: Promise<boolean> | null = null;
  let disarm: () => void = () => undefined;

  const giveBack = (): void => {
    active = false;
    window.clear();
    onChange(false);
  };

  const startProbes = (): void => {
    let inARow = 0;
    let pauseMs = probeEveryMs;
    const next = async (): Promise<void> => {
      const startedMs = clock.nowMs();
      const failed = await probe().then(() => false, () => true);
      if (stopped) return;
      onProbe(failed);
      inARow = failed ? 0 : inARow + 1;
      pauseMs = failed ? Math.min(longestPauseMs, pauseMs * 2) : probeEveryMs;
      if (inARow >= probesInARow) giveBack();
      else disarm = clock.after(Math.max(1, pauseMs - (clock.nowMs() - startedMs)), () => void next());
    };
    disarm = clock.after(probeEveryMs, () => void next());
  };

  const takeOver = (): void => {
    active = true;
    activations += 1;
    onChange(true);
    const called = [...waiting];
    waiting.clear();
    for (const action of called) action();
    startProbes();
  };

  const takeOverIfTooMany = (): void => {
    const share = window.share();
    if (!active && !stopped && share !== null && share > mostFailures) takeOver();
  };

  return {
    observe: (failed) => {
      if (active || stopped) return;
      window.add(failed);
      if (!failed) return;
      prepared ??= prepare().then(() => true, () => false);
      void prepared.then((can) => {
        if (can) takeOverIfTooMany();
      });
    },
    active: () => active,
    onTakeover: (action) => {
      waiting.add(action);
      return () => {
        waiting.delete(action);
      };
    },
    state: () => ({ enabled: true, active, activations, failureShare: active ? null : window.share() }),
    stop: () => {
      stopped = true;
      disarm();
    },
  };
};

/** `--fallback off`: the model is always asked. */
export const noSwitch: FallbackSwitch = {
  observe: () => undefined,
  active: () => false,
  onTakeover: () => () => undefined,
  state: () => ({ enabled: false, active: false, activations: 0, failureShare: null }),
  stop: () => undefined,
};
