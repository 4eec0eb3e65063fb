import type { MatchLabel } from '../../../model/dataset.js';
import type { Lexicon } from '../../lexicon/lexicon.js';
import type { Probe } from './probe.js';

/** Rows that are surely, or surely inside their city, two names of one place. */
const trusted = new Set(['high', 'medium', 'context']);

/** 西安/咸阳: the first of the two. `-`: the names say their cities themselves. */
const inCity = (city: string, name: string): string => (city === '-' || name.startsWith(city) ? name : `${city.split('/')[0] ?? ''}市${name}`);

/** A landmark by its short name or nickname, and by its full one. Names that mean several places even in their city are left out. */
export function aliasProbes(lexicon: Lexicon): Probe[] {
  return lexicon.probes.aliases.flatMap(({ alias = '', full = '', city = '', kind, confidence = '' }): Probe[] =>
    kind === 'same' && trusted.has(confidence) ? [{ group: 'alias', a: inCity(city, alias), b: inCity(city, full), expected: ['exact'] }] : []);
}

const labelOfKind: Readonly<Record<string, readonly MatchLabel[]>> = { different: ['not'], related: ['partial'] };

/** What looks like an alias and is none: the traps of the table, two landmarks of one city and one kind, one name in two cities. */
export function aliasTrapProbes(lexicon: Lexicon): Probe[] {
  const rows = lexicon.probes.aliases;
  const ofTable = rows.flatMap(({ alias = '', full = '', city = '', kind = '' }): Probe[] => {
    const expected = labelOfKind[kind];
    return expected === undefined ? [] : [{ group: 'alias-trap', a: inCity(city, alias), b: inCity(city, full), expected }];
  });
  const same = rows.filter(({ kind, confidence = '' }) => kind === 'same' && trusted.has(confidence));
  const crossed = same.flatMap((one, i) =>
    same.slice(i + 1).flatMap((other): Probe[] => {
      const sameCity = one['city'] === other['city'];
      const [first = '', second = ''] = [one['full'], other['full']];
      const alike = sameCity ? first.slice(-2) === second.slice(-2) : one['alias'] === other['alias'];
      return alike ? [{ group: 'alias-trap', a: inCity(one['city'] ?? '', one['alias'] ?? ''), b: inCity(other['city'] ?? '', second), expected: ['not'] }] : [];
    }),
  );
  return [...ofTable, ...crossed];
}
