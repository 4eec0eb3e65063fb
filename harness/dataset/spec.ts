import { standardHard, type DatasetPlan } from '../model/dataset.js';

/** Datasets that need no scenario: by name, what `dataset make NAME` makes when no flag changes it. */
const specs: Readonly<Record<string, DatasetPlan>> = {
  golden: { seed: 7, mix: { high: 500, low: 500, boundary: 500, noisy: 500, abnormal: 500 }, hard: { ...standardHard } },
};

export const datasetSpecs: readonly string[] = Object.keys(specs);

/** The dataset of this name; `undefined` where the name is not one of `datasetSpecs`, and may be that of a scenario. */
export const datasetSpec = (name: string): DatasetPlan | undefined => (Object.hasOwn(specs, name) ? structuredClone(specs[name]) : undefined);
