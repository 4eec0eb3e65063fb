import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fittedProfileSchema, profileFields, type FittedProfile } from '../../../harness/model/profile.js';
import { createRandom, type Random } from '../../../harness/model/random.js';
import { createDataset, fitLog, fittedSpec } from '../../../harness/dataset/index.js';
import { createFieldFinder } from '../../../harness/dataset/address/recognise.js';
import { collectLogFigures, type LogFigures, type LogRow } from '../../../harness/dataset/profile/log-figures.js';
import { stripSuffix } from '../../../harness/dataset/address/region.js';
import { lexicon } from '../world.js';
import { logOfShape, logShapes } from './log-shapes.js';

/** Stands in every address of the log in which a word may stand. */
const canary = '鸑鷟';

/** Addresses of another hand than the generator's: shares, words and lengths of their own. */
function address(random: Random, shares: Readonly<Record<string, number>>): string {
  const { province, city, district, towns } = random.pick(lexicon.urbanAreas);
  const may = (field: string, text: string): string => (random.chance(shares[field] ?? 0) ? text : '');
  const number = (most: number): string => String(1 + random.below(most));
  const home = random.chance(shares['home'] ?? 0.5);
  const place = home ? `${canary}${random.pick(['花园', '小区', '公寓'])}` : `${canary}${random.pick(['大厦', '广场', '超市'])}`;
  return may('province', province === city ? '' : province) + city + (district ?? '') + may('town', random.pick(towns)) +
    may('road', `${random.pick(['红星', '长虹', '新华西'])}路`) + may('number', `${number(300)}号`) + place +
    (home ? may('building', `${number(20)}栋`) : '') + (home ? may('room', `${number(9)}0${number(4)}室`) : may('floor', `${number(9)}层`));
}

const shares = { province: 0.7, town: 0.5, road: 0.9, number: 0.9, home: 0.6, building: 0.9, room: 0.7, floor: 0.5 };
const repeatShare = 0.35;
const gapMs = 250;

function logOf(count: number, repeats: number): LogRow[] {
  const random = createRandom(3);
  const rows: LogRow[] = [];
  let timeMs = Date.UTC(2026, 0, 1);
  for (let i = 0; i < count; i += 1) {
    timeMs += -gapMs * Math.log(1 - random.next());
    const again = i > 0 && random.chance(repeats) ? rows[random.below(i)] : undefined;
    const name = random.pick(['high', 'boundary', 'low', 'low'] as const);
    rows.push(again === undefined ? { a: address(random, shares), b: address(random, shares), class: name, timeMs } : { ...again, timeMs });
  }
  return rows;
}

const fitOf = (rows: readonly LogRow[]): FittedProfile => {
  const fit = fitLog(lexicon);
  for (const row of rows) fit.add(row);
  return fit.finish(4);
};

const log = logOf(6000, repeatShare);
const profile = fitOf(log);

test('a profile holds the figures of the log', () => {
  assert.ok(Math.abs(profile.repeats.pairs - repeatShare) < 0.02);
  assert.equal(profile.repeats.pairs, Number((1 - new Set(log.map(({ a, b }) => `${a}|${b}`)).size / log.length).toFixed(5)));
  assert.ok(Math.abs((profile.fields.town) - shares.town) < 0.05 && Math.abs(profile.fields.road - shares.road) < 0.05 && Math.abs(profile.fields.number - shares.number) < 0.05, JSON.stringify(profile.fields));
  assert.ok(Math.abs((profile.gapsMs?.mean ?? 0) / gapMs - 1) < 0.05 && Math.abs((profile.gapsMs?.variation ?? 0) - 1) < 0.1, JSON.stringify(profile.gapsMs));
  assert.ok(Math.abs((profile.labels?.not ?? 0) - 0.5) < 0.03);
  assert.equal(profile.skipped, 4);
  const lengths = log.flatMap(({ a, b }) => [a.length, b.length]).sort((x, y) => x - y);
  assert.deepEqual([profile.characters.p50, profile.characters.p90, profile.characters.max], [lengths[lengths.length / 2 - 1], lengths[lengths.length * 0.9 - 1], lengths.at(-1)]);
});

test('a profile holds no text of the log, and a few kilobytes', () => {
  const text = JSON.stringify(profile);
  assert.ok(text.length < 4096, String(text.length));
  assert.doesNotMatch(text, /[^\x20-\x7e]/, 'not one Chinese character');
  assert.deepEqual(fittedProfileSchema.parse(JSON.parse(text)), profile);
  const words: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value === 'string') words.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
  };
  walk(profile);
  assert.deepEqual(words, ['mgeo-bench/profile/1'], 'no text but the name of the format');
});

const madeFrom = (fitted: FittedProfile): LogFigures => {
  const { mix, ...plan } = fittedSpec('log.json', fitted);
  const figures = collectLogFigures(createFieldFinder(lexicon));
  for (const pair of createDataset({ ...plan, mix: { ...mix, high: mix.high * 2, low: mix.low * 2, boundary: mix.boundary * 2 } }, lexicon).pairs()) figures.add(pair);
  return figures.finish();
};

test('pairs made with it have the lengths, the fields, the labels and the repeats of the log', () => {
  const made = madeFrom(profile);
  const { characters } = profile;
  const shown = JSON.stringify({ made: [made.characters.mean, made.characters.p50, made.characters.p90, made.fields], log: [characters.mean, characters.p50, characters.p90, profile.fields] });
  assert.ok(Math.abs(made.characters.mean - characters.mean) <= 1, shown);
  assert.ok(Math.abs(made.characters.p50 - characters.p50) <= 2, shown);
  assert.ok(Math.abs(made.characters.p90 - characters.p90) <= 3, shown);
  for (const field of profileFields) assert.ok(Math.abs(made.fields[field] - profile.fields[field]) <= 0.1, `${field}: ${shown}`);
  assert.ok(Math.abs(made.repeats.pairs - profile.repeats.pairs) <= 0.01, shown);
  for (const label of ['exact', 'partial', 'not'] as const) assert.ok(Math.abs((made.labels?.[label] ?? 0) - (profile.labels?.[label] ?? 0)) < 0.001);
});

/** What low pairs must name though the log does not: at most so much more of each. */
const mostOfRegion = 0.3;

for (const [name, bare] of [['names alone', true], ['whole records', false], ['villages', false], ['query against record', false], ['doors', false]] as const) {
  test(`a log of another shape: ${name}`, () => {
    const shape = logShapes[name];
    assert.ok(shape !== undefined);
    const fitted = fitOf(logOfShape(shape, 2000, 5));
    const made = madeFrom(fitted);
    const shown = JSON.stringify({ made: [made.characters, made.fields], log: [fitted.characters, fitted.fields] });
    for (const field of profileFields) {
      const more = made.fields[field] - fitted.fields[field];
      assert.ok(more >= -0.1 && more <= (bare && (field === 'city' || field === 'district') ? mostOfRegion : 0.1), `${field}: ${shown}`);
    }
    for (const [figure, most] of [['mean', 1.5], ['p50', 3], ['p90', 3]] as const) assert.ok(Math.abs(made.characters[figure] - fitted.characters[figure]) <= most, `${figure}: ${shown}`);
    const { mix, ...plan } = fittedSpec('log.json', fitted);
    for (const { a, b, fields } of createDataset({ ...plan, mix: { ...mix, high: 0, boundary: 0, noisy: 0 } }, lexicon).pairs()) {
      for (const [text, place] of [[a, fields?.a], [b, fields?.b]] as const) {
        assert.ok([place?.city, place?.district].some((region) => region !== undefined && text.replaceAll(/[^一-鿿]/g, '').includes(stripSuffix(region))), `a low pair without city and district: ${text}`);
      }
    }
  });
}
