import type { MatchLabel } from '../../../model/dataset.js';
import type { Area, Lexicon } from '../../lexicon/lexicon.js';
import { findArea, prefixOf, tailOf } from './place.js';
import type { Probe } from './probe.js';

/**
 * An address with the old name of its district or city, and the same with today's. 1:1: exact. An area that became part of a larger
 * one is the same point under a wider name: exact or partial. Areas that were split are left out, and so are old names that another
 * place of the province bears today.
 */
export function renameProbes(lexicon: Lexicon): Probe[] {
  const inUse = new Set(lexicon.areas.flatMap(({ province, city, district }) => [`${province}/${city}`, `${province}/${district ?? ''}`]));
  return lexicon.probes.renames.flatMap(({ old = '', new: current = '', parent = '', kind }): Probe[] => {
    if ((kind !== '1:1' && kind !== 'merge') || inUse.has(`${parent}/${old}`)) return [];
    const area = findArea(lexicon, ({ province, city, district }) => province === parent && (district === current || city === current));
    if (area === undefined) return [];
    const expected: readonly MatchLabel[] = kind === '1:1' ? ['exact'] : ['exact', 'partial'];
    const a = prefixOf(renamed(area, current, old)) + tailOf(area);
    const namesake = district(area, current) ? findArea(lexicon, (other) => district(other, current) && other.city !== area.city) : undefined;
    return [
      { group: 'rename', a, b: prefixOf(area) + tailOf(area), expected },
      // 北京市通县 became 通州区, but not that of 南通.
      ...(namesake === undefined ? [] : [{ group: 'rename' as const, a, b: prefixOf(namesake) + tailOf(area), expected: ['not'] as const }]),
    ];
  });
}

const district = (area: Area, name: string): boolean => area.district === name;

function renamed(area: Area, current: string, old: string): Pick<Area, 'province' | 'city' | 'district'> {
  const { province, city, district } = area;
  if (district === current) return { province, city, district: old };
  return district === undefined ? { province, city: old } : { province, city: old, district };
}
