/**
 * Latencies of answered requests by a group of their own, eight bytes each, exact. Chunks are never copied, so memory grows in steps of half a megabyte and no
 * faster than the data. For loads of bounded length.
 */
const chunkRows = 65_536;

export interface LatencyStore {
  /** `group` from 0. */
  add(latencyUs: number, group: number): void;
  /** Latencies of each group, ascending, µs; groups 0..count−1. */
  byGroup(count: number): Uint32Array[];
}

interface Chunk {
  latencies: Uint32Array;
  groups: Uint32Array;
}

export function createLatencyStore(): LatencyStore {
  const chunks: Chunk[] = [];
  let n = 0;
  const each = (visit: (latencyUs: number, group: number) => void): void => {
    for (let i = 0; i < n; i += 1) {
      const chunk = chunks[Math.floor(i / chunkRows)] as Chunk;
      visit(chunk.latencies[i % chunkRows] as number, chunk.groups[i % chunkRows] as number);
    }
  };
  return {
    add: (latencyUs, group) => {
      const at = n % chunkRows;
      if (at === 0) chunks.push({ latencies: new Uint32Array(chunkRows), groups: new Uint32Array(chunkRows) });
      const chunk = chunks[chunks.length - 1] as Chunk;
      chunk.latencies[at] = latencyUs;
      chunk.groups[at] = group;
      n += 1;
    },
    byGroup: (count) => {
      const sizes = new Uint32Array(count);
      each((_, group) => {
        if (group < count) sizes[group] = (sizes[group] as number) + 1;
      });
      const groups = Array.from(sizes, (size) => new Uint32Array(size));
      const filled = new Uint32Array(count);
      each((latencyUs, group) => {
        if (group >= count) return;
        const place = filled[group] as number;
        (groups[group] as Uint32Array)[place] = latencyUs;
        filled[group] = place + 1;
      });
      for (const group of groups) group.sort();
      return groups;
    },
  };
}
