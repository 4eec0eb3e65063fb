/**
 * Numbers with units, as people write them in scenarios: "30s", "800ms", "24GiB", "0.1%".
 * Bytes are binary (KiB, MiB, GiB = 2^10, 2^20, 2^30) or decimal (KB, MB, GB); durations us, ms, s, m, h.
 */

const durationMs = { us: 0.001, ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;
const bytes = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, KB: 1e3, MB: 1e6, GB: 1e9 } as const;

/** The dimensions a number can have. A share is shown in %, a ratio (AUC, F1) as the bare number it is known by; both are 0..1. Bytes an hour are MiB/h. */
export type Dimension = 'duration' | 'bytes' | 'bytes-per-hour' | 'share' | 'ratio' | 'number';

/** Value in the dimension's canonical unit: ms, MiB, share (0..1), or the bare number. */
export type Quantity = { value: number } | { error: string };

const pattern = /^\s*(-?\d+(?:\.\d+)?)\s*([A-Za-z%]*)\s*$/;

/** Reads text such as "1.5s" in the asked dimension. The error says what was expected and gives an example. */
export function parseQuantity(text: string, dimension: Dimension): Quantity {
  if (dimension === 'bytes-per-hour') return parsePerHour(text);
  const match = pattern.exec(text);
  const expected = { duration: 'a duration such as 800ms, 30s or 5m', bytes: 'a size such as 512MiB or 24GiB', share: 'a share such as 0.1% or 0.001', ratio: 'a number from 0 to 1 such as 0.9 or 90%', number: 'a plain number' }[dimension];
  if (!match) return { error: `expected ${expected}` };
  const value = Number(match[1]);
  const unit = match[2] ?? '';
  if (dimension === 'number') return unit === '' ? { value } : { error: `expected ${expected}, without the unit "${unit}"` };
  if (dimension === 'ratio') {
    if (unit !== '' && unit !== '%') return { error: `expected ${expected}, not the unit "${unit}"` };
    const ratio = unit === '%' ? value / 100 : value;
    return ratio >= 0 && ratio <= 1 ? { value: ratio } : { error: `expected ${expected}` };
  }
  if (dimension === 'share') {
    if (unit === '%') return { value: value / 100 };
    return unit === '' ? { value } : { error: `expected ${expected}, not the unit "${unit}"` };
  }
  if (unit === '') return { error: `a unit is missing: expected ${expected}` };
  const table: Record<string, number> = dimension === 'duration' ? durationMs : bytes;
  const factor = Object.hasOwn(table, unit) ? table[unit] : undefined;
  if (factor === undefined) return { error: `unknown unit "${unit}": expected ${expected}` };
  return { value: dimension === 'bytes' ? (value * factor) / bytes.MiB : value * factor };
}

function parsePerHour(text: string): Quantity {
  const expected = 'a size an hour such as 10MiB/h';
  const size = /^(.*?)\s*\/\s*h\s*$/.exec(text)?.[1];
  const read = parseQuantity(size ?? text, 'bytes');
  if ('error' in read) return { error: read.error.replace('a size such as 512MiB or 24GiB', expected) };
  return size === undefined ? { error: `"an hour" is missing: expected ${expected}` } : read;
}

/** "1.5 s", "800 ms", "12 min": the shortest sensible form, three significant digits. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${trim(ms)} ms`;
  if (ms < 120_000) return `${trim(ms / 1000)} s`;
  return `${trim(ms / 60_000)} min`;
}

/** "512 MiB", "23.4 GiB". */
export function formatMiB(mib: number): string {
  return mib < 1024 ? `${trim(mib)} MiB` : `${trim(mib / 1024)} GiB`;
}

/** The same, in KiB where MiB would be a small fraction. */
export function formatFineMiB(mib: number): string {
  return mib < 0.1 ? formatMiB(mib * 1024).replace('MiB', 'KiB') : formatMiB(mib);
}

/** A whole number, grouped in thousands: 12,345. */
export function groupDigits(value: number | string): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A share 0..1 in percent with one decimal, as plain text says it: "12.3 %". */
export function formatShare(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** A number at three significant digits, never in exponent form, whole above 100. */
export function trim(value: number): string {
  const size = Math.abs(value);
  if (size >= 100) return String(Math.round(value));
  if (size >= 10) return String(Math.round(value * 10) / 10);
  return String(Math.round(value * 100) / 100);
}
