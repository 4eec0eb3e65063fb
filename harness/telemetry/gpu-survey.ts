import type { Context } from '../host/index.js';
import { spawnFault } from '../model/system-failure.js';
import type { Gpu } from '../model/series.js';
import { classifyMessage, createNvidiaSmiParser, numberOf, textOf, type Message, type Row } from './nvidia-smi-parser/index.js';

/** What there is to sample, or why there is nothing. */
export type GpuSurvey =
  | { status: 'present'; program: string; gpus: Gpu[]; fields: string[] }
  | { status: 'absent'; code: 'not-found' | 'no-driver' | 'no-device' | 'unsupported' | 'failed'; why: string };

/** Asked in every sample. */
const sampledFields = ['index', 'uuid', 'name', 'memory.used', 'utilization.gpu', 'power.draw', 'temperature.gpu', 'clocks.sm', 'clocks_event_reasons.active', 'mig.mode.current'];
/** Asked once: they do not change while load runs. */
const standingFields = ['driver_version', 'memory.total'];
/** What older drivers call a field. A field without an older name is done without. */
const olderNames: Readonly<Record<string, string>> = { 'clocks_event_reasons.active': 'clocks_throttle_reasons.active' };
/** Without these two there is nothing to report. */
const neededFields = ['uuid', 'memory.used'];
/** With persistence mode off the driver itself starts first, which takes seconds on machines with many GPUs. */
const surveyTimeoutS = 30;

/** Exit codes from the manual page of nvidia-smi. */
const exitMeanings: Readonly<Record<number, 'no-driver' | 'no-device'>> = { 6: 'no-device', 9: 'no-driver', 12: 'no-driver', 18: 'no-driver' };

/**
 * Asks nvidia-smi once what GPUs there are, and finds the field names this driver knows. Run it before any load: starting a program holds up
 * the harness for milliseconds.
 */
export async function surveyGpus(ctx: Context): Promise<GpuSurvey> {
  const program = ctx.host.processes.which('nvidia-smi');
  if (program === null) {
    return ctx.host.machine.platform === 'darwin'
      ? { status: 'absent', code: 'unsupported', why: 'macOS has no NVIDIA driver, so no GPU memory could be read' }
      : { status: 'absent', code: 'not-found', why: 'nvidia-smi is not on the PATH, so no GPU memory could be read' };
  }
  let sampled = sampledFields;
  // Each refusal changes one field, so this ends.
  for (;;) {
    const asked = [...standingFields, ...sampled];
    const answer = await ask(program, asked, ctx);
    const refused = answer.messages.find((message) => message.code === 'invalid-field')?.field;
    if (refused === undefined || refused === null || !sampled.includes(refused) || neededFields.includes(refused)) return conclude(program, sampled, answer);
    sampled = sampled.flatMap((field) => (field === refused ? olderNames[field] ?? [] : field));
  }
}

interface Answer {
  rows: Row[];
  messages: Message[];
  /** One sentence's end: how the program ended. */
  ending: string;
  code: number | null;
}

async function ask(program: string, fields: readonly string[], ctx: Context): Promise<Answer> {
  const rows: Row[] = [];
  const messages: Message[] = [];
  const parser = createNvidiaSmiParser({ onSample: (row) => rows.push(row), onMessage: (message) => messages.push(message) });
  try {
    const run = await ctx.host.processes.run([program, `--query-gpu=${fields.join(',')}`, '--format=csv,nounits'], { env: { LC_ALL: 'C' }, timeoutS: surveyTimeoutS, signal: ctx.signal });
    ctx.signal.throwIfAborted();
    parser.push(run.stdout);
    parser.end();
    for (const line of run.stderr.split('\n')) if (line.trim() !== '') messages.push(classifyMessage(line));
    const ending = run.timedOut ? `it did not answer within ${String(surveyTimeoutS)} s` : `it ended with ${run.signal ?? `code ${String(run.code)}`}`;
    return { rows, messages, ending, code: run.timedOut ? null : run.code };
  } catch (error) {
    ctx.signal.throwIfAborted();
    return { rows, messages, ending: spawnFault(error), code: null };
  }
}

function conclude(program: string, fields: string[], answer: Answer): GpuSurvey {
  const gpus = answer.rows.flatMap((row) => gpuOf(row));
  if (gpus.length > 0) return { status: 'present', program, gpus, fields };
  const said = answer.messages[0]?.text ?? answer.ending;
  const codes = answer.messages.map((message) => message.code);
  if (codes.includes('no-devices')) return { status: 'absent', code: 'no-device', why: 'nvidia-smi found no GPU' };
  if (codes.some((code) => code === 'no-driver' || code === 'driver-mismatch' || code === 'no-library')) {
    return { status: 'absent', code: 'no-driver', why: `the NVIDIA driver does not answer: ${said}` };
  }
  const meaning = answer.code === null ? undefined : exitMeanings[answer.code];
  return { status: 'absent', code: meaning ?? 'failed', why: `nvidia-smi told of no GPU: ${said}` };
}

function gpuOf(row: Row): Gpu[] {
  if (row.uuid === null) return [];
  return [{
    uuid: row.uuid,
    index: numberOf(row, 'index') ?? -1,
    name: textOf(row, 'name') ?? 'unknown',
    memoryMiB: numberOf(row, 'memory.total', 'MiB'),
    driver: textOf(row, 'driver_version') ?? 'unknown',
    scope: row.mig === true ? 'mig' : 'device',
  }];
}
