import type { Computed, DropReason, Scheduler, Ticket } from '../batching/scheduler.js';
import type { EncodedText } from '../inference/types.js';
import { createResultCache, limitOf, type CacheLimit } from './cache.js';

/** Where a vector came from: the cache, a computation somebody else had asked for, or one of its own. */
export type VectorSource = 'hit' | 'shared' | 'miss' | 'off';

export interface Embedding {
  vector: Float32Array;
  source: VectorSource;
  /** Absent for a hit. */
  computed: Computed | null;
}

export type TextPair = readonly [string, string];

/** What has to be computed for a pair: each of its texts, or the pair as one. `key` says what is the same. */
export interface Part {
  key: string;
  encode: () => EncodedText;
}

/** A pair taken apart; every pair of a model has the same number of parts. */
export type TakeApart = (pair: TextPair) => readonly Part[];

/** A bi-encoder computes a vector of each text. */
export const textParts =
  (encode: (text: string) => Int32Array): TakeApart =>
  (pair) =>
    pair.map((text) => ({ key: text, encode: () => ({ ids: encode(text) }) }));

/** A cross-encoder reads both at once: what is known of (a, b) says nothing of (b, a). */
export const pairParts =
  (encode: (text: string) => Int32Array): TakeApart =>
  ([left, right]) => [
    // The length keeps ("ab", "c") and ("a", "bc") apart, whatever the texts hold.
    { key: `${left.length}:${left}${right}`, encode: () => ({ ids: encode(left), right: encode(right) }) },
  ];

/** The texts of one request on their way to vectors. */
export interface EmbeddingJob {
  /** Time spent looking up and tokenising. */
  tokenizeMs: number;
  /** When its texts were in the queue. A computation it joined may have been under way before. */
  enqueuedAtMs: number;
  /** The parts of each pair, in the order of the pairs. Rejects with the error of the first text that failed. */
  done: Promise<Embedding[][]>;
  /** Gives up: what nobody else waits for leaves the queue. */
  cancel(reason: DropReason): void;
}

export interface CacheStats {
  /** Most addresses kept; null = limited by bytes, or no cache and no single flight. */
  limit: number | null;
  /** Most bytes kept; null = limited by number, or no cache. */
  limitBytes: number | null;
  entries: number;
  /** What the entries are charged, keys and places in the index included. */
  bytes: number;
  hits: number;
  /** Texts that joined a computation under way. */
  shared: number;
  misses: number;
}

export interface EmbedderOptions {
  takeApart: TakeApart;
  scheduler: Scheduler;
  /** What to remember; null switches the cache and single flight off, so that every text is computed. */
  cache: CacheLimit | null;
  nowMs: () => number;
}

export interface Embedder {
  /** Whether it has a cache. */
  readonly remembers: boolean;
  /** Throws SchedulerError `queue-full`, in which case nothing was started. */
  start(pairs: readonly TextPair[], deadlineAtMs: number): EmbeddingJob;
  /** The results of all pairs from the cache, or null where one is missing; nothing is computed. */
  recall(pairs: readonly TextPair[]): Embedding[][] | null;
  stats(): CacheStats;
}

interface Flight {
  ticket: Ticket;
  subscribers: number;
}

/** A text of a request: either known already or to be waited for. */
type Slot =
  | { kind: 'known'; vector: Float32Array }
  | { kind: 'flight'; flight: Flight }
  | { kind: 'fresh'; fresh: Fresh; first: boolean };

interface Fresh {
  key: string;
  text: EncodedText;
  group: number;
  flight: Flight | null;
}

/** Turns texts into vectors, or pairs into logits: each distinct one once as long as the cache is on. */
export const createEmbedder = (options: EmbedderOptions): Embedder => {
  const { takeApart, scheduler, cache: limit, nowMs } = options;
  const cache = limit === null ? null : createResultCache(limit);
  const flights = new Map<string, Flight>();
  const counts = { hits: 0, shared: 0, misses: 0 };
  let groups = 0;

  const takeOff = (fresh: Fresh, deadlineAtMs: number): Flight => {
    const ticket = scheduler.enqueue(fresh.text, fresh.group, deadlineAtMs);
    const flight: Flight = { ticket, subscribers: 0 };
    fresh.flight = flight;
    if (cache !== null) {
      flights.set(fresh.key, flight);
      const land = (): void => {
        if (flights.get(fresh.key) === flight) flights.delete(fresh.key);
      };
      // An error is shared by those who wait, but not remembered: the next request tries again.
      ticket.done.then((computed) => {
        cache.set(fresh.key, computed.vector);
        land();
      }, land);
    }
    return flight;
  };

  const resolveSlots = (pairs: readonly TextPair[]): { slots: Slot[]; fresh: Fresh[] } => {
    const fresh: Fresh[] = [];
    const own = new Map<string, Fresh>();
    const slotOf = ({ key, encode }: Part, group: number): Slot => {
      const known = cache?.get(key);
      if (known !== undefined) return { kind: 'known', vector: known };
      const flight = flights.get(key);
      if (flight !== undefined) return { kind: 'flight', flight };
      const seen = own.get(key);
      if (seen !== undefined) return { kind: 'fresh', fresh: seen, first: false };
      const started: Fresh = { key, text: encode(), group, flight: null };
      fresh.push(started);
      if (cache !== null) own.set(key, started);
      return { kind: 'fresh', fresh: started, first: true };
    };
    const slots = pairs.flatMap((pair) => {
      groups += 1;
      return takeApart(pair).map((part) => slotOf(part, groups));
    });
    return { slots, fresh };
  };

  const sourceOf = (slot: Slot): VectorSource => {
    if (cache === null) return 'off';
    if (slot.kind === 'known') return 'hit';
    return slot.kind === 'fresh' && slot.first ? 'miss' : 'shared';
  };

  const count = (source: VectorSource): void => {
    if (source === 'hit') counts.hits += 1;
    else if (source === 'shared') counts.shared += 1;
    else if (source === 'miss') counts.misses += 1;
  };

  return {
    remembers: cache !== null,
    start: (pairs, deadlineAtMs) => {
      const startedMs = nowMs();
      const { slots, fresh } = resolveSlots(pairs);
      const tokenizeMs = nowMs() - startedMs;
      scheduler.admit(fresh.length);
      const enqueuedAtMs = nowMs();
      for (const one of fresh) takeOff(one, deadlineAtMs);

      const joined: Flight[] = [];
      const embeddings = slots.map((slot): Embedding | Promise<Embedding> => {
        const source = sourceOf(slot);
        count(source);
        if (slot.kind === 'known') return { vector: slot.vector, source, computed: null };
        const flight = slot.kind === 'flight' ? slot.flight : slot.fresh.flight;
        if (flight === null) throw new Error('a text was not taken off');
        flight.subscribers += 1;
        flight.ticket.extendDeadline(deadlineAtMs);
        joined.push(flight);
        return flight.ticket.done.then((computed) => ({ vector: computed.vector, source, computed }));
      });
      return {
        tokenizeMs,
        enqueuedAtMs,
        done: Promise.all(embeddings).then((all) => inPairs(all, all.length / pairs.length)),
        cancel: (reason) => {
          for (const flight of joined.splice(0)) {
            flight.subscribers -= 1;
            if (flight.subscribers === 0) flight.ticket.cancel(reason);
          }
        },
      };
    },
    recall: (pairs) => {
      const known = pairs.map((pair) => takeApart(pair).map(({ key }) => cache?.get(key)));
      if (known.some((rows) => rows.includes(undefined))) return null;
      for (const rows of known) counts.hits += rows.length;
      return known.map((rows) => rows.map((vector): Embedding => ({ vector: vector ?? new Float32Array(), source: 'hit', computed: null })));
    },
    stats: () => ({ ...limitOf(limit), entries: cache?.entries() ?? 0, bytes: cache?.bytes() ?? 0, ...counts }),
  };
};

const inPairs = (embeddings: Embedding[], parts: number): Embedding[][] =>
  Array.from({ length: embeddings.length / parts }, (_, index) => embeddings.slice(index * parts, (index + 1) * parts));
