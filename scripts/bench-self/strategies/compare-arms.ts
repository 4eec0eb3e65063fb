/** A comparison through the command line: the scenario as a user would write it, its arms run in turn, and what came of it. */
import { comparisonFileSchema, type ArmComparison, type ArmSummary, type ComparedMetric, type ComparisonFile } from '../../../harness/model/comparison.js';
import type { Bench } from '../bench.js';

/** A comparison with the share of requests that repeated a pair sent before, by arm: of its first run's last stage. */
export interface Compared extends ComparisonFile {
  sentRepeats: Readonly<Record<string, number>>;
}

/** Runs the scenario into a scratch folder. Throws where no comparison came of it. */
export async function compareArms(scenario: { name: string; [key: string]: unknown }, bench: Bench): Promise<Compared> {
  const { files, processes } = bench.ctx.host;
  const folder = files.scratchDir(`bench-${scenario.name}`);
  // JSON is YAML.
  files.writeText(`${folder}/scenario.yaml`, JSON.stringify({ question: { en: 'Which is better?', 'zh-CN': '哪个更好？' }, request: 'similarity', ...scenario }));
  const done = await processes.run(processes.node('harness/cli/main.js', 'run', `${folder}/scenario.yaml`, '--output', `${folder}/out`, '--progress', 'none'), { timeoutS: 3600, signal: bench.ctx.signal });
  const text = files.tryReadText(`${folder}/out/comparison.json`);
  if (text === null) throw new Error(`the comparison ended with exit code ${String(done.code)}: ${done.stderr.trim().split('\n').at(-1) ?? ''}`);
  const file = comparisonFileSchema.parse(JSON.parse(text));
  const broken = file.rounds.find(({ outcome }) => outcome !== 'completed');
  if (broken !== undefined) throw new Error(`the run of ${broken.arm} did not complete: ${broken.why ?? broken.outcome}`);
  const sentRepeats = Object.fromEntries(file.rounds.filter(({ pair }) => pair === 0).map(({ arm, folder: of }) => [arm, repeatsOf(JSON.parse(files.readText(`${folder}/out/${of}/run.json`)) as SentOfRun)]));
  return { ...file, sentRepeats };
}

interface SentOfRun {
  stages: readonly { sent: { requests: number; times: readonly (readonly [number, number])[] } }[];
}

/** `times`: how many pairs were sent so many times. */
function repeatsOf({ stages }: SentOfRun): number {
  const sent = stages.at(-1)?.sent;
  return sent === undefined ? NaN : 1 - sent.times.reduce((sum, [, pairs]) => sum + pairs, 0) / sent.requests;
}

/** A note for each arm of which not every run was valid: those are left out of the means. */
export function leftOut({ name, rounds }: ComparisonFile): string[] {
  const arms = [...new Set(rounds.map(({ arm }) => arm))];
  return arms.flatMap((arm) => {
    const own = rounds.filter((round) => round.arm === arm);
    const invalid = own.filter(({ verdict }) => verdict === 'invalid').length;
    return invalid === 0 ? [] : [`${name}, ${arm}: ${String(invalid)} of ${String(own.length)} runs left out as invalid.`];
  });
}

/** What the arm came to. Throws where the comparison has no such arm. */
export function armOf(file: ComparisonFile, name: string): ArmSummary {
  const found = file.summaries.find(({ arm }) => arm === name);
  if (found === undefined) throw new Error(`no run of ${name} was valid`);
  return found;
}

/** The arm beside the first one; null where they were not compared. */
export function besideFirst(file: ComparisonFile, name: string): ArmComparison | null {
  return file.comparisons.find(({ second }) => second === name) ?? null;
}

/** The arm's mean of a figure of its last stage (or of the whole run); null where it was not measured. */
export function meanOf(file: ComparisonFile, name: string, metric: ComparedMetric): number | null {
  return armOf(file, name).rows.findLast((row) => row.metric === metric)?.mean ?? null;
}

/** Of two arms, second / first; null where either was not measured. */
export function ratioOf(file: ComparisonFile, first: string, second: string, metric: ComparedMetric): number | null {
  const [a, b] = [meanOf(file, first, metric), meanOf(file, second, metric)];
  return a === null || b === null ? null : b / a;
}
