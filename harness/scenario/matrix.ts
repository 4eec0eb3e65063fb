import { hidden, isFilePath, isSecretPath } from '../model/hidden.js';
import { withoutCredentials } from '../model/url.js';
import { overlay } from './argument.js';
import { plainOf, type Located, type LocatedMap, type Problem } from './located.js';
import { mergeLocated } from './merge.js';

/** One combination of the matrix: the scenario with its values put in. */
export interface Arm {
  /** Its values, such as `greedy`, or `greedy, off` of a matrix of two settings; '' where there is no matrix. */
  name: string;
  /** Dotted path to value, as text that may be written down but for what came from the environment. */
  settings: Record<string, string>;
  /** The same with settings that go together each by its own path, as they are written down. */
  parts: Record<string, string>;
  /** Settings whose value has a name, which stands for it in the arm's. */
  named: Record<string, string>;
  root: Located;
}

/** More would not fit a working day, nor a table. */
const mostArms = 24;
/** What is the same for all arms by its nature. */
const notOfAnArm = /^(?:name|question|extends|matrix|compare|repeat|policy|gates)(?:\.|$)/;

/** Every combination of the matrix in the order written, the last setting changing fastest; the scenario itself where there is none. */
export function armsOf(root: Located, problems: Problem[]): Arm[] {
  const matrix = root.kind === 'map' ? root.entries.get('matrix')?.node : undefined;
  if (root.kind !== 'map' || matrix?.kind !== 'map') return [{ name: '', settings: {}, parts: {}, named: {}, root }];
  const rest: LocatedMap = { ...root, entries: new Map([...root.entries].filter(([key]) => key !== 'matrix')) };
  let arms: Arm[] = [{ name: '', settings: {}, parts: {}, named: {}, root: rest }];
  for (const [setting, { key, node }] of matrix.entries) {
    const path = setting.split('.');
    if (notOfAnArm.test(setting) || path.some((step) => step === '')) {
      problems.push({ place: key, path: `matrix.${setting}`, sentence: 'expected the dotted path of a setting that an arm can have of its own, such as server.reference.batching' });
      continue;
    }
    // A list of the wrong kind is the schema's to name.
    const values = node.kind === 'list' ? node.items.map((value) => ({ value, named: null })) : node.kind === 'map' ? [...node.entries].map(([named, entry]) => ({ value: entry.node, named })) : [];
    if (values.length === 0) continue;
    arms = arms.flatMap((arm) => values.map(({ value, named }): Arm => {
      const plain = plainOf(value);
      const word = named ?? textOf(plain);
      return { name: arm.name === '' ? word : `${arm.name}, ${word}`, settings: { ...arm.settings, [setting]: textOf(keptValue(plain, setting)) }, parts: { ...arm.parts, ...partsOf(setting, keptValue(plain, setting)) }, named: named === null ? arm.named : { ...arm.named, [setting]: named }, root: mergeLocated(arm.root, overlay(path, value, value.place)) };
    }));
  }
  if (arms.length > mostArms) problems.push({ place: matrix.place, path: 'matrix', sentence: `${String(arms.length)} combinations are too many: at most ${String(mostArms)}` });
  const names = arms.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) problems.push({ place: matrix.place, path: 'matrix', sentence: `two arms are both "${twice}"; to compare a scenario with itself use --aa` });
  return arms.slice(0, mostArms);
}

function textOf(plain: unknown): string {
  if (typeof plain !== 'object' || plain === null) return String(plain);
  const entries = Array.isArray(plain) ? null : Object.entries(plain as Record<string, unknown>);
  // Several settings that go together, as people would say them: "window 50ms", "token-budget no bucket".
  if (entries === null || entries.length === 0 || entries.some(([, value]) => typeof value === 'object')) return JSON.stringify(plain);
  return entries.map(([key, value]) => (value === true ? key : value === false ? `no ${key}` : String(value))).join(' ');
}

/** Each setting of a map by its own dotted path. */
function partsOf(path: string, value: unknown): Record<string, string> {
  const entries = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value as Record<string, unknown>) : [];
  return entries.length === 0 ? { [path]: textOf(value) } : Object.assign({}, ...entries.map(([key, item]) => partsOf(`${path}.${key}`, item))) as Record<string, string>;
}

/** Without what a record hides wherever it stands: values of headers and of the environment of server and job, user and password of a URL, the folder of a file. */
function keptValue(value: unknown, path: string): unknown {
  if (isSecretPath(path)) return hidden;
  if (typeof value === 'string') return isFilePath(path) ? value.replace(/^.*\//s, '') : withoutCredentials(value);
  if (Array.isArray(value)) return value.map((item) => keptValue(item, path));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, keptValue(item, `${path}.${key}`)]));
}

/** Names and settings as they may be written down: without secrets and passwords, each name once. */
export function shownArms(arms: readonly Arm[], secrets: readonly string[]): Arm[] {
  // Several settings stand as JSON, which holds the escaped form.
  const longestFirst = [...secrets].sort((x, y) => y.length - x.length).flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]);
  const shown = arms.map((arm) => {
    const shownIn = (all: Record<string, string>): [string, string][] => Object.entries(all).map(([setting, text]) => [setting, longestFirst.reduce((left, secret) => left.replaceAll(secret, hidden), text)]);
    return { ...arm, name: shownIn(arm.settings).map(([setting, text]) => arm.named[setting] ?? text).join(', '), settings: Object.fromEntries(shownIn(arm.parts)) };
  });
  return shown.map((arm, i) => (shown.findIndex(({ name }) => name === arm.name) === i ? arm : { ...arm, name: `${arm.name} ${String(i + 1)}` }));
}
