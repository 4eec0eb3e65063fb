import type { Address } from '../../model/dataset.js';
import type { Random } from '../../model/random.js';
import { drawArea, drawKind, drawPlace } from '../address/place.js';
import { fieldSet } from '../address/render.js';
import { stripSuffix } from '../address/region.js';
import type { Lexicon } from '../lexicon/lexicon.js';
import { drawLandmark } from '../class/landmark.js';
import { door, drawAnchor, name, nothing, regions, type Drawn, type Family, type FamilyTable } from './family.js';
import { samePart } from './part.js';
import { drawTrainingKind, drawTrainingPlace } from './place.js';

/** One place, two people. What they share is a name or a door; levels, units, rooms and style are each one's own. */

function exact(familyName: string, hard: boolean, draw: Family['draw']): Family {
  return { name: familyName, label: 2, hard, draw };
}

function drawSame(lexicon: Lexicon, random: Random): Drawn | undefined {
  const place = drawTrainingPlace(lexicon, random, drawTrainingKind(random), drawArea(lexicon, random));
  const must = drawAnchor(place, random);
  return must === undefined ? undefined : { a: place, b: place, must };
}

/** A place with a name, a road and a number. */
function drawNamed(lexicon: Lexicon, random: Random): Address {
  return drawTrainingPlace(lexicon, random, random.pick(['named', 'named', 'shop', 'office', 'home']), drawArea(lexicon, random), { road: true });
}

const twoViews = exact('two-views', false, drawSame);

const noisyViews = exact('noisy-views', false, (lexicon, random) => {
  const drawn = drawSame(lexicon, random);
  return drawn === undefined ? undefined : { ...drawn, noisy: true };
});

const roadAndNumber = fieldSet(['road', 'number']);

/** 金鹰大厦 against 玄武区珠江路8号金鹰大厦. */
const nameOnly = exact('name-only', true, (lexicon, random) => {
  const place = drawNamed(lexicon, random);
  if (place.poi === undefined && place.estate === undefined) return undefined;
  return { a: place, b: place, must: name, hideA: roadAndNumber };
});

/** 珠江路8号 against 珠江路8号金鹰大厦: the door is the house's. */
const doorAndName = exact('door-and-name', true, (lexicon, random) => {
  const place = drawNamed(lexicon, random);
  if (place.poi === undefined || place.building !== undefined) return undefined;
  return { a: place, b: place, must: door, hideA: fieldSet(['poi', 'floor', 'room']) };
});

const cityAndDistrict = fieldSet(['city', 'district']);
const districtAndTown = fieldSet(['district', 'town']);

/** No level above the road on one side, two or more on the other. */
const noPrefix = exact('no-prefix', true, (lexicon, random) => {
  const drawn = drawSame(lexicon, random);
  return drawn === undefined ? undefined : { ...drawn, must: drawn.must | (random.chance(0.5) ? cityAndDistrict : districtAndTown), hideA: regions };
});

/** 金鹰大酒店 as 萧山金鹰大酒店, 金鹰大酒店(建国路店) or 金鹰酒店: names are said in many ways. */
const nameVariant = exact('name-variant', true, (lexicon, random) => {
  const place = drawTrainingPlace(lexicon, random, random.pick(['named', 'named', 'shop', 'office']), drawArea(lexicon, random), { road: true });
  const poi = place.poi === undefined ? undefined : varyName(place.poi, place, random);
  if (poi === undefined || poi === place.poi) return undefined;
  const drawn = { a: place, b: { ...place, poi }, must: name | (random.chance(0.5) ? fieldSet(['road']) : nothing) };
  if (random.chance(0.5)) drawn.b.number = undefined;
  return drawn;
});

/** What people leave out of the names of offices, schools, banks and chains. */
const shortForms: readonly (readonly [RegExp, string])[] = [
  [/中国工商银行/, '工商银行'], [/中国工商银行/, '工行'], [/中国农业银行/, '农业银行'], [/中国农业银行/, '农行'], [/中国建设银行/, '建设银行'], [/中国建设银行/, '建行'],
  [/中国邮政储蓄银行/, '邮政储蓄银行'], [/中国邮政储蓄银行/, '邮储银行'], [/招商银行/, '招行'], [/中国移动营业厅/, '移动营业厅'], [/中国电信营业厅/, '电信营业厅'],
  [/人民法院/, '法院'], [/社区卫生服务中心/, '卫生服务中心'], [/市场监督管理局/, '市场监管局'], [/政务服务中心/, '行政服务中心'], [/妇幼保健院/, '妇保院'],
  [/社区居委会/, '居委会'], [/农贸市场/, '菜市场'], [/便民服务中心/, '服务中心'], [/综合超市/, '超市'],
  [/大药房/, '药房'], [/便利店/, ''], [/酒店/, '宾馆'], [/瑞幸咖啡/, '瑞幸'], [/兰州拉面/, '拉面馆'], [/顺丰速运/, '顺丰快递'], [/链家地产/, '链家'],
  [/汽车修理厂/, '汽修'], [/建材市场/, '建材城'], [/物流有限公司/, '物流'],
];

/** Another way to say a name; `undefined` where none comes to mind. */
export function varyName(poi: string, place: Address, random: Random): string | undefined {
  const branch = /^(.+)\((.+?)(店|支行)\)$/.exec(poi);
  if (branch !== null) {
    const [, full = '', where = '', kind = ''] = branch;
    const short = shortForms.filter(([long]) => long.test(full));
    const [long, by] = short.length > 0 && random.chance(0.5) ? random.pick(short) : [/$^/, ''];
    const brand = full.replace(long, by);
    return random.pick([`${where}${brand}`, `${brand}${where}${kind}`, `${brand}（${where}${kind}）`, `${brand}${where.replace(/[路街]$/, '')}${kind}`]);
  }
  const shorts = shortForms.filter(([long]) => long.test(poi));
  if (shorts.length > 0 && random.chance(0.6)) {
    const [long, short] = random.pick(shorts);
    return poi.replace(long, short);
  }
  const region = stripSuffix(place.district ?? place.city);
  const roll = random.next();
  if (roll < 0.35 && !poi.startsWith(region)) return region + poi;
  if (roll < 0.5 && place.road !== undefined && /[店厅吧馆楼场]$/.test(poi)) return `${poi}(${place.road}店)`;
  if (poi.startsWith(region) && poi.length > region.length + 2 && roll < 0.8) return poi.slice(region.length).replace(/^[区县市]/, '');
  const shorter = poi.replace(/(国际|商务|购物|科技|贸易|实业|中心|实验|大)(?=(大厦|广场|酒店|有限公司|小学|中学|药房)$)/, '');
  if (shorter !== poi && shorter.length >= 4) return shorter;
  const company = /^(.+?)(科技|贸易|实业)?有限公司$/.exec(poi);
  return company === null ? undefined : `${company[1] ?? ''}${company[2] ?? ''}公司`;
}

/** 鸟巢 against 国家体育场: not to be learnt from a text, and rare. */
const alias = exact('alias', true, (lexicon, random) => {
  const place = drawLandmark(lexicon, random);
  const known = lexicon.aliases.find((row) => row.full === place.poi && row.city === place.city);
  return known === undefined ? undefined : { a: place, b: { ...place, poi: known.alias }, must: name };
});

/** 通州区 against 通县. */
const oldName = exact('old-name', true, (lexicon, random) => {
  const place = drawPlace(lexicon, random, drawKind(random, lexicon.habit), random.pick(lexicon.renamedAreas));
  const old = lexicon.oldNames.get(`${place.province ?? ''}/${place.district ?? ''}`);
  const must = drawAnchor(place, random);
  if (old === undefined || must === undefined) return undefined;
  return { a: place, b: { ...place, district: old }, must: must | fieldSet(['district']) };
});

export const exactFamilies: FamilyTable = [
  [samePart, 44], [twoViews, 13], [nameOnly, 14], [doorAndName, 5], [noPrefix, 7], [nameVariant, 9], [noisyViews, 6], [alias, 1], [oldName, 1],
];
