/** Arrivals of a shape of their own: a spike, moments that were read from a file, and a lot of pairs that is sent once. */
import { z } from 'zod';

/** What must hold again after a spike: the `p`-th percentile of what came within `windowS` seconds is at most `limitMs`. */
export const withinSchema = z.object({
  p: z.number().gt(0).lt(100),
  limitMs: z.number().positive(),
  /** Named for the spike, or taken from the first gate on a percentile of latency. */
  from: z.enum(['scenario', 'gate']),
});
export type Within = z.infer<typeof withinSchema>;

/** A step up and down: `baseRps` for `beforeS`, `peakRps` for `duringS`, `baseRps` again for `afterS`. Latency counts from the scheduled moment. */
export const spikeArrivalSchema = z.object({
  kind: z.literal('spike'),
  baseRps: z.number().positive(),
  peakRps: z.number().positive(),
  beforeS: z.number().positive(),
  duringS: z.number().positive(),
  afterS: z.number().positive(),
  process: z.enum(['poisson', 'constant']),
  inFlight: z.number().int().min(1),
  /** null where neither the scenario nor a gate says what must hold again. */
  within: withinSchema.nullable(),
  /** Length of the windows in which recovery is looked for, s. */
  windowS: z.number().int().min(1),
});
export type SpikeArrival = z.infer<typeof spikeArrivalSchema>;

/** Moments of a file, from the first, divided by `speed`. Of the file only its name stands here, never its text. */
export const replayArrivalSchema = z.object({
  kind: z.literal('replay'),
  /** Name of the file, without its folder. */
  file: z.string(),
  /** Of the moments, hexadecimal: eight bytes each, little-endian float64 of ms since the first. */
  sha256: z.string(),
  /** Moments in the file. */
  requests: z.number().int().min(2),
  speed: z.number().positive(),
  /** Mean of the whole file at this speed, requests a second. */
  rateRps: z.number().positive(),
  inFlight: z.number().int().min(1),
});
export type ReplayArrival = z.infer<typeof replayArrivalSchema>;

/** A lot of pairs, each sent once: `requests` requests of `batch` pairs (the last may have fewer), `inFlight` of them at a time, until all are answered. Latency counts from the sending. */
export const offlineArrivalSchema = z.object({
  kind: z.literal('offline'),
  pairs: z.number().int().min(1),
  /** ⌈pairs / batch⌉. */
  requests: z.number().int().min(1),
  /** Pairs in one request; 1 = single calls, not by the batch endpoint. */
  batch: z.number().int().min(1),
  inFlight: z.number().int().min(1),
  /** What the scenario asks for in place of single calls, where the wire format has no batch endpoint; absent elsewhere. */
  askedBatch: z.number().int().min(2).optional(),
});
export type OfflineArrival = z.infer<typeof offlineArrivalSchema>;

/** Moments of a file as they are handed on. */
export interface ArrivalMoments {
  /** ms since the first, ascending; the first is 0. */
  momentsMs: Float64Array;
  sha256: string;
}

/** How the moments of a file are to be read. */
export interface ArrivalOptions {
  /** By name, or by number from 1; undefined: found by itself. */
  column?: string | number | undefined;
  format?: 'csv' | 'tsv' | 'jsonl' | undefined;
  /** Of plain numbers; `auto`: seconds, or what the digits of an epoch say. */
  unit: 'auto' | 's' | 'ms';
}
