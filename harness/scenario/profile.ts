import { basename } from 'node:path';
import type { Files } from '../host/index.js';
import { jsonFault } from '../model/json-fault.js';
import { nearestWord } from '../model/nearest.js';
import { fittedProfileSchema, profileNames, standardRepeats, type FittedProfile, type ProfilePlan } from '../model/profile.js';
import { sentenceOf } from '../model/schema-sentence.js';
import { parseQuantity } from '../model/unit.js';
import { besidePlace, nodeAt, placeAt, pathText, plainOf, type Located, type Problem } from './located.js';

/** A fitted profile, and whether the scenario leaves the mix to it. */
export interface FoundProfile {
  file: string;
  fitted: FittedProfile;
  mixOpen: boolean;
}

const at = ['dataset', 'profile'];

/**
 * Reads the file that `dataset.profile` names: beside the scenario that says so, else from where the program was started.
 * `folders`: see besidePlace. undefined where the profile is one that ships. What is wrong becomes a problem with its place.
 */
export function findProfile(root: Located, folders: ReadonlyMap<string, string>, files: Pick<Files, 'tryReadText'>, problems: Problem[]): FoundProfile | undefined {
  const node = nodeAt(root, at);
  const name = node && plainOf(node);
  if (node === undefined) checkRepeats(root, 'typical', problems);
  if (node === undefined || typeof name !== 'string') return undefined;
  const complain = (sentence: string): undefined => void problems.push({ place: placeAt(root, at), path: pathText(at), sentence });
  checkRepeats(root, name, problems);
  if (profileNames.some((known) => known === name)) return undefined;
  if (!name.endsWith('.json')) {
    const near = nearestWord(name, profileNames);
    return complain([`unknown profile "${name}"`, near === undefined ? `known are ${profileNames.join(', ')} and the path of a fitted one, ending in .json` : `did you mean "${near}"?`].join('; '));
  }
  const text = files.tryReadText(besidePlace(name, node.place, folders)) ?? files.tryReadText(name);
  if (text === null) return complain(`there is no file ${name} that can be read, beside the scenario or here: mgeo-bench fit writes one`);
  const read = readFitted(text);
  return 'wrong' in read ? complain(`${name} is no fitted profile: ${read.wrong}`) : { file: basename(name), fitted: read.fitted, mixOpen: nodeAt(root, ['dataset', 'mix']) === undefined };
}

/** A fitted profile, or in a sentence what is wrong with the text. */
export function readFitted(text: string): { fitted: FittedProfile } | { wrong: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { wrong: `it is not JSON: ${jsonFault(text, error)}` };
  }
  const read = fittedProfileSchema.safeParse(value, { error: sentenceOf, reportInput: true });
  if (read.success) return { fitted: read.data };
  const [issue] = read.error.issues;
  return { wrong: `${issue === undefined || issue.path.length === 0 ? 'it' : issue.path.join('.')}: ${issue?.message ?? 'not understood'}` };
}

function checkRepeats(root: Located, name: string, problems: Problem[]): void {
  const path = ['dataset', 'repeats'];
  if (name !== 'duplicates' && nodeAt(root, path) !== undefined) problems.push({ place: placeAt(root, path), path: pathText(path), sentence: `belongs to profile: duplicates, not to ${name}` });
}

/** What a scenario says of repeats; `pairs` that are no abnormal requests. */
export function repeatPlanOf(written: number | string | { zipf: number; distinct?: number | undefined } | undefined, pairs: number): Extract<ProfilePlan, { kind: 'duplicates' }>['repeats'] {
  if (written === undefined) return { ...standardRepeats };
  if (typeof written === 'object') return { kind: 'zipf', zipf: written.zipf, distinct: written.distinct ?? Math.max(1, pairs) };
  const read = typeof written === 'number' ? { value: written } : parseQuantity(written, 'share');
  return { kind: 'share', share: 'value' in read ? read.value : 0, zipf: 'zipf' in standardRepeats ? standardRepeats.zipf : 0 };
}
