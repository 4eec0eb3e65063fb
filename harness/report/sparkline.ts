const bars = '▁▂▃▄▅▆▇█';

/** One bar a value, from `from` (zero where nothing is said) to `to` (else the highest); a blank where there is none. */
export function sparkline(values: readonly (number | null)[], from = 0, to = from): string {
  const most = values.reduce<number>((top, value) => Math.max(top, value ?? from), to);
  return values.map((value) => (value === null ? ' ' : bars[most > from ? Math.round((Math.max(0, value - from) / (most - from)) * (bars.length - 1)) : 0] ?? '')).join('');
}
