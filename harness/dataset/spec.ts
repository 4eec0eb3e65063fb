import { standardHard, type DatasetPlan } from '../model/dataset.js';
import { labelledMix } from '../model/mix.js';
import { standardRepeats, type FittedProfile } from '../model/profile.js';

const hard = { ...standardHard };
const even = (count: number): DatasetPlan['mix'] => ({ high: count, low: count, boundary: count, noisy: count, abnormal: 0 });

/** Labels of real pairs (development part of GeoEAG): few are one place. */
const realLabels = { exact: 0.098, partial: 0.397, not: 0.505 };

/** Datasets that need no scenario: by name, what `dataset make NAME` makes when no flag changes it. */
const specs: Readonly<Record<string, DatasetPlan>> = {
  golden: { seed: 7, mix: { ...even(500), abnormal: 500 }, hard, profile: { kind: 'typical' } },
  typical: { seed: 7, mix: labelledMix(realLabels, 2000), hard, profile: { kind: 'typical' } },
  long: { seed: 7, mix: even(125), hard, profile: { kind: 'long' } },
  unique: { seed: 7, mix: even(500), hard, profile: { kind: 'unique' } },
  duplicates: { seed: 7, mix: even(500), hard, profile: { kind: 'duplicates', repeats: standardRepeats } },
};

/** A dataset after a fitted profile, with the labels of its log, where it had some: 2,000 pairs where nothing else is said. */
export const fittedSpec = (file: string, fitted: FittedProfile): DatasetPlan =>
  ({ seed: 7, mix: fitted.labels === null ? even(500) : labelledMix(fitted.labels, 2000), hard, profile: { kind: 'fitted', file, fitted } });

export const datasetSpecs: readonly string[] = Object.keys(specs);

/** The dataset of this name; `undefined` where the name is not one of `datasetSpecs`, and may be that of a scenario. */
export const datasetSpec = (name: string): DatasetPlan | undefined => (Object.hasOwn(specs, name) ? structuredClone(specs[name]) : undefined);
