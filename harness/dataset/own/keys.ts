import type { OwnOptions } from '../../model/dataset.js';
import { findColumns } from './column.js';
import { unusable } from './fail.js';

/** Which keys of JSON objects hold what. */
export interface KeyColumns {
  a: string;
  b: string;
  label: string | null;
  time: string | null;
  /** As in `Columns`. */
  timeAsked: boolean;
}

/** Finds the columns of JSON objects, which need not all have the same keys. */
export interface KeyFinder {
  /** As far as the objects up to this one tell; null while nobody can tell the addresses. */
  columnsOf(object: Readonly<Record<string, unknown>>, line: number): KeyColumns | null;
  /** No more objects. Throws dataset-unusable for columns that were never found. */
  end(): void;
}

/** So many objects may pass before a file whose addresses nobody can tell is given up. */
const mostUnsettled = 100;
/** Keys that are remembered: a file that makes up a new one in every line must not fill the memory. */
const mostKeys = 1000;

/**
 * The first objects that name them settle the two addresses; label and time may come with any later one. A number counts the keys in the order in
 * which they were first seen. Throws dataset-unusable.
 */
export function createKeyFinder(name: string, options: Pick<OwnOptions, 'columns'>): KeyFinder {
  const asked = options.columns ?? {};
  const keys: string[] = [];
  const known = new Set<string>();
  let found: KeyColumns | null = null;
  let firstLine = 0;
  let unsettled = 0;
  let failure: unknown = null;

  /** What was asked for and is there already: the rest may come. */
  const present = (wanted: string | number | false | undefined): string | number | false | undefined => {
    if (typeof wanted === 'number') return wanted <= keys.length ? wanted : undefined;
    return typeof wanted !== 'string' || known.has(wanted) ? wanted : undefined;
  };
  const settle = (line: number): KeyColumns => {
    const sides = found === null ? { a: asked.a, b: asked.b } : { a: keys.indexOf(found.a) + 1, b: keys.indexOf(found.b) + 1 };
    const later = { label: present(asked.label), time: present(asked.time) };
    const columns = findColumns(name, line, keys, { columns: { ...sides, ...later }, header: true });
    const keyOf = (place: number | null): string | null => (place === null ? null : keys[place] ?? null);
    return { a: keys[columns.a] ?? '', b: keys[columns.b] ?? '', label: keyOf(columns.label), time: keyOf(columns.time), timeAsked: asked.time !== undefined };
  };
  return {
    columnsOf(object, line) {
      const before = keys.length;
      if (before < mostKeys) for (const key of Object.keys(object)) if (!known.has(key)) {
        known.add(key);
        keys.push(key);
      }
      if (firstLine === 0) firstLine = line;
      if (keys.length > before) {
        try {
          found = settle(line);
        } catch (error) {
          failure ??= isNested(object) ? unusable(name, line, 'holds its values inside another object', 'Each line must be flat: {"a": "…", "b": "…", "label": "…"}.') : error;
        }
      }
      if (found === null && (unsettled += 1) === mostUnsettled) throw failure;
      return found;
    },
    end() {
      if (firstLine === 0) return;
      if (found === null) throw failure;
      // Names what was asked for and never came.
      findColumns(name, firstLine, keys, { ...options, header: true });
    },
  };
}

const isNested = (object: Readonly<Record<string, unknown>>): boolean => Object.values(object).some((value) => typeof value === 'object' && value !== null && !Array.isArray(value));
