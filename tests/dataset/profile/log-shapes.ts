import type { AnyClass } from '../../../harness/model/dataset.js';
import { createRandom, type Random } from '../../../harness/model/random.js';
import type { LogRow } from '../../../harness/dataset/profile/log-figures.js';
import { lexicon } from '../world.js';

/** Logs of different shapes, of another hand than the generator's: real regions and roads, everything else put together here. */

type Writer = (random: Random) => string;

const { words } = lexicon;
const number = (random: Random, most: number): string => String(1 + random.below(most));
const road: Writer = (random) => random.pick(random.pick(lexicon.urbanAreas).roads);
const door: Writer = (random) => `${road(random)}${number(random, 300)}号`;
const estate: Writer = (random) => random.pick(words.estateStems) + random.pick(words.estateTypes);
const tower: Writer = (random) => random.pick(words.officeStems) + random.pick(words.officeTypes);
const shop: Writer = (random) => `${random.pick(words.brands)}(${random.pick(words.estateStems)}店)`;
const room: Writer = (random) => `${number(random, 18)}0${number(random, 4)}室`;
const home: Writer = (random) => `${estate(random)}${number(random, 30)}号楼${number(random, 4)}单元${room(random)}`;
const may = (random: Random, share: number, writer: Writer): string => (random.chance(share) ? writer(random) : '');
const anyName: Writer = (random) => random.pick([estate, tower, shop])(random);

/** Names of a region, each by its share. */
function region(random: Random, province: number, city: number, district: number, town: number, areas = lexicon.urbanAreas): string {
  const area = random.pick(areas);
  const isMunicipality = area.province === area.city;
  return (isMunicipality ? '' : may(random, province, () => area.province)) + may(random, city, () => area.city) +
    may(random, district, () => area.district ?? '') + may(random, town, () => random.pick(area.towns));
}

const record: Writer = (random) => region(random, 1, 1, 1, 0.8) + door(random) + home(random);
const query: Writer = (random) => region(random, 0, 0.3, 0.2, 0) + anyName(random);
const office: Writer = (random) => region(random, 0.1, 0.7, 0.9, 0.1) + door(random) + tower(random) + may(random, 0.4, () => `${random.pick(['A', 'B', 'C'])}座`) + may(random, 0.5, (r) => `${number(r, 28)}层`) + may(random, 0.5, room);

export interface LogShape {
  a: Writer;
  /** Where the other side is of another hand. */
  b?: Writer;
  labels: readonly AnyClass[];
}

const unlabelled: readonly AnyClass[] = ['unlabelled'];
const labelled: readonly AnyClass[] = ['high', 'boundary', 'boundary', 'low', 'low'];

export const logShapes: Readonly<Record<string, LogShape>> = {
  'names alone': { a: anyName, labels: unlabelled },
  'road and number alone': { a: door, labels: labelled },
  'whole records': { a: record, labels: labelled },
  villages: { a: (random) => region(random, 0.3, 0.6, 1, 1, lexicon.otherAreas) + `${random.pick(words.estateStems)}村${number(random, 12)}组` + may(random, 0.6, (r) => `${number(r, 90)}号`), labels: unlabelled },
  'query against record': { a: query, b: record, labels: labelled },
  short: { a: (random) => random.pick([(r: Random) => region(r, 0, 0, 1, 0), estate, tower, road, (r: Random) => `${number(r, 20)}栋${room(r)}`])(random), labels: unlabelled },
  'homes in full': { a: (random) => region(random, 0, 1, 1, 1) + door(random) + `${estate(random)}${number(random, 30)}栋${number(random, 4)}单元${number(random, 18)}层${room(random)}`, labels: ['high', 'low'] },
  delivery: { a: (random) => region(random, 0.2, 0.8, 1, 0.5) + home(random) + random.pick(['', '', '(放南门岗亭)', '(丰巢柜)', '菜鸟驿站', '东门旁便利店']), labels: unlabelled },
  'industrial parks': { a: (random) => region(random, 0.5, 1, 0.9, 0.3) + may(random, 0.8, door) + `${random.pick(words.officeStems)}${random.pick(['产业园', '科技园', '创业园'])}` + may(random, 0.7, (r) => `${number(r, 20)}栋`) + may(random, 0.6, (r) => `${number(r, 8)}楼`) + may(random, 0.2, room), labels: labelled },
  'city and name': { a: (random) => region(random, 0, 1, 0, 0) + random.pick([tower, shop])(random), labels: labelled },
  offices: { a: office, labels: unlabelled },
  doors: { a: (random) => region(random, 0.3, 0.9, 1, 0.2) + door(random), labels: labelled },
  mixture: { a: (random) => random.pick([query, record, office, door])(random), labels: unlabelled },
};

/** So many pairs of a log of this shape; each side is a place of its own, which the figures of a profile cannot tell. */
export function logOfShape({ a, b = a, labels }: LogShape, count: number, seed: number): LogRow[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => ({ a: a(random), b: b(random), class: random.pick(labels) }));
}
