import type { GatePlan } from '../model/metric.js';
import { keyPlaceAt, nodeAt, pathText, placeAt, type Located, type Place, type Problem } from './located.js';

/** Reads one gate; handed in, because the grammar is the gate's own. `column` counts from 1 inside the part that is wrong. */
export type ParseGate = (metric: string, expression: string, level: 'error' | 'warn') =>
  | { gate: GatePlan }
  | { error: string; hint?: string; part: 'metric' | 'expression'; column: number };

/** All gates of a scenario, the key that each (by its id) is written under, and every mistake in them with its own place. */
export function readGates(root: Located, parseGate: ParseGate): { gates: GatePlan[]; keys: Map<string, string>; problems: Problem[] } {
  const gates: GatePlan[] = [];
  const keys = new Map<string, string>();
  const problems: Problem[] = [];
  const section = nodeAt(root, ['gates']);
  for (const [metric, { node }] of section?.kind === 'map' ? section.entries : []) {
    const items = node.kind === 'list' ? node.items : [node];
    for (const [i, item] of items.entries()) {
      const path = ['gates', metric, ...(node.kind === 'list' ? [i] : [])];
      const written = expressionOf(item);
      if (written === undefined) continue;
      const read = parseGate(metric, written.text, written.level);
      if ('error' in read) {
        const onMetric = read.part === 'metric';
        problems.push({
          place: onMetric ? keyPlaceAt(root, ['gates'], metric) : written.placeAt(read.column),
          path: onMetric ? pathText(['gates', metric]) : pathText(path),
          sentence: read.hint === undefined ? read.error : `${read.error}; ${read.hint}`,
        });
      } else if (keys.has(read.gate.id)) {
        problems.push({ place: placeAt(root, path), path: pathText(path), sentence: `the gate "${read.gate.id}" is written twice` });
      } else {
        keys.set(read.gate.id, metric);
        gates.push(read.gate);
      }
    }
  }
  return { gates, keys, problems };
}

/** The text of a gate in either form; undefined where the schema has something to say instead. */
function expressionOf(item: Located): { text: string; level: 'error' | 'warn'; placeAt: (column: number) => Place } | undefined {
  const text = item.kind === 'map' ? nodeAt(item, ['threshold']) : item;
  const level = nodeAt(item, ['level']);
  if (text?.kind !== 'scalar' || typeof text.value !== 'string') return undefined;
  const { place, textPlace } = text;
  return {
    text: text.value,
    level: level?.kind === 'scalar' && level.value === 'warn' ? 'warn' : 'error',
    placeAt: (column) => (textPlace && 'file' in textPlace ? { ...textPlace, column: textPlace.column + column - 1 } : place),
  };
}
