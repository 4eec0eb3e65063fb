import { picksStage } from '../model/gate-stage.js';
import type { GatePlan } from '../model/metric.js';
import { metrics } from '../model/metric.js';
import { nearestWord } from '../model/nearest.js';
import type { Scenario } from '../model/scenario.js';
import { levelOf, type Stage } from '../model/stage.js';
import type { ArrivalMoments } from '../model/stage-shapes.js';
import { keyPlaceAt, pathText, type Located, type Problem } from './located.js';
import { stagesOf } from './plan.js';

/** The load of one arm, checked; `moments` once the file of its replay has been read. */
interface ArmLoad {
  load: Scenario['load'];
  moments?: ArrivalMoments | undefined;
}

/**
 * Gates that would be judged on no stage of any arm, each with the names that are nearest: such a gate holds nothing, and its silence is taken
 * for a pass. `keys`: what each gate, by its id, is written under. Says nothing while an arm's stages are unknown (a replay that has not been read);
 * a selector under a search is checkSearch's to name, and what only requests have, or only a job, checkJob's.
 */
export function unmatchedGates(root: Located, gates: readonly GatePlan[], keys: ReadonlyMap<string, string>, arms: readonly ArmLoad[]): Problem[] {
  if (arms.some(({ load, moments }) => load.replay !== undefined && moments === undefined)) return [];
  const kinds = new Set(arms.map(({ load }) => (load.job === undefined ? 'requests' : 'job')));
  const searched = arms.some(({ load }) => load.search !== undefined);
  const stages = arms.flatMap(({ load, moments }) => (load.search ? [] : stagesOf(load, gates, moments)));
  return gates.flatMap((gate): Problem[] => {
    const { scope, load } = metrics[gate.metric] ?? {};
    if (scope !== 'stage' || (load !== undefined && !kinds.has(load)) || stages.some((stage) => picksStage(gate, stage))) return [];
    // Drift and leaks of a load that is no soak: soak-gates.ts names them.
    if ((gate.metric === 'drift' || gate.metric === 'leak') && !stages.some(({ soak }) => soak === true)) return [];
    if (searched && ((gate.metric !== 'recovery' && gate.metric !== 'pairs') || Object.keys(gate.selector).length > 0)) return [];
    const key = keys.get(gate.id) ?? gate.metric;
    return [{ place: keyPlaceAt(root, ['gates'], key), path: pathText(['gates', key]), sentence: sentenceFor(gate, stages) }];
  });
}

function sentenceFor({ metric, selector }: GatePlan, stages: readonly Stage[]): string {
  const judged = metric === 'recovery' ? stages.filter(({ arrival, drill }) => arrival.kind === 'spike' || drill !== undefined) : metric === 'pairs' ? stages.filter(({ arrival }) => arrival.kind === 'offline') : stages;
  if (metric === 'pairs' && judged.length === 0) return 'what becomes of a lot of pairs is a figure of offline loads: it needs load.offline';
  if (judged.length === 0) return 'the time to recover is a figure of spikes and drills: it needs load.spike or load.drill';
  const [[asked, value] = ['stage', ''], ...more] = Object.entries(selector);
  const names = [...new Set(judged.map((stage) => nameOf(stage, asked)))];
  const near = more.length > 0 ? undefined : asked === 'stage' ? nearestName(value, judged) : nearestLevel(asked, Number(value), judged);
  return ['fits no stage', names.length === 1 ? `there is ${listOf(names)}` : `there are ${listOf(names)}`, ...(near === undefined ? [] : [`did you mean ${metric}{${near}}?`])].join('; ');
}

/** How a gate would name this stage: by its load where the gate asks for one, else by its name. */
function nameOf({ name, arrival }: Stage, asked: string): string {
  const { of, value } = levelOf(arrival);
  return asked === 'stage' || of === 'peak' || of === 'pairs' || of === 'job' ? `stage:${name}` : `${of}:${String(value)}`;
}

function nearestName(value: string, stages: readonly Stage[]): string | undefined {
  const near = nearestWord(value, stages.map(({ name }) => name));
  return near === undefined ? undefined : `stage:${near}`;
}

/** The load nearest by its ratio: of the kind that is asked for, else the same number of another kind. */
function nearestLevel(asked: string, value: number, stages: readonly Stage[]): string | undefined {
  const levels = stages.map(({ arrival }) => levelOf(arrival));
  const same = levels.filter(({ of }) => of === asked).sort((x, y) => Math.abs(Math.log(x.value / value)) - Math.abs(Math.log(y.value / value)));
  const found = same[0] ?? levels.find((level) => level.of !== 'peak' && level.of !== 'pairs' && level.of !== 'job' && level.value === value);
  return found === undefined ? undefined : `${found.of}:${String(found.value)}`;
}

const shown = 8;

function listOf(names: readonly string[]): string {
  return names.length <= shown ? names.join(', ') : `${names.slice(0, shown).join(', ')} and ${String(names.length - shown)} more`;
}
