/** The library: what the command line is made of. */
export { readArrivals } from './dataset/index.js';
export { createHost, type Context, type Host } from './host/index.js';
export { parseGate } from './gate/index.js';
export { loadPlan } from './scenario/index.js';
export { conclude, runPlan } from './pipeline.js';
export { readRecord } from './record/index.js';
export { BenchError, exitCodes } from './model/error.js';
export type { Analysis } from './model/analysis.js';
export type { Plan } from './model/plan.js';
export type { RunRecord } from './model/record.js';
export type { Verdict } from './model/verdict.js';
