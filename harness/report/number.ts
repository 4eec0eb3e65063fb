/**
 * Numbers as a reader sees them: three significant digits, the unit beside it, never NaN.
 *
 * What is not there is a dash. A dash is not a zero: the text beside it says why.
 */
import { formatMiB, groupDigits } from '../model/unit.js';

/** What stands where there is no number. */
export const dash = '—';

/** A value as it may come out of a record or of a finding's evidence. */
export type Raw = number | string | null | undefined;

/** Three significant digits (whole above 100, thousands grouped, an exponent only below 0.0001); words pass through as they are; anything else is a dash. */
export function plain(value: Raw): string {
  if (typeof value === 'string') return value === '' ? dash : value;
  if (value === null || value === undefined || !Number.isFinite(value)) return dash;
  const size = Math.abs(value);
  const sign = value < 0 ? '−' : '';
  if (size === 0) return '0';
  if (size >= 99.95) return sign + groupDigits(String(Math.round(size)));
  // Score differences go down to 1e-8: rows of zeros cannot be read.
  if (size < 1e-4) return sign + size.toExponential(1).replace('.0e', 'e').replace('-', '−');
  // The first significant digit decides the decimals: 12.3, 1.23, 0.123, 0.0123.
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(size)));
  return sign + size.toFixed(decimals).replace(/\.?0+$/, '');
}

/** A ratio; of one that few pairs leave wide open, that it is. */
export function ratioFigure(value: Raw): string {
  if (typeof value !== 'number' || !(value > 0)) return plain(value);
  return value > 1000 ? '> 1,000' : value < 0.001 ? '< 0.001' : plain(value);
}

/** A share in percent; of a difference that few runs leave beyond ten times the figure, that it is. */
export function differenceFigure(share: number | null): string {
  if (share === null) return dash;
  return share > 10 ? '> 1,000%' : percent(share);
}

/** A whole number: 12,345. */
export function count(value: Raw): string {
  return typeof value === 'number' && Number.isFinite(value) ? (value < 0 ? '−' : '') + groupDigits(String(Math.round(Math.abs(value)))) : plain(value);
}

function withUnit(value: Raw, unit: string): string {
  const text = plain(value);
  return text === dash || unit === '' ? text : `${text} ${unit}`;
}

/** "12.3 ms"; from ten seconds up in seconds, from two minutes up in minutes. */
export function ms(value: Raw): string {
  return typeof value === 'number' && Math.abs(value) >= 10_000 ? seconds(value / 1000) : withUnit(value, 'ms');
}

/** "12.3 s"; from two minutes up in minutes. */
export function seconds(value: Raw): string {
  return typeof value === 'number' && Math.abs(value) >= 120 ? withUnit(value / 60, 'min') : withUnit(value, 's');
}

/** "412 req/s" */
export function rps(value: Raw): string {
  return withUnit(value, 'req/s');
}

/** A share 0..1 in percent: "0.12%". */
export function percent(value: Raw): string {
  if (typeof value !== 'number') return plain(value);
  // What is left of a division of floats is no share.
  const text = plain(Math.abs(value) < 1e-9 ? 0 : value * 100);
  return text === dash ? text : `${text}%`;
}

/** "512 MiB", "23.4 GiB" */
export function mib(value: Raw): string {
  if (typeof value !== 'number') return plain(value);
  return Number.isFinite(value) ? formatMiB(value).replace(/^-/, '−') : dash;
}

const perHour = (text: string): string => (text === dash ? text : `${text}/h`);

/** A value in a metric's own unit, as gates name them: ms, MiB, MiB/h, /s, cores, % (of a share), or none. */
export function inUnit(value: Raw, unit: string): string {
  if (unit === 'ms') return ms(value);
  if (unit === 'MiB') return mib(value);
  if (unit === 'MiB/h') return perHour(mib(value));
  if (unit === '/s') return rps(value);
  if (unit === '%') return percent(value);
  return withUnit(value, unit);
}

/** "2026-01-02 03:04:05Z" of an ISO 8601 moment in UTC. */
export function moment(iso: string): string {
  return iso.replace('T', ' ').replace(/\.\d+Z$/, 'Z');
}

/** First characters of a hash, enough to tell two apart by eye. */
export function shortHash(hash: string | null | undefined, length = 12): string {
  return hash === null || hash === undefined || hash === '' ? dash : hash.slice(0, length);
}
