/** What the command line says of a scenario and of a run. */
import { readArrivals } from '../dataset/index.js';
import { parseGate } from '../gate/index.js';
import type { Host } from '../host/index.js';
import { loadPlan, type LoadedPlan } from '../scenario/index.js';
import type { ProgressMode } from './progress/index.js';

export interface ScenarioFlags {
  set: string[];
  engine?: string;
  seed?: number;
  strict?: boolean;
  aa?: boolean;
  preset?: string;
}

export interface RunFlags extends ScenarioFlags {
  output?: string;
  /** File of a baseline. */
  baseline?: string;
  lang: 'en' | 'zh-CN' | 'both';
  progress: ProgressMode;
  /** Shows the report in the browser when the run is over. */
  open?: boolean;
  /** Serves a page of the run while it goes on. */
  live?: boolean;
  json?: boolean;
}

/** The plan of a scenario with the flags of the command line laid over it. */
export function planOf(scenario: string, flags: ScenarioFlags & { baseline?: string }, host: Host): LoadedPlan {
  return loadPlan(scenario, { ...flags, heldAgainst: flags.baseline !== undefined }, { parseGate, readArrivals: (path, options) => readArrivals(path, options, host.files) }, host);
}
