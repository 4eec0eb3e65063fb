import { readTime } from '../own/time.js';

/** A moment as a number, ms, on whatever scale the file has; or null. */
export type ReadMoment = (cell: string) => number | null;

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
/** From nine digits before the point on, a plain number is since 1970: as seconds of a load it would be 30 years. */
const sinceEpoch = /^\d{9,19}(?:\.\d+)?$/;

function plain(factor: number): ReadMoment {
  return (cell) => {
    const text = cell.trim();
    const value = number.test(text) ? Number(text) * factor : NaN;
    return Number.isFinite(value) ? value : null;
  };
}

/**
 * How the moments of one file are read: plain numbers in the unit that was asked for; else, by the first cell and then for all alike, a date
 * (ISO 8601), seconds, ms, µs or ns since 1970 by the number of digits, or seconds. null where the first cell is none of these.
 */
export function chooseReading(unit: 'auto' | 's' | 'ms', first: string): ReadMoment | null {
  if (unit !== 'auto') return plain(unit === 's' ? 1000 : 1)(first) === null ? null : plain(unit === 's' ? 1000 : 1);
  if (number.test(first.trim()) && !sinceEpoch.test(first.trim())) return plain(1000);
  return readTime(first) === null ? null : readTime;
}
