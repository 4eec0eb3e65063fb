import { stripSuffix } from '../address/region.js';
import type { Random } from '../../model/random.js';
import type { Area, Lexicon } from '../lexicon/lexicon.js';
import { stemLength } from '../operator/typo.js';

/**
 * Names of houses, firms and villages. A model that sees few names learns the names; so their stems come from every road, town and
 * estate of the area, and from pairs of characters of such names, which gives hundreds of thousands.
 */

/** What a house or a firm is, by kinds that are never one another's: 金鹰大厦 and 金鹰宾馆 are two things. */
export const nameTypes: readonly (readonly string[])[] = [
  ['大厦', '国际大厦', '商务大厦'], ['广场', '购物广场'], ['花园', '小区'], ['宾馆', '大酒店', '酒店'], ['超市', '便利店'], ['幼儿园'], ['小学', '中心小学'],
  ['中学', '实验中学'], ['医院', '门诊部'], ['大药房', '药店'], ['饭店', '酒家', '农家乐'], ['网吧', '网咖'], ['洗浴中心', '足浴店'], ['汽修厂', '汽车修理厂'], ['加油站'],
  ['农贸市场', '菜场'], ['建材市场'], ['科技园', '产业园'], ['服装厂', '制衣厂'], ['有限公司', '科技有限公司', '贸易有限公司', '实业有限公司'],
  ['物流园', '物流有限公司'], ['派出所'], ['村委会'], ['卫生院', '卫生室'], ['公园'], ['停车场'], ['茶馆', '茶楼'], ['理发店', '美发店'], ['驾校'], ['公寓'], ['健身房'], ['银行', '信用社'],
];

const twoOf = (name: string): string => name.slice(0, Math.max(2, Math.min(3, stemLength(name))));

/** A stem of two or three characters. */
export function drawStem(lexicon: Lexicon, random: Random, area: Area): string {
  const roll = random.next();
  if (roll < 0.25) return random.pick(lexicon.words.officeStems);
  if (roll < 0.4) return random.pick(lexicon.words.estateStems);
  if (roll < 0.5) return stripSuffix(random.pick(area.towns));
  if (roll < 0.6) return twoOf(random.pick(area.roads));
  // 大元, 兴龙: first characters of two names.
  const first = random.chance(0.5) ? random.pick(lexicon.words.officeStems) : twoOf(random.pick(area.roads));
  return first.charAt(0) + random.pick(random.chance(0.5) ? lexicon.words.estateStems : lexicon.words.officeStems).charAt(random.below(2));
}

/** 金鹰大酒店; `type` keeps to one kind. */
export const drawName = (lexicon: Lexicon, random: Random, area: Area, type: readonly string[] = random.pick(nameTypes)): string =>
  drawStem(lexicon, random, area) + random.pick(type);

/** 大元村 */
export const drawVillage = (lexicon: Lexicon, random: Random, area: Area): string => `${drawStem(lexicon, random, area).slice(0, 3)}${random.pick(['村', '村', '村', '社区', '自然村'])}`;
