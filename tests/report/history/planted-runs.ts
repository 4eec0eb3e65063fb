/** result.json of many runs with planted levels: what a nightly job leaves behind. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../../../harness/model/random.js';
import { renderReports, type Result } from '../../../harness/report/index.js';
import { sampleInput } from '../sample-input.js';

export interface Planted {
  runs: number;
  /** Scatter between runs, share of the figure. */
  scatter?: number;
  /** From run `from` (from 0) on the throughput of every stage is `factor` times what it was, and latencies are divided by it. */
  steps?: readonly { from: number; factor: number }[];
  seed?: number;
  /** Last word on one result. */
  change?: (result: Result, i: number) => void;
}

/** The results in order of time, one a day. */
export async function plantedResults({ runs, scatter = 0.02, steps = [], seed = 1, change }: Planted): Promise<Result[]> {
  const [file] = await renderReports(sampleInput({ users: [1, 8, 32, 64], durationS: 3, gpus: 1 }), { languages: ['en'], formats: ['json'] });
  const text = file?.content ?? '{}';
  const random = createRandom(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  return Array.from({ length: runs }, (_, i) => {
    const result = JSON.parse(text) as Result;
    const startedAt = new Date(Date.UTC(2026, 0, 1 + i, 3)).toISOString();
    result.run = { ...result.run, id: `${startedAt.slice(0, 10)}-${result.run.scenario}-${String(i).padStart(4, '0')}`, startedAt };
    const factor = steps.filter(({ from }) => i >= from).reduce((all, step) => all * step.factor, 1);
    for (const stage of result.stages) {
      const scale = factor * Math.exp(scatter * normal());
      stage.achievedRps = (stage.achievedRps ?? 0) * scale;
      const { latencyMs } = stage;
      for (const p of ['p50', 'p95', 'p99'] as const) latencyMs[p] = latencyMs[p] === null ? null : (latencyMs[p] / scale) * Math.exp(0.2 * scatter * normal());
      stage.rssPeakMiB.server = (stage.rssPeakMiB.server ?? 0) * Math.exp(0.3 * scatter * normal());
    }
    change?.(result, i);
    return result;
  });
}

/** Writes each into a folder of its own below `dir`. */
export function writeRuns(dir: string, results: readonly Result[]): void {
  for (const result of results) {
    const folder = join(dir, result.run.id);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'result.json'), `${JSON.stringify(result, null, 2)}\n`);
  }
}
