/** Amounts with their unit, as people write them at a flag. Both give null for anything else. */

const amountOf = (text: string, unitSizes: Readonly<Record<string, number>>): number | null => {
  const [, digits = '', unit = ''] = /^(\d{1,12}(?:\.\d{1,9})?)([A-Za-z]*)$/.exec(text) ?? [];
  const size = Object.hasOwn(unitSizes, unit) ? unitSizes[unit] : undefined;
  return digits === '' || size === undefined ? null : Number(digits) * size;
};

/** `50ms`, `20us`, `1.5s` in milliseconds. */
export const durationMsOf = (text: string): number | null => amountOf(text, { us: 0.001, ms: 1, s: 1000 });

/** `600MiB`, `0.25MiB`, `8GiB`, `64KiB` in MiB = 2^20 bytes. */
export const memoryMiBOf = (text: string): number | null => amountOf(text, { KiB: 1 / 1024, MiB: 1, GiB: 1024 });
