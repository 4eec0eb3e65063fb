import type { Files } from '../host/index.js';
import { createThrottleReader } from './cgroup.js';
import { parseLoad, parseMachineTimes, type MachineTimes } from './proc-file.js';

export interface MachinePoint {
  metric: 'utilization' | 'steal' | 'load1' | 'throttledS';
  unit: string;
  value: number;
}

/**
 * Reads how busy the whole machine has been since the last reading: `utilization` = (user + nice + system + irq + softirq) / all, and `steal`, the share
 * of time the hypervisor gave to other machines, both 0..1 over all cores; `load1` as the kernel says it. In a container it is still the machine;
 * what a quota of the container takes is `throttledS`, cumulative, absent where there can be none.
 */
export function createMachineReader(files: Files): { read(): MachinePoint[] } {
  let last: MachineTimes | null = null;
  const throttle = createThrottleReader(files);
  return {
    read: () => {
      const points: MachinePoint[] = [];
      const now = parseMachineTimes(files.tryReadText('/proc/stat') ?? '');
      const spentS = now === null || last === null ? 0 : now.totalS - last.totalS;
      if (now !== null && last !== null && spentS > 0) {
        points.push({ metric: 'utilization', unit: 'share', value: share(now.busyS - last.busyS, spentS) });
        points.push({ metric: 'steal', unit: 'share', value: share(now.stealS - last.stealS, spentS) });
      }
      // A reading within the same tick of the kernel's clock tells nothing: the next one counts from the older.
      if (last === null || spentS > 0) last = now;
      const load = parseLoad(files.tryReadText('/proc/loadavg') ?? '');
      if (load !== null) points.push({ metric: 'load1', unit: 'processes', value: load });
      const throttledS = throttle.readS();
      if (throttledS !== null) points.push({ metric: 'throttledS', unit: 's', value: throttledS });
      return points;
    },
  };
}

/** The idle counters may step back by a tick on some kernels. */
function share(partS: number, wholeS: number): number {
  return Math.min(1, Math.max(0, partS / wholeS));
}
