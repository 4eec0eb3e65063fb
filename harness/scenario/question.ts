import { withoutFolder } from '../model/dataset.js';
import type { Plan } from '../model/plan.js';
import { hashOf } from './hash.js';

/** What a plan asks of whatever server it has: traffic, load, answers. Neither the server, nor the gates, nor what values headers and environment have are part of it. */
function questionOf({ seed, request, dataset, load, answers }: Plan): Record<string, unknown> {
  const { headers, ...format } = request;
  const { job, ...rest } = load;
  // Which engine was asked for: the one that it came to is a fact of its own.
  const shape = Object.fromEntries(Object.entries(rest).filter(([key]) => key !== 'engine'));
  return {
    seed, request: { ...format, headers: Object.keys(headers) }, dataset: withoutFolder(dataset), answers,
    load: job === undefined ? shape : { ...shape, job: { ...job, env: Object.keys(job.env) } },
  };
}

/** sha256, hex, of what a plan asks. Two runs with the same hash can be held against each other. */
export function questionHash(plan: Plan): string {
  return hashOf(questionOf(plan));
}

/** What says nothing of a stage: its place stands in its path, and nobody has more than one role or arm. */
const sameInEveryPlan = /^load\.stages\[\d+\]\.(?:index|role|arm|repeat)$/;

/** The same, setting by setting: path in the plan (`load.stages[0].arrival.users`) to value, in the plan's order. Two plans with the same hash have the same settings. */
export function questionSettings(plan: Plan): Record<string, string> {
  const settings: Record<string, string> = {};
  const walk = (path: string, value: unknown): void => {
    if (value === undefined || sameInEveryPlan.test(path)) return;
    if (Array.isArray(value) && value.some((item) => typeof item === 'object' && item !== null)) {
      for (const [i, item] of value.entries()) walk(`${path}[${String(i)}]`, item);
    } else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [key, item] of Object.entries(value)) walk(path === '' ? key : `${path}.${key}`, item);
    } else settings[path] = typeof value === 'string' ? value : JSON.stringify(value);
  };
  walk('', questionOf(plan));
  return settings;
}
