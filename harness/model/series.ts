import { z } from 'zod';

/** One measured column over time. A gap is a null, never a zero. */
export const seriesSchema = z.object({
  /** Who: `server`, `engine` (of a part of a mix `engine:NAME`), `job`, `harness`, `machine`, or `gpu:<uuid>`. */
  source: z.string(),
  /** What: `cpuS` (cumulative), `rssMiB`, `rssPeakMiB`, `queueLength`, `batches` and `batchedEntries` (cumulative), `memoryUsedMiB`, `utilization`, `powerW`, `temperatureC`, `smClockMHz`, … */
  metric: z.string(),
  unit: z.string(),
  /** ms since the run started, monotonic clock, ascending. */
  t: z.array(z.number()),
  v: z.array(z.number().nullable()),
});
export type Series = z.infer<typeof seriesSchema>;

/** One GPU as the driver names it. */
export const gpuSchema = z.object({
  uuid: z.string(),
  index: z.number().int(),
  name: z.string(),
  memoryMiB: z.number().nullable(),
  driver: z.string(),
  /** `device`, or `mig` where the card is split and figures are of the whole card. */
  scope: z.enum(['device', 'mig']),
});
export type Gpu = z.infer<typeof gpuSchema>;

/** What was learnt of the GPUs, or why nothing was. `code`: not-found, no-driver, no-device, off, unsupported, failed. */
export const gpuTelemetrySchema = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('present'),
    source: z.literal('nvidia-smi'),
    intervalMs: z.number(),
    gpus: z.array(gpuSchema),
    samples: z.number().int(),
    restarts: z.number().int(),
    /** Longest time without a sample, ms. */
    largestGapMs: z.number(),
    /** Silent stretches, ms since the run started. */
    gaps: z.array(z.object({ fromMs: z.number(), toMs: z.number(), why: z.string() })),
    /** Processes on the GPUs that are not of the server's tree or the job's, by uuid; null where they could not be listed. */
    otherProcesses: z.array(z.object({ uuid: z.string(), pid: z.number().int(), name: z.string(), memoryMiB: z.number().nullable() })).nullable(),
  }),
  z.object({ status: z.literal('absent'), code: z.string(), why: z.string() }),
]);
export type GpuTelemetry = z.infer<typeof gpuTelemetrySchema>;
