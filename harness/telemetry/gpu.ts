import type { Context, RunningProcess } from '../host/index.js';
import { spawnFault } from '../model/system-failure.js';
import type { GpuUse } from '../model/event.js';
import type { GpuTelemetry, Series } from '../model/series.js';
import { listGpuProcesses, otherProcesses } from './gpu-processes.js';
import { surveyGpus, type GpuSurvey } from './gpu-survey.js';
import { createGpuTrack, silentIntervals, type GpuTrack } from './gpu-track.js';
import { createNvidiaSmiParser, type Message } from './nvidia-smi-parser/index.js';

export interface GpuOptions {
  gpu: 'auto' | 'off';
  /** Asked of nvidia-smi. Its real period is this plus the time one query takes. */
  intervalMs: number;
}

export interface GpuSampler {
  /** Memory in use on all GPUs now, MiB; null when it is not known. */
  latestMiB(): number | null;
  /** The same for each GPU, with its use. */
  latest(): GpuUse[];
  /** Why it is not known: the code of the absence, or `pending` before the first sample. */
  absence(): string | null;
  /** Resolves once every figure of a baseline has been seen (two kept samples), or after five seconds; rejects when the run is interrupted. */
  settle(): Promise<void>;
  /** Ends the sampler. `serverPids`: every process of the server's tree and the job's, also ended ones; null when they are not known. */
  stop(options: { serverPids: readonly number[] | null }): Promise<{ gpu: GpuTelemetry; series: Series[] }>;
}

/** How often nvidia-smi is started again in one run, and the pause before the first time; each further pause is twice as long. */
const mostRestarts = 5;
const firstBackOffMs = 500;
/** The first line may take the start of the driver (1.5 s with persistence mode off, more with many GPUs). */
const firstLineMs = 15_000;
/** A process that hangs in the driver cannot even be killed: we go on without its end. */
const abandonMs = 2_000;
const settleMs = 5_000;
/** A long interval must not make the wait for a baseline as long. */
const longestLookMs = 250;
const baselineSamples = 2;
const leastListingGapMs = 1_000;

/** Starts one long-lived nvidia-smi and keeps what it says, or says why there is nothing to keep. Never throws for a GPU's sake. */
export async function startGpuSampler(options: GpuOptions, ctx: Context): Promise<GpuSampler> {
  if (options.gpu === 'off') return absentSampler({ code: 'off', why: 'GPU sampling was switched off in the scenario' });
  const survey = await surveyGpus(ctx);
  return survey.status === 'absent' ? absentSampler(survey) : presentSampler(survey, Math.max(1, Math.round(options.intervalMs)), ctx);
}

function absentSampler({ code, why }: { code: string; why: string }): GpuSampler {
  return {
    latestMiB: () => null,
    latest: () => [],
    absence: () => code,
    settle: () => Promise.resolve(),
    stop: () => Promise.resolve({ gpu: { status: 'absent', code, why }, series: [] }),
  };
}

async function presentSampler(survey: Extract<GpuSurvey, { status: 'present' }>, intervalMs: number, ctx: Context): Promise<GpuSampler> {
  const { clock } = ctx.host;
  const before = await listGpuProcesses(survey.program, ctx);
  const listedMs = clock.nowMs();
  const track = createGpuTrack(ctx.sinceStartMs());
  const stopping = new AbortController();
  const restarts = { count: 0 };
  const running = keepSampling({ survey, intervalMs, track, restarts, stopping: stopping.signal }, ctx);

  return {
    latestMiB: () => track.latestMiB(),
    latest: () => survey.gpus.flatMap(({ uuid, index }) => track.latest().filter((gpu) => gpu.uuid === uuid).map(({ memoryMiB, utilization }) => ({ index, memoryMiB, utilization }))),
    absence: () => (track.latestMiB() !== null ? null : track.samples() === 0 ? 'pending' : 'failed'),
    settle: async () => {
      const untilMs = clock.nowMs() + settleMs;
      while (track.samples() < baselineSamples && clock.nowMs() < untilMs) await clock.sleep(Math.min(intervalMs / 2, longestLookMs), ctx.signal);
    },
    stop: async ({ serverPids }) => {
      stopping.abort();
      await running;
      const { series, gaps, largestGapMs } = track.finish(ctx.sinceStartMs());
      if (track.samples() === 0) {
        return { gpu: { status: 'absent', code: 'failed', why: `nvidia-smi listed a GPU but sampled none: ${gaps[0]?.why ?? 'the run ended first'}` }, series: [] };
      }
      // After Ctrl-C seconds count: what was seen at the start must do.
      const after = ctx.signal.aborted || clock.nowMs() - listedMs < leastListingGapMs ? before : await listGpuProcesses(survey.program, ctx);
      const gpu: GpuTelemetry = {
        status: 'present',
        source: 'nvidia-smi',
        intervalMs,
        gpus: survey.gpus,
        samples: track.samples(),
        restarts: restarts.count,
        largestGapMs,
        gaps,
        otherProcesses: otherProcesses(before, after, serverPids),
      };
      return { gpu, series };
    },
  };
}

interface Loop {
  survey: Extract<GpuSurvey, { status: 'present' }>;
  intervalMs: number;
  track: GpuTrack;
  restarts: { count: number };
  stopping: AbortSignal;
}

/** One nvidia-smi after the other until told to stop, or until it has ended too often. */
async function keepSampling(loop: Loop, ctx: Context): Promise<void> {
  const { track, restarts, stopping } = loop;
  for (let backOffMs = firstBackOffMs; ; backOffMs *= 2) {
    const why = await sampleUntilItEnds(loop, ctx);
    if (stopping.aborted) return;
    const last = restarts.count >= mostRestarts;
    track.lost(ctx.sinceStartMs(), last ? `${why}; it was not started again after ${String(mostRestarts)} times` : why);
    if (last) return;
    try {
      await ctx.host.clock.sleep(backOffMs, stopping);
    } catch {
      return;
    }
    restarts.count += 1;
    track.restarted();
  }
}

/** Runs one nvidia-smi and returns why it ended. */
async function sampleUntilItEnds({ survey, intervalMs, track, stopping }: Loop, ctx: Context): Promise<string> {
  const { clock, processes } = ctx.host;
  let silentTicks = 0;
  let spoke = false;
  let ended = false;
  let lastMessage: Message | null = null;
  const parser = createNvidiaSmiParser({
    onSample: (row) => {
      // What a process says that was given up belongs to a gap.
      if (ended) return;
      silentTicks = 0;
      spoke = true;
      // Arrival on our own clock: the driver's timestamps are local time without a zone.
      track.take(row, ctx.sinceStartMs());
    },
    onMessage: (message) => {
      lastMessage = message;
    },
  });
  let child: RunningProcess;
  try {
    child = await processes.spawn(loopCommand(survey, intervalMs, processes.which('stdbuf')), { name: 'nvidia-smi', env: { LC_ALL: 'C' }, onStdout: parser.push });
  } catch (error) {
    return `nvidia-smi could not be started: ${spawnFault(error)}`;
  }
  return await new Promise<string>((resolve) => {
    const finish = (why: string): void => {
      unwatch();
      stopping.removeEventListener('abort', stop);
      resolve(why);
    };
    const end = async (why: string): Promise<void> => {
      ended = true;
      unwatch();
      await Promise.race([child.stop(0.5), clock.sleep(abandonMs)]);
      finish(why);
    };
    const stop = (): void => void end('the run ended');
    // Ticks are counted, not milliseconds: a stall of our own event loop makes ticks late too, and must not look like a silent GPU.
    const unwatch = clock.every(intervalMs, () => {
      silentTicks += 1;
      if (silentTicks < (spoke ? silentIntervals : Math.max(silentIntervals, firstLineMs / intervalMs))) {
        track.tick(ctx.sinceStartMs());
        return;
      }
      void end(spoke ? `nvidia-smi said nothing for ${String(silentIntervals)} intervals` : `nvidia-smi said nothing for ${String(firstLineMs / 1000)} s after its start`);
    });
    stopping.addEventListener('abort', stop);
    if (stopping.aborted) stop();
    void child.exited.then((exit) => {
      parser.end();
      if (!ended) finish(`nvidia-smi ended with ${exit.signal ?? `code ${String(exit.code)}`}${lastMessage === null ? '' : `: ${lastMessage.text}`}`);
    });
  });
}

/** A C program that writes to a pipe keeps its lines back by the kilobyte; stdbuf makes it write line by line. */
function loopCommand({ program, fields }: Loop['survey'], intervalMs: number, stdbuf: string | null): string[] {
  return [...(stdbuf === null ? [] : [stdbuf, '-oL']), program, `--query-gpu=${fields.join(',')}`, '--format=csv,nounits', '-lms', String(intervalMs)];
}
