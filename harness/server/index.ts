import type { Context } from '../host/index.js';
import { BenchError } from '../model/error.js';
import type { ServerPlan } from '../model/plan.js';
import { bootCompose } from './compose/boot.js';
import { bootProcess } from './process.js';
import { meetExternal } from './external.js';
import { referenceCommand } from './reference.js';
import type { BootOptions, RunningServer } from './running-server.js';

export { findDocker } from './compose/docker.js';
export type { BootOptions, RunningServer } from './running-server.js';

/** Starts (or meets) the server of the plan and waits until it is ready. */
export async function bootServer(plan: ServerPlan, options: BootOptions, ctx: Context): Promise<RunningServer> {
  switch (plan.kind) {
    case 'reference':
      return bootProcess(referenceCommand(plan, ctx), options, ctx);
    case 'process':
      return bootProcess({ ...plan, announces: false }, options, ctx);
    case 'compose':
      return bootCompose(plan, options, ctx);
    case 'url':
      return meetExternal(plan, ctx);
    case 'simulated':
    case 'none':
      throw new BenchError('bug', `a server of kind ${plan.kind} is not booted`);
  }
}
