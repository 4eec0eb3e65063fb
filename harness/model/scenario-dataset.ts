/** The key `dataset` of a scenario: pairs that are made, or a file of the user's own. */
import { z } from 'zod';
import { ownEncodings, ownFormats, ownLabels, standardHard } from './dataset.js';
import { profileNames } from './profile.js';
import { share, text, unlessMissing, whole } from './scenario-value.js';

const pairs = (description: string) => whole(0, 10_000_000, description, 'so many pairs, or so many parts of dataset.pairs').default(0);
const hardShare = (description: string) => share(description, (value) => value >= 0 && value <= 1, 'a share from 0 to 1, such as 0.3 or 30%');
const column = (description: string) => z.union([z.string().min(1), z.int().min(1)], { error: unlessMissing('expected the name of a column, or its number from 1') }).describe(description).optional();
const columnOrNone = (description: string) => z.union([z.string().min(1), z.int().min(1), z.literal(false)], { error: unlessMissing('expected the name of a column, its number from 1, or false for none') }).describe(description).optional();
/** The keys of `dataset` that speak of a file of the user's own. */
const own = {
  file: text('Pairs of your own: a file beside the scenario (with --set: beside the folder you are in), CSV, TSV or JSON Lines. In place of mix and hard.').optional(),
  format: z.enum(ownFormats).describe('Of the file; default: by the ending of its name.').optional(),
  columns: z.strictObject({
    a: column('The first address.'),
    b: column('The second address.'),
    label: columnOrNone('What the pair is: exact, partial, not, or 1 and 0, and the like; false: there is none.'),
    time: columnOrNone('When it was asked; a load does not use it. false: there is none.'),
  }).describe('Columns by name or by number from 1; default: found by their names, or the only two.').optional(),
  header: z.boolean({ error: unlessMissing('expected true or false') }).describe('Whether the first line names the columns; default: found by itself.').optional(),
  encoding: z.enum(ownEncodings).describe('Of the file; auto tells UTF-8 and GB18030 apart.').optional(),
  labels: z.record(z.string(), z.enum(ownLabels)).describe('What words of your own mean: exact, partial, not, same, different.').optional(),
  strict: z.boolean({ error: unlessMissing('expected true or false') }).describe('A bad line ends the run before it begins; also --strict.').optional(),
};
/** Keys that mean something only beside `file`. */
export const ownKeys: readonly string[] = Object.keys(own);
/** Keys that mean something both for invented pairs and for those of a file. */
export const anyPairsKeys: readonly string[] = ['seed', 'pairs'];
export const dataset = z.strictObject({
  seed: whole(0, 2 ** 32 - 1, 'Pairs, their order and think times follow from it.').default(7),
  mix: z.strictObject({
    high: pairs('One place written twice.'),
    low: pairs('Two places more than 5 km apart.'),
    boundary: pairs('Neighbours: next door, another unit, another phase.'),
    noisy: pairs('One place, one side written badly: invisible characters, emoji, markup, notes.'),
    abnormal: pairs('Requests that are no address pairs: empty, too long, wrong types, broken JSON.'),
  }).describe('Pairs of each class; with `pairs`, their proportions. Without `mix`: 500 each of high, low, boundary and noisy. With `mix`: a class that is not named has 0.').prefault({ high: 500, low: 500, boundary: 500, noisy: 500 }),
  pairs: whole(1, 10_000_000, 'Pairs in all; `mix` then gives proportions. With `file`: so many of its pairs, drawn with the seed.').optional(),
  hard: z.strictObject({
    high: hardShare('Of the high pairs: another name, the house for its road, most levels left out.').default(standardHard.high),
    low: hardShare('Of the low pairs: the same road, district name or chain, far away.').default(standardHard.low),
  }).describe('Share of pairs whose text alone hardly tells the label; met exactly.').prefault({}),
  profile: z.union([z.enum(profileNames), z.string()], { error: unlessMissing('expected typical, long, unique, duplicates, or the path of a fitted profile') })
    .describe('What addresses are like: typical, long, unique (none twice), duplicates (some again), or the path of a profile that `mgeo-bench fit` wrote.').default('typical'),
  repeats: z.union([
    hardShare('Share of the requests of one pass over the pairs that repeat an earlier pair, such as 30%; met exactly.'),
    z.strictObject({
      zipf: z.number({ error: unlessMissing('expected a number from 0 to 10') }).min(0, { error: 'must be at least 0' }).max(10, { error: 'must be at most 10' })
        .describe('Exponent of Zipf\'s law by which each request draws its pair: 0 is all alike, 1.1 makes a few pairs very frequent.'),
      distinct: whole(1, 10_000_000, 'Different pairs to draw from. Default: as many as there are requests.').optional(),
    }),
  ], { error: unlessMissing('expected a share such as 30%, or a map such as {zipf: 1.1, distinct: 1000}') })
    .describe('How pairs come again in the profile duplicates: a share of the requests, or Zipf\'s law. Default: 30%.').optional(),
  ...own,
}).describe('The address pairs. Each is sent once before any is sent again.');

export const datasetKeys: readonly string[] = Object.keys(dataset.shape);
