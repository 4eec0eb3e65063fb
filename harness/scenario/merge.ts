import { loadKinds, requestKinds, serverKinds } from '../model/scenario.js';
import { isAboutInvented } from './own-pairs.js';
import type { Located, LocatedMap, Place } from './located.js';

/** Maps in which one key chooses the kind: another kind replaces the whole map instead of mixing with it. */
const kindsAt: Readonly<Record<string, readonly string[]>> = { server: serverKinds, request: requestKinds };
/** A named server of a matrix is one too. */
const armServer = /^matrix\.server\.[^.]+$/;
/** Maps in which another kind replaces the kind alone: the keys beside it hold for every kind. */
const kindAmongOthersAt: Readonly<Record<string, readonly string[]>> = { load: loadKinds, 'load.soak': ['rate', 'users'] };
/** Parts that only make sense whole: half of a parent's question would answer another one. */
const whole: ReadonlySet<string> = new Set(['question']);

/** `over` laid on `under`: maps are merged key by key, everything else is replaced. */
export function mergeLocated(under: Located, over: Located, path: readonly string[] = []): Located {
  const at = path.join('.');
  if (under.kind !== 'map' || over.kind !== 'map' || whole.has(at) || otherKind(under, over, kindsAt[armServer.test(at) ? 'server' : at])) return over;
  const entries = new Map(at === 'dataset' ? stillMeant(under, over) : under.entries);
  const among = kindAmongOthersAt[at];
  if (otherKind(under, over, among)) for (const kind of among ?? []) entries.delete(kind);
  for (const [key, entry] of over.entries) {
    const below = entries.get(key);
    entries.set(key, below ? { key: written(below.key, entry.key), node: mergeLocated(below.node, entry.node, [...path, key]) } : entry);
  }
  return { kind: 'map', entries, place: written(under.place, over.place) };
}

/** What is missing in a map is missing in a file, even when an argument added to that map. */
function written(under: Place, over: Place): Place {
  return 'file' in over ? over : under;
}

/** Pairs of a file in place of invented ones, or the other way round: what spoke of the others goes, and their number with it; the seed stays. */
function stillMeant(under: LocatedMap, over: LocatedMap): LocatedMap['entries'] {
  const isOwn = (map: LocatedMap): boolean => map.entries.has('file');
  const isInvented = (map: LocatedMap): boolean => [...map.entries.keys()].some(isAboutInvented);
  const changes = (isOwn(over) && !isOwn(under)) || (isInvented(over) && !isOwn(over) && isOwn(under));
  return changes ? new Map([...under.entries].filter(([key]) => key === 'seed')) : under.entries;
}

function otherKind(under: LocatedMap, over: LocatedMap, kinds: readonly string[] | undefined): boolean {
  const kindOf = (map: LocatedMap): string | undefined => kinds?.find((kind) => map.entries.has(kind));
  const asked = kindOf(over);
  const before = kindOf(under);
  return asked !== undefined && before !== undefined && asked !== before;
}
