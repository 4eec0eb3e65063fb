/** What the server is asked one at a time, before the load. */
import type { Context } from './host/index.js';
import type { Plan } from './model/plan.js';
import { probeAnswers, type Probe, type probeAbnormal } from './probe/index.js';
import { encodeBody, readAnswer } from './request/index.js';
import type { RunningServer } from './server/index.js';
import type { Traffic } from './traffic.js';

/** Golden answers, oracles and probes. */
export function askGolden(plan: Plan, traffic: Traffic, server: RunningServer, ctx: Context): Promise<Probe> {
  return probeAnswers({
    ...asking(plan, server),
    server: server.record,
    tolerance: plan.answers.tolerance,
    pairs: traffic.golden,
    probePairs: traffic.probePairs,
    familyOf: traffic.familyOf,
    mayKeepText: traffic.mayKeepText,
  }, ctx);
}

/** How this plan's questions are asked of this server, one at a time. */
export function asking({ request, load }: Plan, { url, gone }: RunningServer): Pick<Parameters<typeof probeAbnormal>[0], 'request' | 'url' | 'timeoutS' | 'encode' | 'read' | 'gone'> {
  return {
    request, url, gone, timeoutS: load.timeoutS,
    encode: (a, b) => encodeBody(request, a, b),
    read: (status, body) => readAnswer(request, status, body),
  };
}
