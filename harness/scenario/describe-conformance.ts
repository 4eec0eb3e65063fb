import type { ConformancePlan } from '../model/conformance.js';
import type { Plan } from '../model/plan.js';
import { formatDuration, groupDigits } from '../model/unit.js';

/** What stands in a plan between its question and its hash where the conformance suite takes the place of load. `server`: in words. */
export function describeConformance({ connections, patienceS }: ConformancePlan, { request, load, server: { kind } }: Plan, server: string): string[] {
  const own = kind !== 'url';
  return [
    'checks    health and readiness, answers, headers, errors, limits, sockets, slow clients, overload, drain',
    `server    ${server}`,
    `request   POST ${request.path} (${request.format})`,
    `patience  ${formatDuration(load.timeoutS * 1000)} for an answer; ${patienceS === 0 ? 'slow clients are not waited for' : `${formatDuration(patienceS * 1000)} until a slow client has to be cut off`}`,
    `sockets   ${groupDigits(connections)} opened at once, and left`,
    `end       ${own ? 'SIGTERM, for the checks of the drain' : 'the server runs already, so the checks of its start and of its drain are left out'}`,
  ];
}
