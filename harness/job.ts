/** A job: a command in place of requests, measured from its start to its end, beside a server where the scenario names one. */
import type { Context } from './host/index.js';
import { driveJob } from './load/index.js';
import type { Plan } from './model/plan.js';
import type { OpenRecord } from './record/index.js';
import { bootServer, type RunningServer } from './server/index.js';
import type { Telemetry } from './telemetry/index.js';

/** Boots the server, if there is one, runs the command, and stops the server on every way out. Rejects with what ended the job early; what was measured stands in the record. */
export async function measureJob({ open, plan: { server: serverPlan, load: { job } }, telemetry }: { open: OpenRecord; plan: Plan; telemetry: Telemetry }, ctx: Context): Promise<void> {
  const { record } = open;
  const mark = (kind: string): void => void record.events.push({ tMs: ctx.sinceStartMs(), kind, text: '' });
  record.probe = { status: 'skipped', why: 'a job sends no requests' };
  await telemetry.settle();
  if (serverPlan.kind === 'none') return runJob(null);
  ctx.onEvent({ kind: 'phase', phase: 'boot' });
  mark('boot-start');
  await using server = await bootServer(serverPlan, { logFile: `${open.folder}/logs/server.log`, onSpawn: (pid) => { telemetry.watch('server', pid); } }, ctx);
  record.server = server.record;
  mark('server-ready');
  await runJob(server);

  async function runJob(beside: RunningServer | null): Promise<void> {
    const [stage] = record.plan.load.stages;
    if (stage === undefined || job === undefined) throw new RangeError('a job has a stage');
    ctx.onEvent({ kind: 'phase', phase: 'job' });
    mark('load-start');
    ctx.onEvent({ kind: 'stage-start', stage, stages: 1 });
    const { result, failure } = await driveJob({
      stage, job, url: beside?.url ?? null,
      logFile: `${open.folder}/logs/job.log`,
      onSpawn: (pid) => { telemetry.watch('job', pid); },
      endedCpuS: () => telemetry.endedCpuS(),
      serverGone: beside?.gone ?? new AbortController().signal,
    }, ctx);
    record.stages.push(result);
    mark('load-end');
    open.save();
    ctx.onEvent({ kind: 'stage-end', stage, status: result.status });
    ctx.signal.throwIfAborted();
    beside?.gone.throwIfAborted();
    if (failure !== null) throw failure;
  }
}

