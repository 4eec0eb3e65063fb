/**
 * What `--fault` understands: `kind[:value[:share]][@from..to]`, several separated by commas.
 *
 *   error:0.1             a tenth of the inferences fails          status:503:0.2   a fifth of the requests is answered with 503
 *   delay:50ms[:0.5]      an inference takes 50 ms longer          reset:0.1        the connection of a tenth of the requests is reset
 *   hang, hang-after:100  inferences do not end any more           leak:4KiB        every request leaves 4 KiB behind
 *   crash-after:200       the process dies at the 200th request    slow-start:5s    the model takes 5 s longer to load
 *   crash@10s             … or at a moment                         slow-client:40   so many clients send a byte at a time
 *
 * A window counts from the moment the server is ready, or is told to begin: `@5s..15s`, or `@5s` for "from then on".
 */
import { readBytes, readDurationMs, readShare } from '../quantity.js';

/** Statuses that can be planted. */
export const plantedStatuses = [500, 502, 503, 504] as const;
export type PlantedStatus = (typeof plantedStatuses)[number];

/** One planted fault. `fromMs` and `toMs` count from the moment the faults begin. */
export type Fault = { text: string; fromMs: number; toMs: number } & (
  | { kind: 'error' | 'reset'; share: number }
  | { kind: 'delay'; delayMs: number; share: number }
  | { kind: 'hang'; afterRequests: number }
  | { kind: 'crash'; afterRequests: number }
  | { kind: 'leak'; bytes: number }
  | { kind: 'slow-start'; delayMs: number }
  | { kind: 'slow-client'; clients: number }
  | { kind: 'status'; status: PlantedStatus; share: number }
);
export type FaultKind = Fault['kind'];

/** For the message of a refusal. */
export const faultForms = 'error:0.1, delay:50ms[:0.5], hang, hang-after:100, crash-after:100, crash@10s, leak:4KiB, slow-start:5s, slow-client:40, reset:0.1 or status:503:0.1, each with @5s..15s for a window';

const readAtoms = (kind: string, values: readonly string[]): WithoutWindow | null => {
  const [first = '', second] = values;
  const share = second === undefined ? 1 : readShare(second);
  if (share === null) return null;
  const only = values.length === 1;
  switch (kind) {
    case 'error':
    case 'reset': {
      const of = only ? readShare(first) : null;
      return of === null ? null : { kind, share: of };
    }
    case 'delay': {
      const delayMs = readDurationMs(first);
      return delayMs === null || values.length > 2 ? null : { kind, delayMs, share };
    }
    case 'hang':
    case 'crash':
      return values.length === 0 ? { kind, afterRequests: 0 } : null;
    case 'hang-after':
    case 'crash-after':
      return only && /^[1-9]\d{0,8}$/.test(first) ? { kind: kind === 'hang-after' ? 'hang' : 'crash', afterRequests: Number(first) } : null;
    case 'leak': {
      const bytes = only ? readBytes(first) : null;
      return bytes === null || bytes === 0 ? null : { kind, bytes };
    }
    case 'slow-start': {
      const delayMs = only ? readDurationMs(first) : null;
      return delayMs === null ? null : { kind, delayMs };
    }
    case 'slow-client':
      return only && /^[1-9]\d{0,3}$/.test(first) ? { kind, clients: Number(first) } : null;
    case 'status': {
      const status = plantedStatuses.find((known) => String(known) === first);
      return status === undefined || values.length > 2 ? null : { kind, status, share };
    }
    default:
      return null;
  }
};

type WithoutWindow = Fault extends infer One ? (One extends Fault ? Omit<One, 'text' | 'fromMs' | 'toMs'> : never) : never;

const readWindow = (text: string | undefined): { fromMs: number; toMs: number } | null => {
  if (text === undefined) return { fromMs: 0, toMs: Infinity };
  const [from = '', to, ...rest] = text.split('..');
  const fromMs = readDurationMs(from);
  const toMs = to === undefined ? Infinity : readDurationMs(to);
  return fromMs === null || toMs === null || toMs <= fromMs || rest.length > 0 ? null : { fromMs, toMs };
};

const readFault = (text: string): Fault | null => {
  const [what = '', when, ...rest] = text.split('@');
  const [kind = '', ...values] = what.split(':');
  const atoms = readAtoms(kind, values);
  const window = readWindow(when);
  if (atoms === null || window === null || rest.length > 0) return null;
  // A start has happened before any window opens; a death without a moment or a count would come before the first request.
  if (atoms.kind === 'slow-start' && when !== undefined) return null;
  if (atoms.kind === 'crash' && ((atoms.afterRequests === 0) === (when === undefined) || window.toMs !== Infinity)) return null;
  return { text, ...window, ...atoms } as Fault;
};

/** Reads a list of faults; gives the first that it does not understand in their place. */
export const readFaults = (text: string): Fault[] | { notAFault: string } => {
  const faults: Fault[] = [];
  for (const part of text.split(',').map((one) => one.trim())) {
    const fault = readFault(part);
    if (fault === null) return { notAFault: part };
    faults.push(fault);
  }
  return faults;
};
