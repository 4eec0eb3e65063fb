import type { ConformancePlan } from '../model/conformance.js';
import type { Plan } from '../model/plan.js';
import { formatDuration, groupDigits } from '../model/unit.js';
import { labelled } from './columns.js';
import type { PlanText } from './text/index.js';

/** What stands in a plan between its question and its hash where the conformance suite takes the place of load. `server`: in words. */
export function describeConformance({ connections, patienceS }: ConformancePlan, { request, load, server: { kind } }: Plan, server: string, { label, request: requestText, conformance: text }: PlanText): string[] {
  return [
    labelled(label.checks, text.checks),
    labelled(label.server, server),
    labelled(label.request, requestText(request.path, request.format)),
    labelled(label.patience, text.patience(formatDuration(load.timeoutS * 1000), patienceS === 0 ? null : formatDuration(patienceS * 1000))),
    labelled(label.sockets, text.sockets(groupDigits(connections))),
    labelled(label.end, text.end(kind !== 'url')),
  ];
}
