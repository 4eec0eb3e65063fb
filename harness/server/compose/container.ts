/** One container as the engine describes it. */
import type { Context } from '../../host/index.js';
import { BenchError } from '../../model/error.js';
import type { ContainerRecord } from '../../model/record.js';
import { ask, type Said } from './docker.js';

const askTimeoutS = 20;

interface Inspected {
  Image?: unknown;
  Config?: { Image?: unknown };
  HostConfig?: { NanoCpus?: unknown; CpuQuota?: unknown; CpuPeriod?: unknown; Memory?: unknown };
  State?: { Pid?: unknown; Status?: unknown; ExitCode?: unknown; OOMKilled?: unknown; Health?: { Status?: unknown; Log?: { Output?: unknown }[] } };
}

/** What matters of it. `health` is null where its image and the compose file name no check. */
export interface Container {
  image: string;
  imageId: string;
  pid: number | null;
  /** Cores it may use at most, MiB of memory likewise; null without a limit. */
  cpuLimit: number | null;
  memoryLimitMiB: number | null;
  status: string;
  exitCode: number | null;
  outOfMemory: boolean;
  health: string | null;
  /** The last words of its health check. */
  healthSays: string;
}

/** Null where there is no such container any more. */
export async function inspectContainer(id: string, ctx: Context): Promise<Container | null> {
  const said = await ask(['docker', 'inspect', '--type', 'container', id], { timeoutS: askTimeoutS, signal: ctx.signal }, ctx);
  ctx.signal.throwIfAborted();
  const [found] = listOf(said) as Inspected[];
  if (found === undefined) return null;
  const state = found.State ?? {};
  const log = state.Health?.Log;
  return {
    image: text(found.Config?.Image), imageId: text(found.Image), pid: typeof state.Pid === 'number' && state.Pid > 0 ? state.Pid : null,
    cpuLimit: cpuLimitOf(found.HostConfig ?? {}), memoryLimitMiB: positive(found.HostConfig?.Memory, 2 ** 20),
    status: text(state.Status), exitCode: typeof state.ExitCode === 'number' ? state.ExitCode : null, outOfMemory: state.OOMKilled === true,
    health: typeof state.Health?.Status === 'string' ? state.Health.Status : null,
    healthSays: text(log?.at(-1)?.Output).trim().split('\n').at(-1) ?? '',
  };
}

/** `cpus: 1.5` is kept in billionths, `cpu_quota` in microseconds of each period, by default of 100 ms. */
function cpuLimitOf({ NanoCpus, CpuQuota, CpuPeriod }: NonNullable<Inspected['HostConfig']>): number | null {
  const period = typeof CpuPeriod === 'number' && CpuPeriod > 0 ? CpuPeriod : 100_000;
  return positive(NanoCpus, 1e9) ?? positive(CpuQuota, period);
}

const positive = (value: unknown, unit: number): number | null => (typeof value === 'number' && value > 0 ? value / unit : null);

/** What of the image goes into the record: two runs of one tag may be of two images, or under two limits. */
export async function recordOf({ image, imageId, cpuLimit, memoryLimitMiB }: Container, versions: { engine: string; compose: string }, ctx: Context): Promise<ContainerRecord> {
  const said = await ask(['docker', 'image', 'inspect', imageId], { timeoutS: askTimeoutS, signal: ctx.signal }, ctx);
  ctx.signal.throwIfAborted();
  const [found] = listOf(said) as { RepoDigests?: unknown }[];
  const digests = Array.isArray(found?.RepoDigests) ? found.RepoDigests.filter((one): one is string => typeof one === 'string') : [];
  return { image, imageId, digest: digests[0] ?? null, cpuLimit, memoryLimitMiB, ...versions };
}

/** The process of a container as this machine sees it; null where it is another machine's, or hidden. */
export function visiblePid(id: string, { pid }: Container, ctx: Context): number | null {
  if (pid === null) return null;
  // The engine may run in a virtual machine or on another host, where the same number is somebody else's process.
  return ctx.host.files.tryReadText(`/proc/${String(pid)}/cgroup`)?.includes(id.slice(0, 64)) === true ? pid : null;
}

/** A container that has ended, as an error. */
export function endedError(service: string, container: Container | null, details: readonly string[]): BenchError {
  const how = container === null ? 'was removed' : container.outOfMemory ? 'was killed, for it had no memory left' : `ended with exit code ${String(container.exitCode)}`;
  return new BenchError('server-crashed', `The container of ${service} ${how}.`, {
    hint: details.length === 0 ? 'It wrote nothing: run docker compose up by hand to see why.' : 'Its last lines stand above; the whole log is in the run folder under logs/.',
    details,
  });
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function listOf(said: Said): unknown[] {
  if (said.code !== 0) return [];
  try {
    const value: unknown = JSON.parse(said.stdout);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
