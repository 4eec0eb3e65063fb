import { count, type Raw } from './number.js';
import type { Text } from './text/index.js';

/** What of a check's values says how baseline and run are unlike: `there:machine:cores`, `settings:plan`, `more:plan`. */
const ofFact = /^(there|here|settings|more):([^:]+)(?::(.+))?$/;

/** The entry of a table, and nothing inherited: a record may be younger than this program. */
const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined => (Object.hasOwn(table, key) ? table[key] : undefined);

type Parts = Record<string, Raw>;
interface Fact {
  there: Parts;
  here: Parts;
  settings?: string;
  more?: number;
}

/** The facts in which a baseline and a run are unlike, each with what either side has: `machine (A, 2 cores, 8 GiB → B, 4 cores, 16 GiB)`. */
export function factWords(text: Text, params: Readonly<Record<string, string | number>>): string {
  const facts = new Map<string, Fact>();
  for (const [name, value] of Object.entries(params)) {
    const [, kind, fact, part] = ofFact.exec(name) ?? [];
    if (fact === undefined) continue;
    const entry = facts.get(fact) ?? { there: {}, here: {} };
    facts.set(fact, entry);
    if ((kind === 'there' || kind === 'here') && part !== undefined) entry[kind][part] = value;
    else if (kind === 'settings') entry.settings = String(value);
    else if (kind === 'more') entry.more = Number(value);
  }
  return [...facts].map(([fact, entry]) => text.baseline.fact(own(text.baseline.facts, fact) ?? fact, valuesOf(text, fact, entry))).join(text.listSeparator);
}

function valuesOf(text: Text, fact: string, { there, here, settings, more }: Fact): string {
  if (settings !== undefined) return more === undefined ? settings : text.baseline.andMore(settings, count(more));
  const side = own(text.baseline.values, fact) ?? ((parts: Parts) => Object.values(parts).join(' '));
  return `${side(there)} → ${side(here)}`;
}
