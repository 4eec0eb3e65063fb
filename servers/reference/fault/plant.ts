import type { Clock } from '../batching/clock.js';
import { InferenceError } from '../inference/error.js';
import type { Fault, FaultKind, PlantedStatus } from './grammar.js';

/** How a request is spoilt before anything looks at it. */
export type SpoiltRequest = { kind: 'reset' } | { kind: 'status'; status: PlantedStatus };

/** What a planted fault does at the places where the server asks for it. Without faults every method does nothing. */
export interface Plant {
  /** As given, for /health and the log. */
  readonly texts: readonly string[];
  /** How much longer the model takes to load, in ms. */
  readonly startDelayMs: number;
  /** The windows and the counts of requests begin; again: they begin anew. Before it nothing strikes. */
  begin(): void;
  /** At every similarity request. */
  request(): SpoiltRequest | null;
  /** Before a batch is computed: waits, hangs or rejects with InferenceError `run-failed`. `signal` ends the wait. */
  inference(signal: AbortSignal): Promise<void>;
  /** How often each kind of fault struck. */
  counts(): Partial<Record<FaultKind, number>>;
}

export interface PlantParts {
  faults: readonly Fault[];
  clock: Clock;
  /** From 0 to 1. */
  random: () => number;
  /** Ends the process as a crash would. */
  crash: () => void;
  /** Starts so many slow clients for so many ms. */
  slowClients: (clients: number, forMs: number) => void;
}

/** The longest wait of a timer, in ms: Node takes no more than 2^31 − 1. */
const forEverMs = 2 ** 31 - 1;

/** Numbers from 0 to 1, the same in every process: a drill can be repeated (mulberry32). */
export const repeatableRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Plants faults. A drill is a drill: what strikes is counted, and nothing strikes before `begin`. */
export const plantFaults = ({ faults, clock, random, crash, slowClients }: PlantParts): Plant => {
  const counts: Partial<Record<FaultKind, number>> = {};
  const leaked: Buffer[] = [];
  const planned: (() => void)[] = [];
  let begunAtMs: number | null = null;
  let requests = 0;
  let hasCrashed = false;

  const struck = (kind: FaultKind): void => {
    counts[kind] = (counts[kind] ?? 0) + 1;
  };
  const crashOnce = (): void => {
    if (hasCrashed) return;
    hasCrashed = true;
    struck('crash');
    crash();
  };
  const isOn = ({ fromMs, toMs }: Fault): boolean => {
    if (begunAtMs === null) return false;
    const sinceMs = clock.nowMs() - begunAtMs;
    return sinceMs >= fromMs && sinceMs < toMs;
  };
  const active = <K extends FaultKind>(kind: K): Extract<Fault, { kind: K }>[] =>
    faults.length === 0 ? [] : faults.filter((fault): fault is Extract<Fault, { kind: K }> => fault.kind === kind && isOn(fault));
  const hits = (share: number): boolean => share >= 1 || random() < share;
  const wait = (delayMs: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const stop = (): void => {
        disarm();
        reject(new InferenceError('run-failed', 'the inference was given up'));
      };
      const disarm = clock.after(Math.min(delayMs, forEverMs), () => {
        signal.removeEventListener('abort', stop);
        resolve();
      });
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
    });
  const leftMs = ({ toMs }: Fault): number => toMs - (clock.nowMs() - (begunAtMs ?? 0));

  return {
    texts: faults.map(({ text }) => text),
    startDelayMs: faults.reduce((sum, fault) => (fault.kind === 'slow-start' ? sum + fault.delayMs : sum), 0),
    begin: () => {
      begunAtMs = clock.nowMs();
      requests = 0;
      for (const disarm of planned.splice(0)) disarm();
      for (const fault of faults) {
        if (fault.kind === 'crash' && fault.afterRequests === 0) planned.push(clock.after(fault.fromMs, crashOnce));
        if (fault.kind !== 'slow-client') continue;
        planned.push(clock.after(fault.fromMs, () => {
          struck('slow-client');
          slowClients(fault.clients, fault.toMs - fault.fromMs);
        }));
      }
    },
    request: () => {
      if (faults.length === 0 || begunAtMs === null) return null;
      requests += 1;
      for (const fault of active('crash')) {
        if (fault.afterRequests > 0 && requests >= fault.afterRequests) crashOnce();
      }
      for (const { bytes } of active('leak')) {
        struck('leak');
        // Written to, so that the memory is really there.
        leaked.push(Buffer.alloc(bytes, 1));
      }
      for (const { share } of active('reset')) {
        if (!hits(share)) continue;
        struck('reset');
        return { kind: 'reset' };
      }
      for (const { status, share } of active('status')) {
        if (!hits(share)) continue;
        struck('status');
        return { kind: 'status', status };
      }
      return null;
    },
    inference: async (signal) => {
      for (const { delayMs, share } of active('delay')) {
        if (!hits(share)) continue;
        struck('delay');
        await wait(delayMs, signal);
      }
      for (const fault of active('hang')) {
        if (requests < fault.afterRequests) continue;
        struck('hang');
        await wait(leftMs(fault), signal);
      }
      for (const { share } of active('error')) {
        if (!hits(share)) continue;
        struck('error');
        throw new InferenceError('run-failed', 'a planted fault made the inference fail');
      }
    },
    counts: () => counts,
  };
};

/** A server without faults. */
export const noFaults: Plant = plantFaults({
  faults: [],
  clock: { nowMs: () => 0, after: () => () => undefined },
  random: () => 1,
  crash: () => undefined,
  slowClients: () => undefined,
});
