import type { Context, Files } from '../host/index.js';
import { withoutFolder } from '../model/dataset.js';
import { BenchError } from '../model/error.js';
import { hidden } from '../model/hidden.js';
import { withoutCredentials } from '../model/url.js';
import type { Baseline } from '../model/baseline.js';
import type { Plan, ServerPlan } from '../model/plan.js';
import type { Environment, RunRecord } from '../model/record.js';
import { shownWords } from './asked.js';

/** A record on disk that grows stage by stage: what was measured is there even if the program is killed. */
export interface OpenRecord {
  folder: string;
  /** The record as it stands; change it and `save()`. */
  record: RunRecord;
  /** Writes run.json (old or new, never half). */
  save(): void;
}

export interface RecordOptions {
  /** Folder of the run; null = reports/<UTC time>-<scenario>-<4 characters>. */
  output: string | null;
  /** Values that came from the environment: they are hidden wherever they stand in the plan. */
  secrets: readonly string[];
  /** What the run is held against. */
  baseline?: Baseline | undefined;
  /** Words after `mgeo-bench run` that make the plan. */
  asked?: readonly string[] | undefined;
  /** Whether those words make a comparison, of which this run is a round. */
  round?: boolean;
}

/** The folder of a run: the asked one, which must be new or empty, or reports/<UTC time>-<scenario>-<4 characters>. */
export function openFolder(plan: Pick<Plan, 'name'>, asked: string | null, ctx: Context): { id: string; folder: string } {
  const { clock, files } = ctx.host;
  const time = new Date(clock.epochMs()).toISOString().replace(/[-:]/g, '').replace(/\.\d+Z$/, 'Z');
  const name = plan.name.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 40);
  // The fraction of the monotonic clock tells two runs of one second apart.
  const four = Math.floor((clock.nowMs() * 1e3) % 36 ** 4).toString(36).padStart(4, '0');
  const id = `${time}-${name}-${four}`;
  const folder = asked ?? `reports/${id}`;
  checkFolder(folder, files);
  return { id, folder };
}

/** Whether a run may be written there, asked before anything long is begun. Throws output-not-empty. */
export function checkFolder(folder: string, files: Pick<Files, 'exists' | 'list'>): void {
  if (!files.exists(folder)) return;
  let entries: string[];
  try {
    entries = files.list(folder);
  } catch {
    throw new BenchError('output-not-empty', `${folder} is not a folder.`, { hint: 'Give a new or empty folder with --output.' });
  }
  if (entries.length > 0) {
    throw new BenchError('output-not-empty', `The output folder ${folder} is not empty.`, { hint: 'Give a new or empty folder with --output: an old run is never overwritten.' });
  }
}

/** The plan as it may be kept: header values, variables of server and job, URL credentials and everything from the environment hidden. */
export function withoutSecrets(plan: Plan, secrets: readonly string[]): Plan {
  const headers = Object.fromEntries(Object.entries(plan.request.headers).map(([name, value]) => [name, /^(accept|content-type|user-agent)$/i.test(name) ? value : hidden]));
  const { job } = plan.load;
  const load = job === undefined ? plan.load : { ...plan.load, job: { ...job, env: hiddenValues(job.env) } };
  const kept = { ...plan, load, dataset: withoutFolder(plan.dataset), request: { ...plan.request, headers }, server: shownServer(plan.server) };
  // Longest first, so that a secret within a secret leaves no rest; JSON text holds the escaped form.
  const values = [...secrets].sort((x, y) => y.length - x.length).flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]);
  return scrub(kept, values) as Plan;
}

function shownServer(server: ServerPlan): ServerPlan {
  if (server.kind === 'url') return { ...server, url: withoutCredentials(server.url) };
  if (server.kind !== 'process') return server;
  return { ...server, url: withoutCredentials(server.url), env: hiddenValues(server.env) };
}

function hiddenValues(env: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.keys(env).map((name) => [name, hidden]));
}

function scrub(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return secrets.reduce((text, secret) => text.replaceAll(secret, hidden), value);
  if (Array.isArray(value)) return value.map((item) => scrub(item, secrets));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, scrub(item, secrets)]));
}

/** Opens the record before anything is started. */
export function openRecord(plan: Plan, environment: Environment, { output, secrets, baseline, asked, round = false }: RecordOptions, ctx: Context): OpenRecord {
  const { files, clock } = ctx.host;
  const { id, folder } = openFolder(plan, output, ctx);
  files.makeDir(`${folder}/logs`);
  const record: RunRecord = {
    schema: 'mgeo-bench/run/1',
    id,
    startedAt: new Date(clock.epochMs() - ctx.sinceStartMs()).toISOString(),
    durationS: 0,
    outcome: 'running',
    failure: null,
    plan: withoutSecrets(plan, secrets),
    ...(asked === undefined ? {} : { asked: shownWords(asked, secrets) }),
    ...(round ? { round } : {}),
    environment,
    engine: null,
    dataset: null,
    server: null,
    probe: null,
    stages: [],
    gpu: null,
    series: [],
    events: [],
    warnings: [],
    ...(baseline === undefined ? {} : { baseline }),
  };
  const open: OpenRecord = {
    folder,
    record,
    save: () => {
      record.durationS = ctx.sinceStartMs() / 1000;
      files.writeText(`${folder}/run.json`, `${JSON.stringify(record)}\n`);
    },
  };
  open.save();
  return open;
}
