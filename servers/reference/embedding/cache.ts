import { LRUCache } from 'lru-cache';

/** How much a cache keeps: so many results, or so many bytes of them. */
export type CacheLimit = { entries: number } | { bytes: number };

/** A limit as /health shows it: the other one is null, of no cache both are. */
export const limitOf = (limit: CacheLimit | null): { limit: number | null; limitBytes: number | null } => ({
  limit: limit !== null && 'entries' in limit ? limit.entries : null,
  limitBytes: limit !== null && 'bytes' in limit ? limit.bytes : null,
});

/** Results by what they were computed from; the least recently used go first. */
export interface ResultCache {
  get(key: string): Float32Array | undefined;
  set(key: string, row: Float32Array): void;
  entries(): number;
  /** By `bytesOf`. */
  bytes(): number;
}

/**
 * What one entry is charged, beside the numbers of its row and two bytes a character of its key: the two objects around the row, the key's head
 * and its places in the index. Measured as growth of heap and array buffers over 200,000 entries.
 */
const overheadBytes = 310;

/** Bytes of one entry. */
export const bytesOf = (row: Float32Array, key: string): number => row.byteLength + 2 * key.length + overheadBytes;

/** A cache for at most `limit`. A single result larger than it is not kept. */
export const createResultCache = (limit: CacheLimit): ResultCache => {
  const cache = new LRUCache<string, Float32Array>({
    ...('entries' in limit ? { max: limit.entries, maxSize: Number.MAX_SAFE_INTEGER } : { maxSize: limit.bytes }),
    sizeCalculation: bytesOf,
  });
  return {
    get: (key) => cache.get(key),
    set: (key, row) => {
      cache.set(key, row);
    },
    entries: () => cache.size,
    bytes: () => cache.calculatedSize,
  };
};
