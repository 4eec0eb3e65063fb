import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createTrainingPairs, heldOutOperators, trainingOperatorNames, type Split, type TrainingPair } from '../../../harness/dataset/index.js';
import { splitOf } from '../../../harness/dataset/training/split.js';
import { lexicon } from '../world.js';

const count = 18_000;
const made = (split: Split, seed: number, without?: readonly string[]): TrainingPair[] =>
  [...createTrainingPairs({ seed, count, split, ...(without === undefined ? {} : { without }) }, lexicon).pairs()];
const train = made('train', 3);
const heldOut = made('held-out', 4);
const tell = (pair: TrainingPair): string => `${pair.operators.join(' + ')}: ${pair.a} | ${pair.b}`;

test('pair i is a function of the seed and of i', () => {
  const pairs = createTrainingPairs({ seed: 3, count, split: 'train' }, lexicon);
  fc.assert(fc.property(fc.integer({ min: 0, max: count - 1 }), (index) => assert.deepEqual(pairs.pair(index), train[index])), { seed: 1, numRuns: 200 });
  assert.throws(() => pairs.pair(count), RangeError);
  assert.throws(() => pairs.pair(-1), RangeError);
  assert.notDeepEqual(createTrainingPairs({ seed: 4, count, split: 'train' }, lexicon).pair(0), train[0]);
});

test('a third of each label, sides never alike, the class that goes with the label', () => {
  const classes = { 0: ['low'], 1: ['boundary'], 2: ['high', 'noisy'] };
  for (const pairs of [train, heldOut]) {
    for (const label of [0, 1, 2] as const) assert.equal(pairs.filter((pair) => pair.label === label).length, count / 3);
    for (const pair of pairs) {
      assert.ok(pair.a !== pair.b && pair.a !== '' && pair.b !== '', tell(pair));
      assert.ok(classes[pair.label].includes(pair.class), tell(pair));
      assert.equal(pair.operators[0], pair.family);
      for (const name of pair.operators) assert.ok(trainingOperatorNames.includes(name), name);
    }
  }
});

test('every family has pairs, and one label only', () => {
  const labels = new Map<string, Set<number>>();
  for (const { family, label } of heldOut) labels.set(family, (labels.get(family) ?? new Set()).add(label));
  for (const [family, found] of labels) assert.equal(found.size, 1, family);
  const families = ['same-name-elsewhere', 'shared-characters', 'same-stem-other-suffix', 'same-building-other-estate', 'similar-road-same-number', 'same-root-other-object',
    'same-brand-other-branch', 'same-road-other-object', 'coarser-area', 'inside-gate', 'inside-shop', 'same-number-other-shop', 'opposite', 'two-views', 'name-only', 'no-prefix', 'name-variant', 'door-near', 'other-gate'];
  for (const family of families) assert.ok(labels.has(family), family);
});

test('what is held out is not trained on, and is there in the held-out pairs', () => {
  const uses = (pairs: readonly TrainingPair[], name: string): number => pairs.filter((pair) => pair.operators.includes(name)).length;
  for (const name of heldOutOperators) {
    assert.equal(uses(train, name), 0, name);
    assert.ok(uses(heldOut, name) > 10, name);
  }
  assert.ok(uses(made('train', 3, []), 'look-alike') > 10);
  assert.equal(uses(made('held-out', 3, ['two-views']), 'two-views'), 0);
  assert.throws(() => createTrainingPairs({ seed: 1, count: 1, split: 'train', without: ['dor-near'] }, lexicon), /no family or operator is called dor-near; there are .*door-near/);
});

test('where the label hangs on the same number, both sides show it', () => {
  const hung = ['door-and-name', 'same-number-other-shop', 'similar-road-same-number', 'same-number-other-road', 'door-prefix', 'same-road-other-city'];
  const numbers = (text: string): string[] => text.normalize('NFKC').replaceAll(/\p{Cf}/gu, '').match(/\d+/g) ?? [];
  let checked = 0;
  for (const pair of [...train, ...heldOut]) {
    if (!hung.includes(pair.family) || pair.operators.includes('number-in-words')) continue;
    checked += 1;
    assert.ok(numbers(pair.a).some((number) => numbers(pair.b).includes(number)), tell(pair));
    assert.ok(!pair.operators.includes('record-crossing'), tell(pair));
  }
  assert.ok(checked > 1000, String(checked));
});

test('a label that nothing is left to make is an error, not a search for ever', () => {
  const exact = [...new Set(heldOut.filter((pair) => pair.label === 2).map((pair) => pair.family))];
  assert.throws(() => createTrainingPairs({ seed: 1, count: 1, split: 'held-out', without: exact }, lexicon), /nothing makes pairs of label 2/);
});

test('districts of one split are not written in the other', () => {
  const districts = new Set(lexicon.areas.flatMap(({ district }) => (district !== undefined && district.length > 2 ? [district] : [])));
  const strangers = (pairs: readonly TrainingPair[], split: Split): number =>
    pairs.filter(({ a, b }) => [...districts].some((district) => splitOf(district) !== split && (a.startsWith(district) || b.startsWith(district)))).length;
  // 河东区 begins 河东区人民医院 as well as an address; towns and stems can spell a district by chance.
  assert.ok(strangers(train.slice(0, 3000), 'train') < 10, String(strangers(train.slice(0, 3000), 'train')));
  assert.ok(strangers(heldOut.slice(0, 3000), 'held-out') < 10);
});

/** How well a guess from `feature` alone does, with the frequencies of the first half, on the second. */
function guess(pairs: readonly TrainingPair[], feature: (pair: TrainingPair) => string): number {
  const half = pairs.length / 2;
  const counts = new Map<string, [number, number, number]>();
  for (const pair of pairs.slice(0, half)) {
    const seen = counts.get(feature(pair)) ?? [0, 0, 0];
    seen[pair.label] += 1;
    counts.set(feature(pair), seen);
  }
  const right = pairs.slice(half).filter((pair) => {
    const seen = counts.get(feature(pair)) ?? [1, 0, 0];
    return seen.indexOf(Math.max(...seen)) === pair.label;
  });
  return right.length / half;
}

test('nothing but the comparison tells the label: neither lengths, nor brackets, nor who wrote which side', () => {
  const bucket = (text: string): number => Math.floor([...text].length / 4);
  const features: Readonly<Record<string, (pair: TrainingPair) => string>> = {
    lengths: ({ a, b }) => `${String(bucket(a))} ${String(bucket(b))}`,
    brackets: ({ a, b }) => `${String(/[(（【]/.test(a))} ${String(/[(（【]/.test(b))}`,
    'first character': ({ a }) => a.charAt(0),
    'last character': ({ a }) => a.slice(-1),
    'telephones and people': ({ a, b }) => `${String(/\*{4}|先生|女士/.test(a))} ${String(/\*{4}|先生|女士/.test(b))}`,
    'crossing roads': ({ a, b }) => `${String(/交[叉汇]/.test(a))} ${String(/交[叉汇]/.test(b))}`,
    'what a side speaks of': ({ a }) => ['单元', '座', '楼', '室', '对面', '门', '期', '店', '村'].filter((word) => a.includes(word)).join(''),
  };
  for (const [name, feature] of Object.entries(features)) {
    const share = guess(train, feature);
    assert.ok(share < 0.43, `${name}: right in ${share.toFixed(3)}, by chance in 0.333`);
  }
});

test('exact pairs are rewritten heavily: many share little of their text', () => {
  const shared = ({ a, b }: TrainingPair): number => {
    const pieces = (text: string): Set<string> => new Set(Array.from({ length: text.length - 1 }, (_, i) => text.slice(i, i + 2)));
    const [first, second] = [pieces(a), pieces(b)];
    const common = [...second].filter((piece) => first.has(piece)).length;
    return common / (first.size + second.size - common);
  };
  const overlaps = train.filter((pair) => pair.label === 2).map(shared).sort((x, y) => x - y);
  const median = overlaps[Math.floor(overlaps.length / 2)] ?? 1;
  assert.ok(median < 0.6, String(median));
  const nots = train.filter((pair) => pair.label === 0).map(shared).sort((x, y) => x - y);
  assert.ok((nots[Math.floor(nots.length * 0.9)] ?? 0) > 0.4, 'one not in ten looks alike');
});
