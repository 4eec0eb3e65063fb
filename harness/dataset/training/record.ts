import { hasKind, indexOfKind, withParts, type Writing } from '../address/writing.js';
import { createOperator } from '../operator/operator.js';

/** How a map writes a place: by crossings, with names from two columns, and with dashes. */

const isNamed = (writing: Writing): boolean => hasKind(writing, 'poi') || hasKind(writing, 'estate');

const directions = ['东', '西', '南', '北', '东北角', '西南角'];

/** 珠江路8号金鹰大厦 → 珠江路与太平南路交叉口北150米金鹰大厦: how a map says where a house stands. */
export const recordCrossing = createOperator({
  name: 'record-crossing',
  stage: 'view',
  digits: 'omit',
  apply: (writing, random, lexicon) => {
    const at = indexOfKind(writing, 'road');
    if (at < 0 || !isNamed(writing) || !/[路街道]$/.test(writing.place.road ?? '')) return undefined;
    const parts = writing.parts.filter((part) => part.kind !== 'number');
    const where = random.pick(directions);
    const distance = where.endsWith('角') ? '' : `${random.pick(['', '侧'])}${String((random.below(10) + 1) * 50)}米`;
    const other = random.pick(random.pick(lexicon.urbanAreas).roads);
    if (other === writing.place.road) return undefined;
    const text = `与${other}${random.pick(['交叉口', '交叉口', '交汇处'])}${where}${distance}`;
    return withParts(writing, [...parts.slice(0, at + 1), { kind: 'mark', text }, ...parts.slice(at + 1)]);
  },
});

/** 金鹰大厦A座 → 金鹰大厦A座(金鹰大厦), 锦绣花园锦绣花园3号楼: the name from two columns of a table. */
export const recordTwice = createOperator({
  name: 'record-twice',
  stage: 'layout',
  digits: 'keep',
  apply: (writing, random) => {
    const at = indexOfKind(writing, 'poi') >= 0 ? indexOfKind(writing, 'poi') : indexOfKind(writing, 'estate');
    const text = writing.parts[at]?.text ?? '';
    if (at < 0 || text.includes('(') || text.includes('（')) return undefined;
    const again = random.chance(0.5) ? text : `(${text})`;
    const parts = writing.parts.slice();
    if (random.chance(0.5)) parts.push({ kind: 'mark', text: again });
    else parts.splice(at, 0, { kind: 'mark', text });
    return withParts(writing, parts);
  },
});

/** 珠江路8号 → 珠江路8号(近太平南路): the next crossing road in brackets. */
export const recordNear = createOperator({
  name: 'record-near',
  stage: 'around',
  digits: 'keep',
  apply: (writing, random, lexicon) => {
    if (!hasKind(writing, 'road') || hasKind(writing, 'extra')) return undefined;
    const road = random.pick(random.pick(lexicon.urbanAreas).roads);
    if (road === writing.place.road) return undefined;
    const text = random.pick([`(近${road})`, `（近${road}）`, `(${road}口)`]);
    return withParts(writing, [...writing.parts, { kind: 'mark', text }]);
  },
});

/** 锦绣花园3号楼 → 锦绣花园-3号楼, 金鹰大厦东门 → 金鹰大厦-东门. */
export const recordDash = createOperator({
  name: 'record-dash',
  stage: 'layout',
  digits: 'keep',
  apply: (writing) => {
    const at = writing.parts.findIndex((part, i) => i > 0 && (part.kind === 'building' || part.kind === 'extra') && writing.parts[i - 1]?.kind !== 'mark');
    // 8号-3号楼 would read as a range.
    if (at < 0 || !isNamed(writing) || /\d$/.test(writing.parts[at - 1]?.text ?? '') || (writing.parts[at]?.text ?? '').startsWith('(')) return undefined;
    return withParts(writing, [...writing.parts.slice(0, at), { kind: 'mark', text: '-' }, ...writing.parts.slice(at)]);
  },
});
