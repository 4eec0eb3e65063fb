import type { Context } from '../host/index.js';
import type { GpuTelemetry } from '../model/series.js';
import { parseComputeApps, type ComputeApp } from './nvidia-smi-parser/index.js';

type OtherProcesses = Extract<GpuTelemetry, { status: 'present' }>['otherProcesses'];

/** The inode of the machine's first process-id namespace (PROC_PID_INIT_INO in the kernel's include/linux/proc_ns.h). */
const firstPidNamespace = 'pid:[4026531836]';

/** The listing is a side matter: it must not hold up the run, nor its end. */
const withinS = 3;

/**
 * The processes on the GPUs now, or null where they cannot be told: the listing failed or hides rows, or we are in a container of our own process
 * numbers (the driver lists none there, or lists numbers of the host).
 */
export async function listGpuProcesses(program: string, ctx: Context): Promise<ComputeApp[] | null> {
  try {
    if (ctx.host.machine.platform === 'linux') {
      const namespace = await ctx.host.processes.run(['readlink', '/proc/self/ns/pid'], { timeoutS: withinS, signal: ctx.signal });
      if (namespace.stdout.trim() !== firstPidNamespace) return null;
    }
    const listing = await ctx.host.processes.run([program, '--query-compute-apps=gpu_uuid,pid,process_name,used_gpu_memory', '--format=csv'], { env: { LC_ALL: 'C' }, timeoutS: withinS, signal: ctx.signal });
    const { apps, hidden, listed } = parseComputeApps(listing.stdout);
    return listing.code === 0 && listed && hidden === 0 ? apps : null;
  } catch {
    return null;
  }
}

/** What was on the GPUs before or after and is not the server's; null where either listing is missing or the server's processes are not known. */
export function otherProcesses(before: ComputeApp[] | null, after: ComputeApp[] | null, serverPids: readonly number[] | null): OtherProcesses {
  if (before === null || after === null || serverPids === null) return null;
  const byProcess = new Map([...before, ...after].map((app) => [`${app.uuid} ${String(app.pid)}`, app]));
  return [...byProcess.values()].filter((app) => !serverPids.includes(app.pid)).map(({ uuid, pid, name, memoryMiB }) => ({ uuid, pid, name: fileName(name), memoryMiB }));
}

/** Without its folders: a record names no path of the machine. */
function fileName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}
