/** What kind of change an operator makes, for figures by family: one operator alone is too rare to say anything of. */
import * as around from './operator/around.js';
import * as layout from './operator/layout.js';
import * as name from './operator/name.js';
import { neighbours } from './operator/neighbour.js';
import * as number from './operator/number.js';
import * as region from './operator/region.js';
import * as script from './operator/script.js';
import { separations } from './operator/separation.js';
import * as sound from './operator/sound.js';
import * as tail from './operator/tail.js';
import * as typo from './operator/typo.js';

const rooms: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ['region', region], ['name', name], ['tail', tail], ['typo', typo], ['typo', sound], ['script', script], ['number', number], ['layout', layout], ['around', around],
];

/** Each file of operators is a family (slips of sound are typing errors, too); what makes two places of one, near or far, is one of its own. */
const familyByOperator = new Map<string, string>([
  ...rooms.flatMap(([family, room]) => Object.values<unknown>(room).flatMap((one): [string, string][] => {
    const operator = (one as { name?: unknown } | null)?.name;
    return typeof one === 'object' && typeof operator === 'string' ? [[operator, family]] : [];
  })),
  ...neighbours.map(([{ name: neighbour }]): [string, string] => [neighbour, 'neighbour']),
  ...separations.map(([{ name: separation }]): [string, string] => [separation, 'apart']),
]);

/** The family of an operator; its own name where it belongs to none. */
export function familyOf(operator: string): string {
  return familyByOperator.get(operator) ?? operator;
}
