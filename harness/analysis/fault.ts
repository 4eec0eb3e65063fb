/**
 * When did the fault strike, in s since the measured window opened?
 *
 * The faults of the reference server count from the moment the harness woke them (event `faults-begin`), which lies before the warm-up:
 *
 *   moment = (faults-begin + from − window opened) / 1000
 *
 * A crash is where the server was seen to end (event `server-restart`), else where it was planned. Several faults: from the first beginning to the last end.
 * Refuses (undefined) where the record does not tell: a fault that waits for a number of requests, records without the event, servers that fail by themselves
 * and do not end.
 */
import { readFaultMoments } from '../model/planted-fault.js';
import type { Outage } from '../model/outage.js';
import type { RunRecord, StageResult } from '../model/record.js';

/** The fault's own window; undefined where it is not known. */
export function findFault({ events, plan: { server } }: Pick<RunRecord, 'events' | 'plan'>, { windowFromMs, endedAtMs }: Pick<StageResult, 'windowFromMs' | 'endedAtMs'>): Outage['fault'] {
  const begun = events.findLast(({ kind, tMs }) => kind === 'faults-begin' && tMs <= windowFromMs);
  const ends = events.flatMap(({ kind, tMs }) => (kind === 'server-restart' && tMs >= windowFromMs && tMs <= endedAtMs ? [tMs] : []));
  const planned = server?.kind === 'reference' ? (server.faults ?? []).filter((text) => !text.startsWith('slow-start')) : [];
  const since = (ms: number): number => Math.round(ms - windowFromMs) / 1000;
  const crashes = ends.map((ms): Moments => [since(ms), since(ms)]);
  const moments = planned.flatMap((text): (Moments | null)[] => {
    const read = readFaultMoments(text);
    if (read?.kind === 'crash' && crashes.length > 0) return [];
    if (read === null || read.fromMs === null || begun === undefined) return [null];
    const fromS = since(begun.tMs + read.fromMs);
    return [[fromS, read.kind === 'crash' ? fromS : read.toMs === Infinity ? null : since(begun.tMs + read.toMs)]];
  });
  const known = [...moments, ...crashes].filter((one) => one !== null);
  if (known.length === 0 || moments.includes(null)) return undefined;
  const to = known.map(([, toS]) => toS);
  const isCrash = planned.every((text) => text.startsWith('crash'));
  return { kind: isCrash ? 'crash' : 'planted', fromS: Math.min(...known.map(([fromS]) => fromS)), toS: to.includes(null) ? null : Math.max(...to.map(Number)) };
}

/** From, to; null where nothing ends it. */
type Moments = [fromS: number, toS: number | null];
