/** What must fit together in an offline load. */
import { groupDigits } from '../model/unit.js';
import type { Path } from './located.js';
import { readBody, readPair } from './template.js';

type ValueAt = (path: Path) => unknown;
type Complain = (path: Path, sentence: string) => void;

/** What the reference server takes in one request, where its arguments do not say. */
const usualMostPairs = 256;
const usualBatch = 32;

/** Complaints about offline loads, each at its place in the scenario, and about the batch endpoint of a format of one's own. */
export function checkOffline(valueAt: ValueAt, complain: Complain): void {
  checkTemplate(valueAt, complain);
  const places = offlinePlaces(valueAt);
  if (places.length === 0) return;
  const abnormal = valueAt(['dataset', 'mix', 'abnormal']);
  if (typeof abnormal === 'number' && abnormal > 0) complain(['dataset', 'mix', 'abnormal'], 'an offline load sends pairs, and an abnormal request is none: leave it out');
  checkCount(places, valueAt, complain);
  const most = mostPairs(valueAt);
  for (const place of places) {
    const batch = valueAt([...place, 'batch']) ?? usualBatch;
    if (typeof batch === 'number' && most !== null && batch > most) {
      complain([...place, 'batch'], `${groupDigits(batch)} pairs in a request are more than the ${groupDigits(most)} that the reference server takes: ask for fewer, or give it server.reference.args: ["--max-pairs", "${String(batch)}"]`);
    }
  }
}

/** Where an offline load is written. */
function offlinePlaces(valueAt: ValueAt): Path[] {
  const mix = valueAt(['load', 'mix']);
  const parts = typeof mix === 'object' && mix !== null ? Object.keys(mix).map((name): Path => ['load', 'mix', name, 'offline']) : [];
  return [['load', 'offline'], ...parts].filter((path) => valueAt(path) !== undefined);
}

/** Each pair is sent once: there must be as many as are asked for. */
function checkCount(places: readonly Path[], valueAt: ValueAt, complain: Complain): void {
  const pairs = valueAt(['dataset', 'pairs']);
  const asked = places.map((place) => valueAt([...place, 'pairs'])).filter((value): value is number => typeof value === 'number');
  const sum = asked.reduce((total, value) => total + value, 0);
  const mix = valueAt(['load', 'mix']);
  const others = typeof mix === 'object' && mix !== null && Object.keys(mix).length > places.length;
  if (typeof pairs === 'number' && pairs === sum && others) complain(['dataset', 'pairs'], `the offline load sends all ${groupDigits(sum)} pairs, and the others of the mix have none: leave it out, and there are more`);
  if (typeof pairs === 'number' && pairs < sum) complain(['dataset', 'pairs'], `${groupDigits(pairs)} pairs are fewer than the ${groupDigits(sum)} that the load sends, each once: leave it out, and as many are made`);
}

/** The limit of the embedded server, as its arguments have it; null of any other server, and where they cannot be read. */
function mostPairs(valueAt: ValueAt): number | null {
  if (['process', 'url', 'simulated'].some((kind) => valueAt(['server', kind]) !== undefined)) return null;
  if (valueAt(['request']) !== undefined && valueAt(['request']) !== 'similarity' && valueAt(['request', 'similarity']) === undefined) return null;
  const args = valueAt(['server', 'reference', 'args']) ?? [];
  if (!Array.isArray(args)) return null;
  const words = args.map(String);
  const at = words.findLastIndex((word) => word === '--max-pairs' || word.startsWith('--max-pairs='));
  if (at < 0) return usualMostPairs;
  const written = words[at]?.includes('=') === true ? words[at].slice('--max-pairs='.length) : words[at + 1];
  const most = Number(written);
  return Number.isInteger(most) && most > 0 ? most : null;
}

function checkTemplate(valueAt: ValueAt, complain: Complain): void {
  const at: Path = ['request', 'template', 'batch'];
  for (const [key, read] of [['body', (value: unknown) => readBody(value, ['pairs'])], ['pair', readPair]] as const) {
    const value = valueAt([...at, key]);
    if (value === '' || (typeof value !== 'string' && (typeof value !== 'object' || value === null))) continue;
    const found = read(value);
    if ('error' in found) complain([...at, key], found.error);
  }
}
