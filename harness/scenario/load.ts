import { basename, dirname, resolve } from 'node:path';
import type { Host } from '../host/index.js';
import { BenchError } from '../model/error.js';
import type { GatePlan } from '../model/metric.js';
import { scenarioSchema, type Scenario } from '../model/scenario.js';
import { sentenceOf } from '../model/schema-sentence.js';
import type { ArrivalMoments, ArrivalOptions } from '../model/stage-shapes.js';
import { applyFlags, applySet, type LoadOptions } from './argument.js';
import { checkBudget } from './budget-check.js';
import { checkCapacity } from './capacity.js';
import { checkTogether } from './check.js';
import { checkConformance } from './conformance-check.js';
import { aaDesignOf, designOf } from './design.js';
import { problemsOf } from './explain.js';
import { findParent, findScenario, type ScenarioFile } from './find.js';
import { readGates, type ParseGate } from './gates.js';
import { keyPlaceAt, nodeAt, pathText, placeText, plainOf, type Located, type Path, type Problem } from './located.js';
import { armsOf, shownArms, type Arm } from './matrix.js';
import { mergeLocated } from './merge.js';
import { checkJob } from './job-check.js';
import { findOwnFile } from './own-pairs.js';
import { planScenario } from './plan.js';
import { findProfile, type FoundProfile } from './profile.js';
import { readYaml } from './read-yaml.js';
import { checkReplicas } from './replicas-check.js';
import { checkSearch } from './search.js';
import { checkSoakGates } from './soak-gates.js';
import { retyped, substitute, valuesPut, type PutValue } from './substitute.js';
import { unmatchedGates } from './unmatched.js';

/** What the scenario's own stage cannot do, handed in. */
export interface PlanTools {
  parseGate: ParseGate;
  /** Reads a file of moments, and throws dataset-unusable where it cannot be used; needed for `load.replay` alone. */
  readArrivals?: (path: string, options: ArrivalOptions) => ArrivalMoments;
}

/** A scenario without a mistake, its gates, and what the environment put into its texts (see valuesPut). */
export interface LoadedScenario {
  /** The arm of the matrix that this is; name '' where there is none. */
  arm: Pick<Arm, 'name' | 'settings'>;
  scenario: Scenario;
  gates: GatePlan[];
  /** What the file of `dataset.profile` holds; absent where the profile is one that ships. */
  profile?: FoundProfile;
  /** Of the file of `load.replay`. */
  moments?: ArrivalMoments;
  fromEnvironment: string[];
}

/**
 * Reads a scenario: its file and all it extends, `--set` and flags on top, environment variables put in, one for each arm of its
 * matrix. Throws scenario-not-found, or scenario-invalid with every mistake as one line: place, path, sentence; of a file of moments, which is
 * read once all else is right, dataset-unusable.
 */
export function loadArms(source: string, options: LoadOptions, { parseGate, readArrivals }: PlanTools, host: Pick<Host, 'files' | 'machine'>): LoadedScenario[] {
  const file = findScenario(source, host.files);
  const variable = (name: string): string | undefined => host.machine.variable(name);
  const problems: Problem[] = [];
  const folders = new Map<string, string>();
  const written = readChain(file, [], variable, host.files, problems, folders);
  if (written === undefined) throw invalid(file, problems);

  let root = options.set.reduce((tree, text) => applySet(tree, text, problems), written);
  root = applyFlags(root, options);
  const unset: Problem[] = [];
  const put: PutValue[] = [];
  root = substitute(root, variable, unset, put);
  // What a missing variable leaves behind fits nowhere; saying so too would be noise.
  const known = new Set(unset.map(({ path }) => path));
  problems.push(...unset);
  const fromEnvironment = valuesPut(put);
  const { gates, keys, problems: gateProblems } = readGates(root, parseGate, options.heldAgainst);
  const found = [...gateProblems, ...wrongMatrix(root), ...checkRounds(root, options.aa === true)];
  const arms = shownArms(armsOf(root, found), fromEnvironment);
  if (options.aa !== true) found.push(...checkReplicas(root, arms));
  const loaded = arms.flatMap(({ name, settings, root: own }): LoadedScenario[] => {
    const pairs = findOwnFile(own, ['dataset', 'file'], folders, host.files);
    const arrivals = findOwnFile(own, ['load', 'replay', 'file'], folders, host.files);
    const { scenario, problems: schemaProblems } = validate(own);
    const profile = findProfile(own, folders, host.files, found);
    found.push(...schemaProblems, ...checkTogether(own), ...checkConformance(own), ...pairs.problems, ...arrivals.problems, ...(scenario === undefined || gateProblems.length > 0 ? [] : [...checkSearch(own, scenario, gates), ...checkCapacity(own, scenario, gates), ...checkSoakGates(own, scenario, gates), ...checkJob(own, gates)]));
    if (scenario === undefined) return [];
    const dataset = pairs.path === undefined ? scenario.dataset : { ...scenario.dataset, file: pairs.path };
    const { replay } = scenario.load;
    const load = replay === undefined || arrivals.path === undefined ? scenario.load : { ...scenario.load, replay: { ...replay, file: arrivals.path } };
    return [{ arm: { name, settings }, scenario: { ...scenario, dataset, load }, gates, fromEnvironment, ...(profile === undefined ? {} : { profile }) }];
  });
  problems.push(...found.filter(({ path }) => !known.has(path)));
  const loads = arms.map(({ root: own }) => loadOf(own)).filter((load) => load !== undefined);
  if (loads.length === arms.length && !problems.some(({ path }) => stagesRestOn.test(path))) problems.push(...unmatchedGates(root, gates, keys, loads));
  if (problems.length > 0 || loaded.length === 0) throw invalid(file, problems);
  const read = loaded.map((each) => withMoments(each, readArrivals));
  const unmatched = unmatchedGates(root, gates, keys, read.map(({ scenario: { load }, moments }) => ({ load, moments })));
  if (unmatched.length > 0) throw invalid(file, unmatched);
  const short = shortBudget(root, read, options.aa === true);
  if (short.length > 0) throw invalid(file, short);
  return read;
}

/** `compare.budget`, held against the runs that are made in any case. */
function shortBudget(root: Located, arms: readonly LoadedScenario[], aa: boolean): Problem[] {
  const [first] = arms;
  if (first?.scenario.compare?.budget === undefined) return [];
  const plans = arms.map(({ scenario, gates, fromEnvironment, profile, moments }) => planScenario(scenario, gates, fromEnvironment, profile, moments));
  const design = aa ? aaDesignOf(first.scenario) : designOf(first.scenario, arms.map(({ arm }) => arm));
  return design === null ? [] : checkBudget(root, aa ? [...plans, ...plans] : plans, design);
}

/** Parts of a scenario without which its stages are not known. */
const stagesRestOn = /^(?:load|matrix)(?:[.[]|$)/;

/** The load of an arm that may have mistakes elsewhere; undefined where it has one itself. */
function loadOf(root: Located): { load: Scenario['load'] } | undefined {
  const parse = (tree: Located) => scenarioSchema.shape.load.safeParse(plainOf(nodeAt(tree, ['load']) ?? tree));
  const first = parse(root);
  const read = first.success ? first : parse(retypeAt(root, new Set(first.error.issues.map((issue) => pathText(['load', ...(issue.path as Path)])))));
  return read.success ? { load: read.data } : undefined;
}

function withMoments(loaded: LoadedScenario, readArrivals: PlanTools['readArrivals']): LoadedScenario {
  const { replay } = loaded.scenario.load;
  if (replay === undefined) return loaded;
  if (readArrivals === undefined) throw new RangeError('load.replay needs readArrivals');
  return { ...loaded, moments: readArrivals(replay.file, replay) };
}

/** What compare.pairs is where nobody says. */
const usualPairs = 5;

/** What makes several runs of a scenario has to fit together. */
function checkRounds(root: Located, aa: boolean): Problem[] {
  const has = (key: string): boolean => nodeAt(root, [key]) !== undefined;
  const complain = (key: string, sentence: string): Problem[] => [{ place: keyPlaceAt(root, [], key), path: key, sentence }];
  return [
    ...(aa && has('matrix') ? complain('matrix', '--aa compares a scenario with itself: it can have no arms of its own') : []),
    ...(has('compare') && !has('matrix') && !aa ? complain('compare', 'there is nothing to compare: give a matrix of settings, or run it with --aa') : []),
    ...fewerAtMost(root),
    ...(has('repeat') && (has('compare') || aa) ? complain('repeat', 'cannot stand beside a comparison, whose compare.pairs says how often each arm is run: at least 2, for one run has no interval') : []),
  ];
}

/** `mostPairs` below `pairs`, where both are numbers. */
function fewerAtMost(root: Located): Problem[] {
  const numberAt = (key: string): number | null => {
    const node = nodeAt(root, ['compare', key]);
    const value = node === undefined ? null : plainOf(node);
    return typeof value === 'number' ? value : null;
  };
  const [pairs, most] = [numberAt('pairs') ?? usualPairs, numberAt('mostPairs')];
  if (most === null || most >= pairs) return [];
  return [{ place: keyPlaceAt(root, ['compare'], 'mostPairs'), path: 'compare.mostPairs', sentence: `${String(most)} pairs at most are fewer than the ${String(pairs)} to begin with (compare.pairs)` }];
}

/** An arm no longer has the matrix, so it is held against its schema here. */
function wrongMatrix(root: Located): Problem[] {
  const node = nodeAt(root, ['matrix']);
  if (node === undefined) return [];
  const parsed = scenarioSchema.shape.matrix.safeParse(plainOf(node), { error: scenarioSentence, reportInput: true });
  return parsed.success ? [] : problemsOf(parsed.error.issues.map((issue) => ({ ...issue, path: ['matrix', ...issue.path] })), root);
}

/** One file over all it extends. A broken file ends the chain, but the files above it are still read for their mistakes. */
function readChain(file: ScenarioFile, below: readonly ScenarioFile[], variable: (name: string) => string | undefined, files: Host['files'], problems: Problem[], folders: Map<string, string>): Located | undefined {
  folders.set(file.shown, dirname(file.path));
  const text = files.tryReadText(file.path);
  const top = { file: file.shown, line: 1, column: 1 };
  const complain = (place: Problem['place'], path: string, sentence: string): undefined => void problems.push({ place, path, sentence });
  if (text === null) return complain(top, '', 'cannot be read: is it a folder?');
  const { root, problems: found } = readYaml(text, (line, column) => ({ file: file.shown, line, column }));
  problems.push(...found);
  if (root === undefined) return found.length === 0 ? complain(top, '', 'the file is empty') : undefined;
  if (root.kind !== 'map') return complain(root.place, '', root.kind === 'scalar' && root.value === null ? 'the file is empty' : 'expected a map: name, server, load, …');
  const child = named(root, file);
  const parentName = nodeAt(root, ['extends']);
  if (parentName?.kind !== 'scalar' || typeof parentName.value !== 'string' || parentName.value === '') return child;

  const name = plainOf(substitute(parentName, variable, problems, [], ['extends']));
  const parent = typeof name === 'string' ? findParent(name, file, files) : undefined;
  if (parent === undefined) return complain(parentName.place, 'extends', `there is no scenario "${String(name)}" beside this file or in scenarios/`);
  const chain = [...below, file];
  if (chain.some((each) => resolve(each.path) === resolve(parent.path))) {
    return complain(parentName.place, 'extends', `goes round in a circle: ${[...chain, parent].map((each) => each.shown).join(' → ')}`);
  }
  const above = readChain(parent, chain, variable, files, problems, folders);
  return above && mergeLocated(above, child);
}

/** A scenario without a name has that of its file; it never inherits one, for it asks another question. */
function named(root: Extract<Located, { kind: 'map' }>, file: ScenarioFile): Located {
  if (root.entries.has('name')) return root;
  const stem = basename(file.path).replace(/\.ya?ml$/, '').replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[._-]+/, '').slice(0, 60);
  const node: Located = { kind: 'scalar', value: stem === '' ? 'scenario' : stem, place: root.place, textPlace: null, fromEnvironment: false };
  return { ...root, entries: new Map([['name', { key: root.place, node }], ...root.entries]) };
}

/** Against the schema; a text that came from the environment is tried as a number where a text does not fit. */
function validate(root: Located): { scenario?: Scenario; problems: Problem[] } {
  const parse = (tree: Located) => scenarioSchema.safeParse(plainOf(tree), { error: scenarioSentence, reportInput: true });
  const first = parse(root);
  if (first.success) return { scenario: first.data, problems: [] };
  const wrong = first.error.issues.filter((issue) => issue.code !== 'unrecognized_keys').map((issue) => pathText(issue.path as Path));
  const tree = retypeAt(root, new Set(wrong));
  const second = parse(tree);
  return second.success ? { scenario: second.data, problems: [] } : { problems: problemsOf(second.error.issues, tree) };
}

/** In a scenario nearly everything has a default, so an empty section has a way out. */
function scenarioSentence(issue: Parameters<typeof sentenceOf>[0]): string {
  return `${sentenceOf(issue)}${issue.code === 'invalid_type' && issue.input === null && issue.expected === 'object' ? '; write {} to take the defaults' : ''}`;
}

function retypeAt(node: Located, wrong: ReadonlySet<string>, path: Path = [], inside = false): Located {
  const here = inside || wrong.has(pathText(path));
  if (node.kind === 'scalar') return here ? retyped(node) : node;
  if (node.kind === 'list') return { ...node, items: node.items.map((item, i) => retypeAt(item, wrong, [...path, i], here)) };
  return { ...node, entries: new Map([...node.entries].map(([key, entry]) => [key, { ...entry, node: retypeAt(entry.node, wrong, [...path, key], here) }] as const)) };
}

function invalid(file: ScenarioFile, problems: readonly Problem[]): BenchError {
  const order = ({ place }: Problem): [string, number, number] => ('file' in place ? [place.file, place.line, place.column] : ['\uffff', 0, 0]);
  const sorted = [...problems].sort((x, y) => {
    const [a, b] = [order(x), order(y)];
    return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1] || a[2] - b[2];
  });
  const details = [...new Set(sorted.map(({ place, path, sentence }) => `${placeText(place)}: ${path === '' ? '' : `${path}: `}${sentence}`))];
  const written = [
    ...(problems.some(({ place }) => 'file' in place) ? [`in the scenario ${file.shown}`] : []),
    ...(problems.some(({ place }) => 'argument' in place) ? ['on the command line'] : []),
  ].join(' and ');
  return new BenchError('scenario-invalid', `${details.length === 1 ? 'There is a mistake' : `There are ${String(details.length)} mistakes`} ${written}.`, {
    details,
    hint: 'Nothing was started. scenarios/scenario.schema.json lets an editor complete and check scenarios; docs/scenario.md explains every word.',
  });
}
