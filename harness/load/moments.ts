/** The next of a fixed number of things that happen at moments of their own: a binary heap over (moment, number), ties by number. */
export interface Moments {
  /** Gives thing `index` its moment; Infinity = not planned. */
  set(index: number, moment: number): void;
  at(index: number): number;
  /** The thing that happens first. */
  next(): number;
}

/** A heap of `count` things, none planned yet. Setting a moment costs O(log count). */
export function createMoments(count: number): Moments {
  const moment = new Float64Array(count).fill(Infinity);
  const heap = Uint32Array.from({ length: count }, (_, i) => i);
  const place = Uint32Array.from(heap);
  const before = (a: number, b: number): boolean => {
    const [x, y] = [moment[a] as number, moment[b] as number];
    return x < y || (x === y && a < b);
  };
  const put = (slot: number, index: number): void => {
    heap[slot] = index;
    place[index] = slot;
  };
  return {
    at: (index) => moment[index] as number,
    next: () => heap[0] as number,
    set: (index, value) => {
      moment[index] = value;
      let slot = place[index] as number;
      while (slot > 0 && before(index, heap[(slot - 1) >>> 1] as number)) {
        put(slot, heap[(slot - 1) >>> 1] as number);
        slot = (slot - 1) >>> 1;
      }
      for (;;) {
        let child = 2 * slot + 1;
        if (child >= count) break;
        if (child + 1 < count && before(heap[child + 1] as number, heap[child] as number)) child += 1;
        if (!before(heap[child] as number, index)) break;
        put(slot, heap[child] as number);
        slot = child;
      }
      put(slot, index);
    },
  };
}
