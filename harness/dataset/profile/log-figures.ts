import type { AnyClass } from '../../model/dataset.js';
import { profileFields, type FittedProfile } from '../../model/profile.js';
import { quantileOfCounts } from '../../model/rank.js';
import { fieldBit, type FieldFinder } from '../address/recognise.js';
import { countRepeats } from '../repeats.js';
import { characterCount } from '../summary.js';

/** One request of a log; `class` as its label gives it. */
export interface LogRow {
  a: string;
  b: string;
  class: AnyClass;
  /** Milliseconds since 1970. */
  timeMs?: number;
}

export type LogFigures = Omit<FittedProfile, 'schema' | 'skipped' | 'habit'>;

/** Takes the rows of a log one by one and keeps counts only: no text, and as much memory for a gigabyte as for a page (12 bytes a different address apart). */
export interface LogFigureBuilder {
  add(row: LogRow): void;
  finish(): LogFigures;
  /** Shares of the addresses that name neither province nor city nor district, and that name a village: for the habits alone. */
  kinds(): { bare: number; village: number };
}

/** 21 points: the values at 0 %, 5 % … 100 %. */
const points = 20;
/** Longer texts count as so long. */
const longest = 4096;
/** Gaps are counted in bins that grow by 2 %. */
const gapGrowth = Math.log(1.02);

const region = fieldBit('province') | fieldBit('city') | fieldBit('district');
/** 红星村12号, 红星村3组, 红星村; not 曹杨新村 or 中关村大街. */
const village = /[一-鿿](?<!新)村(?:委会)?(?:[0-9０-９一二三四五六七八九十]|$)/;

/** An empty builder; `fieldsOf` tells which fields a text names. */
export function collectLogFigures(fieldsOf: FieldFinder): LogFigureBuilder {
  const lengths: number[] = [];
  const fields = new Array<number>(profileFields.length).fill(0);
  const addresses = countRepeats();
  const whole = countRepeats();
  const labels = { exact: 0, partial: 0, not: 0 };
  const gaps: number[] = [];
  const gap = { n: 0, mean: 0, squares: 0 };
  let pairs = 0;
  let bare = 0;
  let villages = 0;
  let lastMs: number | undefined;
  const addAddress = (text: string): void => {
    const length = Math.min(longest, characterCount(text));
    lengths[length] = (lengths[length] ?? 0) + 1;
    addresses.add(text);
    const bits = fieldsOf(text.slice(0, longest));
    if ((bits & region) === 0) bare += 1;
    if (village.test(text)) villages += 1;
    for (const [i, field] of profileFields.entries()) if ((bits & fieldBit(field)) !== 0) fields[i] = (fields[i] ?? 0) + 1;
  };
  const addTime = (timeMs: number): void => {
    // A log of several servers is not quite in order: a step back is no gap.
    if (lastMs !== undefined && timeMs >= lastMs) {
      const value = timeMs - lastMs;
      const bin = Math.round(Math.log1p(value) / gapGrowth);
      gaps[bin] = (gaps[bin] ?? 0) + 1;
      gap.n += 1;
      // Welford, 1962.
      const off = value - gap.mean;
      gap.mean += off / gap.n;
      gap.squares += off * (value - gap.mean);
    }
    lastMs = lastMs === undefined ? timeMs : Math.max(lastMs, timeMs);
  };
  return {
    add({ a, b, class: name, timeMs }) {
      pairs += 1;
      addAddress(a);
      addAddress(b);
      whole.add(`${a}\u0000${b}`);
      const label = labelOf(name);
      if (label !== undefined) labels[label] += 1;
      if (timeMs !== undefined) addTime(timeMs);
    },
    kinds: () => ({ bare: bare / Math.max(1, 2 * pairs), village: villages / Math.max(1, 2 * pairs) }),
    finish() {
      const labelled = labels.exact + labels.partial + labels.not;
      const at = (share: number): number => quantileOfCounts(lengths, share);
      return {
        pairs,
        characters: { mean: meanOf(lengths), p50: at(0.5), p90: at(0.9), max: at(1), quantiles: spreadOf(lengths, (length) => length) },
        fields: Object.fromEntries(profileFields.map((field, i) => [field, rounded((fields[i] ?? 0) / (2 * pairs))])) as LogFigures['fields'],
        repeats: { pairs: rounded(whole.seenShare()), addresses: rounded(addresses.seenShare()) },
        gapsMs: gap.n === 0 ? null : { mean: rounded(gap.mean), variation: gap.mean === 0 ? 0 : rounded(Math.sqrt(gap.squares / gap.n) / gap.mean), quantiles: spreadOf(gaps, (bin) => rounded(Math.expm1(bin * gapGrowth))) },
        labels: labelled === 0 ? null : { exact: labels.exact / labelled, partial: labels.partial / labelled, not: labels.not / labelled },
      };
    },
  };
}

function labelOf(name: AnyClass): 'exact' | 'partial' | 'not' | undefined {
  if (name === 'high' || name === 'noisy') return 'exact';
  return name === 'boundary' ? 'partial' : name === 'low' ? 'not' : undefined;
}

const rounded = (value: number): number => Math.round(value * 1e5) / 1e5;

function meanOf(counts: readonly number[]): number {
  let sum = 0;
  let n = 0;
  for (const [value, count] of counts.entries()) {
    sum += value * (count ?? 0);
    n += count ?? 0;
  }
  return n === 0 ? 0 : rounded(sum / n);
}

const spreadOf = (counts: readonly number[], valueOf: (bin: number) => number): number[] =>
  Array.from({ length: points + 1 }, (_, i) => valueOf(quantileOfCounts(counts, i / points)));
