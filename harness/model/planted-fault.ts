/** What a planted fault's text says of its moments: `kind[:value[:share]][@from..to]` (docs/servers.md, "Faults"). The server reads the rest. */
import { parseQuantity } from './unit.js';

export interface FaultMoments {
  kind: string;
  /** ms since the faults began; null where it waits for a number of requests. */
  fromMs: number | null;
  /** Infinity where nothing ends it. */
  toMs: number;
}

/** Null where the moments cannot be read. A slow start has none: it is a property of starting. */
export function readFaultMoments(text: string): FaultMoments | null {
  const [what = '', when] = text.trim().split('@');
  const kind = what.split(':')[0] ?? '';
  if (kind === '' || kind === 'slow-start') return null;
  const counted = kind.endsWith('-after');
  const name = counted ? kind.slice(0, -'-after'.length) : kind;
  if (when === undefined) return { kind: name, fromMs: counted ? null : 0, toMs: Infinity };
  const [from = '', to] = when.split('..');
  const [fromMs, toMs] = [durationMs(from), to === undefined ? Infinity : durationMs(to)];
  return fromMs === null || toMs === null ? null : { kind: name, fromMs: counted ? null : fromMs, toMs };
}

function durationMs(text: string): number | null {
  const read = parseQuantity(text.trim(), 'duration');
  return 'value' in read ? read.value : null;
}
