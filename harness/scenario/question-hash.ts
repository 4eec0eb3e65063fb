import { withoutFolder } from '../model/dataset.js';
import type { Plan } from '../model/plan.js';
import { hashOf } from './hash.js';

/**
 * sha256, hex, of what a plan asks of whatever server it has: traffic, load, answers. Two runs with the same hash can be held against each other; neither the
 * server, nor the gates, nor what values headers and environment have are part of it.
 */
export function questionHash({ seed, request, dataset, load, answers }: Plan): string {
  const { headers, ...format } = request;
  const { job, ...rest } = load;
  // Which engine was asked for: the one that it came to is a fact of its own.
  const shape = Object.fromEntries(Object.entries(rest).filter(([key]) => key !== 'engine'));
  return hashOf({
    seed, request: { ...format, headers: Object.keys(headers) }, dataset: withoutFolder(dataset), answers,
    load: job === undefined ? shape : { ...shape, job: { ...job, env: Object.keys(job.env) } },
  });
}
