/** Numbers with a unit, as people type them into flags. Each gives null for what it does not understand. */

const durationUnits: Record<string, number> = { us: 0.001, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const byteUnits: Record<string, number> = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 };

const withUnit = (text: string, units: Record<string, number>): number | null => {
  const [, number = '', unit = ''] = /^(\d{1,12}(?:\.\d{1,9})?)([A-Za-z]{1,3})$/.exec(text) ?? [];
  const factor = Object.hasOwn(units, unit) ? units[unit] : undefined;
  return factor === undefined || number === '' ? null : Number(number) * factor;
};

/** `20us`, `50ms`, `1.5s`, `2m`, `1h`: in milliseconds. A unit is required. */
export const readDurationMs = (text: string): number | null => withUnit(text, durationUnits);

/** `512B`, `4KiB`, `64MiB`, `1GiB`: in bytes, a whole number. A unit is required; KiB is 1024. */
export const readBytes = (text: string): number | null => {
  const bytes = withUnit(text, byteUnits);
  return bytes === null ? null : Math.round(bytes);
};

/** `0.1` or `10%`: above 0, at most 1. */
export const readShare = (text: string): number | null => {
  const [, number, percent] = /^(\d{1,3}(?:\.\d{1,9})?)(%?)$/.exec(text) ?? [];
  if (number === undefined) return null;
  const share = percent === '%' ? Number(number) / 100 : Number(number);
  return share > 0 && share <= 1 ? share : null;
};

/** `600MiB`, `0.25MiB`, `8GiB`, `64KiB` in MiB = 2^20 bytes. A unit is required. */
export const readMiB = (text: string): number | null => {
  const bytes = withUnit(text, byteUnits);
  return bytes === null ? null : bytes / 2 ** 20;
};
