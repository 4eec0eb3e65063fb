import { restsOnBaseline, type GatePlan } from '../model/metric.js';
import { nearestWord } from '../model/nearest.js';
import { presetExpressions, presetNames, type PresetName } from '../model/preset.js';
import { keyPlaceAt, nodeAt, pathText, placeAt, type Located, type Place, type Problem } from './located.js';

/** Reads one gate; handed in, because the grammar is the gate's own. `column` counts from 1 inside the part that is wrong. */
export type ParseGate = (metric: string, expression: string, level: 'error' | 'warn') =>
  | { gate: GatePlan }
  | { error: string; hint?: string; part: 'metric' | 'expression'; column: number };

/** All gates of a scenario, the key that each (by its id) is written under, and every mistake in them with its own place. */
export function readGates(root: Located, parseGate: ParseGate, heldAgainst = false): { gates: GatePlan[]; keys: Map<string, string>; problems: Problem[] } {
  const gates: GatePlan[] = [];
  const keys = new Map<string, string>();
  const problems: Problem[] = [];
  const section = nodeAt(root, ['gates']);
  const preset = nodeAt(root, [...presetPath]);
  for (const [metric, { node }] of section?.kind === 'map' ? section.entries : []) {
    if (metric === 'preset') continue;
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
  const add = (name: PresetName, wanted: (gate: GatePlan) => boolean, without: ReadonlySet<string>): void => {
    const has = (kind: string): boolean => nodeAt(root, ['load', kind]) !== undefined;
    for (const { metric, expression } of presetExpressions(name, { job: has('job'), search: has('search') }, without)) {
      const read = parseGate(metric, expression, 'error');
      if (!('gate' in read) || !wanted(read.gate) || keys.has(read.gate.id)) continue;
      keys.set(read.gate.id, metric);
      gates.push(read.gate);
    }
  };
  const asked = preset?.kind === 'scalar' ? presetNames.find((name) => name === preset.value) : undefined;
  if (asked !== undefined) add(asked, () => true, new Set(section?.kind === 'map' ? section.entries.keys() : []));
  else if (preset !== undefined) problems.push({ place: placeAt(root, presetPath), path: pathText(presetPath), sentence: presetSentence(preset) });
  // Who names a baseline wants something held against it.
  if (heldAgainst && !gates.some(restsOnBaseline)) add('recommended', restsOnBaseline, new Set());
  return { gates, keys, problems };
}

const presetPath = ['gates', 'preset'] as const;

function presetSentence(node: Located): string {
  const near = node.kind === 'scalar' && typeof node.value === 'string' ? nearestWord(node.value, presetNames) : undefined;
  return `expected one of ${presetNames.join(', ')}${near === undefined ? '' : `; did you mean "${near}"?`}`;
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
