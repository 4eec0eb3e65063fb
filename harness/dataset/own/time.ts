/** Seconds, milliseconds, microseconds or nanoseconds since 1970, by the number of digits before the point. */
const sinceEpoch = /^\d{9,19}(?:\.\d+)?$/;
/** 2026-11-26, 2026/11/26 08:30, 2026-11-26T08:30:00.250+08:00 */
const dated = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * A moment of a log as milliseconds since 1970, or null. A date without a zone is read as UTC: gaps between moments are what counts,
 * and one zone for all of them keeps those right.
 */
export function readTime(text: string): number | null {
  const cell = text.trim();
  if (sinceEpoch.test(cell)) {
    const digits = cell.split('.')[0]?.length ?? 0;
    return Number(cell) * (digits <= 11 ? 1000 : digits <= 14 ? 1 : digits <= 17 ? 1e-3 : 1e-6);
  }
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0', zone = 'Z'] = dated.exec(cell) ?? [];
  if (year === undefined) return null;
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number) as [number, number, number, number, number, number];
  const utcMs = Date.UTC(y, mo - 1, d, h, mi, s);
  const made = new Date(utcMs);
  if (made.getUTCMonth() !== mo - 1 || made.getUTCDate() !== d || h > 23 || mi > 59 || s > 60) return null;
  const [sign, zoneHours = 0, zoneMinutes = 0] = zone === 'Z' ? [0] : [zone.startsWith('-') ? -1 : 1, Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  return utcMs + Number(`0.${fraction}`) * 1000 - sign * (zoneHours * 60 + zoneMinutes) * 60_000;
}
