import type { Plan } from '../model/plan.js';

/** What has no part in a job, and in the conformance suite. */
const ofLoad = /^(?:dataset|answers|record)\.|^load\.(?:engine|onEngineFailure|stages)$/;
const ofRequests = /^(?:request|dataset|answers|record)\.|^load\.(?:engine|timeoutS|onEngineFailure)$/;

/** Every setting of the plan as "path, value", in the plan's order; stages are in the table of stages. */
export function settingsOf(plan: Plan): [string, string][] {
  const rows: [string, string][] = [];
  const walk = (path: string, value: unknown): void => {
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      for (const [key, inner] of Object.entries(value)) walk(path === '' ? key : `${path}.${key}`, inner);
    } else rows.push([path, typeof value === 'string' ? value : JSON.stringify(value)]);
  };
  const { load, gates } = plan;
  walk('', { ...plan, load: { ...load, stages: load.stages.map((stage) => stage.name) }, gates: gates.map((gate) => gate.id) });
  // They stand elsewhere in the report.
  const shown = new Set(['hash', 'schema', 'question.en', 'question.zh-CN']);
  return rows.filter(([path]) => !shown.has(path) && !(load.job !== undefined && ofRequests.test(path)) && !(load.conformance !== undefined && ofLoad.test(path)));
}
