/**
 * Was the machine the run's own, and was it seen whole?
 *
 *   neighbour   other programs used > 10 % of the machine while < 10 % of it was idle: suspect. With cores to spare they do little harm; where the
 *               server was met by URL its use cannot be told from others', and nothing is said
 *   steal       the hypervisor gave > 1 % of the time of all cores to other machines: suspect; > 20 %: invalid
 *   throttled   a CPU quota (cgroup) held the run's programs back for > 1 % of the window, cores added up: suspect; > 5 %: invalid
 *   gpu-gap     no sample of a GPU in > 5 % of the window: suspect; its peak may lie in the hole. Latencies are what they are
 */
import type { ValidityReason } from '../model/validity.js';
import { graded, limits, type ValidityInput } from './validity-limits.js';

/** Reasons from the machine, in a fixed order. */
export function machineReasons({ stage, machine, throttled, gpuGap }: ValidityInput): ValidityReason[] {
  const windowS = (stage.windowToMs - stage.windowFromMs) / 1000;
  const crowded = machine !== null && machine.idle < limits.idle;
  return [
    ...graded('neighbour', crowded ? machine.others : null, [limits.neighbour, Infinity], { idle: machine?.idle ?? 0 }),
    ...graded('steal', machine === null ? null : machine.steal, limits.steal),
    ...graded('throttled', throttled, limits.throttled),
    ...graded('gpu-gap', gpuGap, [limits.gpuGap, Infinity], { gapS: (gpuGap ?? 0) * windowS }),
  ];
}
