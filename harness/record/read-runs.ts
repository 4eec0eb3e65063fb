/**
 * The runs below a folder, by their result.json: what a history is made of. A file that is broken or somebody else's is named and left out, and so is a
 * run whose record says that it counts in no history (`record.history: false`): an example that is kept, a demonstration.
 *
 * Of result.json only what a history needs is checked, so that a later version that adds fields is read too.
 */
import { z } from 'zod';
import type { Files } from '../host/index.js';
import type { FoundHistory, HistoryFigure, HistoryMetric, HistoryRun, SkippedFile } from '../model/history.js';

const figure = z.number().nullable();

const stageSchema = z.object({
  name: z.string(), role: z.string(), achievedRps: figure,
  latencyMs: z.object({ p50: figure, p95: figure, p99: figure }),
  errors: z.object({ rate: figure }),
  rssPeakMiB: z.object({ server: figure }),
  gpus: z.union([z.array(z.object({ memoryMiB: z.object({ peak: figure }) })), z.object({ absent: z.string() })]),
  job: z.object({ durationS: z.number(), rssPeakMiB: figure }).optional(),
  validity: z.object({ status: z.enum(['valid', 'suspect', 'invalid']) }),
});

const resultSchema = z.object({
  schema: z.literal('mgeo-bench/result/1'),
  run: z.object({
    id: z.string(), scenario: z.string(), startedAt: z.iso.datetime(), planHash: z.string(),
    engine: z.object({ name: z.string(), version: z.string() }).nullable(),
    history: z.boolean().optional(),
    server: z.object({ model: z.string().optional(), modelSha256: z.string().optional() }),
    machine: z.object({ cpu: z.string(), cores: z.number(), memoryMiB: z.number(), gpus: z.array(z.object({ name: z.string(), memoryMiB: figure, driver: z.string() })) }),
  }),
  verdict: z.object({ status: z.string() }),
  stages: z.array(stageSchema),
  analysis: z.object({ search: z.object({ end: z.string().nullable(), lowRps: figure }).optional() }),
});
type ReadResult = z.infer<typeof resultSchema>;

/** Deeper than a run lies nobody looks: `reports/<month>/<run>/result.json`. */
const deepest = 4;

/** Folders without runs of a history: what one run printed, dependencies, and the runs of a comparison, whose arms differ on purpose. */
const skippedFolders: ReadonlySet<string> = new Set(['logs', 'node_modules', 'rounds']);

/** All runs below `dir`, which must be a folder that can be read. */
export function readRuns(dir: string, files: Pick<Files, 'list' | 'tryReadText'>): FoundHistory {
  const found: FoundHistory = { runs: [], skipped: [] };
  const seen = new Set<string>();
  // Level by level: of a run that a link shows twice the nearer one is read.
  let level = [{ folder: dir, names: files.list(dir) }];
  for (let depth = 0; level.length > 0 && depth <= deepest; depth += 1) {
    for (const { folder, names } of level) {
      if (names.includes('result.json')) readRun(`${folder}/result.json`, files, seen, found);
      else if (names.includes('run.json')) found.skipped.push({ path: `${folder}/run.json`, why: 'no-result' });
    }
    level = depth === deepest ? [] : level.flatMap(({ folder, names }) => names.flatMap((name) => foldersAt(folder, name, files)));
  }
  return found;
}

/** The folder of that name with what it holds; nothing where it is none, or none that runs lie in. */
function foldersAt(parent: string, name: string, files: Pick<Files, 'list'>): { folder: string; names: string[] }[] {
  if (skippedFolders.has(name) || name.startsWith('.') || /\.(?:json|html|md|xml|txt|csv|gz|log|yaml)$/.test(name)) return [];
  try {
    return [{ folder: `${parent}/${name}`, names: files.list(`${parent}/${name}`) }];
  } catch {
    return [];
  }
}

function readRun(path: string, files: Pick<Files, 'tryReadText'>, seen: Set<string>, { runs, skipped }: FoundHistory): void {
  const skip = (why: SkippedFile['why']): void => void skipped.push({ path, why });
  let value: unknown;
  try {
    value = JSON.parse(files.tryReadText(path) ?? '');
  } catch {
    skip('not-json');
    return;
  }
  if ((value as { schema?: unknown } | null)?.schema !== 'mgeo-bench/result/1') {
    skip('other-schema');
    return;
  }
  const parsed = resultSchema.safeParse(value);
  if (!parsed.success) {
    skip('broken');
    return;
  }
  const { run } = parsed.data;
  if (run.history === false) {
    skip('set-aside');
    return;
  }
  if (seen.has(run.id)) {
    skip('twice');
    return;
  }
  seen.add(run.id);
  runs.push(runOf(path, parsed.data));
}

function runOf(path: string, { run, verdict, stages, analysis }: ReadResult): HistoryRun {
  const { model = '', modelSha256 = '' } = run.server;
  const measured = stages.filter(({ role }) => role === 'measure');
  return {
    path, id: run.id, scenario: run.scenario, startedAt: run.startedAt, machine: machineOf(run), engine: run.engine === null ? '' : `${run.engine.name} ${run.engine.version}`, verdict: verdict.status, planHash: run.planHash,
    model: [model, modelSha256.slice(0, 12)].filter((word) => word !== '').join(' '),
    // The probes of a search ask other rates each time: of them the found rate alone.
    figures: analysis.search === undefined ? measured.filter(({ validity }) => validity.status !== 'invalid').flatMap(stageFigures) : figures(null, { capacity: analysis.search.end === 'found' ? analysis.search.lowRps : null }),
    invalidStages: analysis.search === undefined ? measured.filter(({ validity }) => validity.status === 'invalid').length : 0,
  };
}

/** Memory in whole GiB: two machines of a kind differ in what their kernels keep. */
function machineOf({ machine: { cpu, cores, memoryMiB, gpus } }: ReadResult['run']): string {
  const cards = gpus.map(({ name, memoryMiB: size, driver }) => `${name}${size === null ? '' : ` ${String(Math.round(size / 1024))} GiB`}, driver ${driver}`);
  return [`${cpu}, ${String(cores)} cores, ${String(Math.round(memoryMiB / 1024))} GiB`, ...cards].join(' · ');
}

function figures(stage: string | null, values: Partial<Record<HistoryMetric, number | null>>): HistoryFigure[] {
  return Object.entries(values).flatMap(([metric, value]) => (value === null ? [] : [{ stage, metric: metric as HistoryMetric, gpu: null, value }]));
}

function stageFigures({ name, achievedRps, latencyMs: { p50, p95, p99 }, errors, rssPeakMiB, gpus, job }: ReadResult['stages'][number]): HistoryFigure[] {
  const cards = Array.isArray(gpus) ? gpus.flatMap(({ memoryMiB: { peak } }, gpu): HistoryFigure[] => (peak === null ? [] : [{ stage: job === undefined ? name : null, metric: 'vram', gpu, value: peak }])) : [];
  if (job !== undefined) return [...figures(null, { time: job.durationS, rss: job.rssPeakMiB }), ...cards];
  return [...figures(name, { throughput: achievedRps, p50, p95, p99, errors: errors.rate, rss: rssPeakMiB.server }), ...cards];
}
