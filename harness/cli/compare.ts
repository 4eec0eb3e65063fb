import { compareRecords, roundFacts, runComparison, subjectOf } from '../comparison.js';
import { judgeComparison } from '../gate/index.js';
import type { Context, Host } from '../host/index.js';
import type { Baseline } from '../model/baseline.js';
import type { ComparisonRecord, ComparisonVerdict } from '../model/comparison.js';
import { BenchError } from '../model/error.js';
import type { RunRecord } from '../model/record.js';
import { conclude } from '../pipeline.js';
import { readComparison, readRecord } from '../record/index.js';
import { comparisonJson, comparisonReports, comparisonText, terminalTable, type Language, type ReportFormat } from '../report/index.js';
import type { LoadedPlan } from '../scenario/index.js';
import { askedWords } from './asked.js';
import { describeFailure } from './failure.js';
import type { RunFlags } from './flags.js';
import { inGithubActions, tellGithub } from './github.js';
import type { Io } from './io.js';
import { printedIn } from './language.js';
import { languagesOf, writeReports } from './report-files.js';

const versionOf = ({ files }: Host): string => (JSON.parse(files.readText(`${files.packageRoot}/package.json`)) as { version: string }).version;

/** `run` of a scenario with arms or repeats: every run whole, then all of them together. Resolves to the exit code. */
export async function runSeries(scenario: string, loaded: LoadedPlan & { design: NonNullable<LoadedPlan['design']>; baseline?: Baseline | undefined }, flags: RunFlags, ctx: Context, io: Io, endProgress: () => void): Promise<number> {
  const languages = languagesOf(flags.lang);
  const { files } = ctx.host;
  const { record, folder, failure } = await runComparison({
    arms: loaded.arms, design: loaded.design, version: versionOf(ctx.host), output: flags.output ?? null, secrets: loaded.fromEnvironment, baseline: loaded.baseline, asked: askedWords(scenario, flags),
    finish: async (run, runFolder) => {
      const { analysis, verdict, files: reports } = await conclude(run, languages);
      writeReports(reports, runFolder, files);
      ctx.onEvent({ kind: 'note', level: 'info', code: 'round-end', text: terminalTable({ record: run, analysis, verdict }, printedIn(io), { colour: false, columns: io.columns }).split('\n').at(-1) ?? '' });
      return verdict;
    },
  }, ctx);
  const verdict = judgeComparison(record, loaded.plan.policy.strict);
  endProgress();
  const code = await show({ record, verdict, different: [] }, { languages, json: flags.json === true, folder }, ctx.host, io);
  if (inGithubActions(ctx.host)) tellGithub(await comparisonReports(record, verdict, [], languages, ['github']), { verdict: verdict.status, folder }, languages[0] ?? 'en', ctx.host, io);
  if (failure === null) return code;
  io.err(`${describeFailure(failure, io)}\n`);
  return failure.exitCode;
}

interface Shown {
  record: ComparisonRecord;
  verdict: ComparisonVerdict;
  different: readonly string[];
}

async function show({ record, verdict, different }: Shown, { languages, json, folder }: { languages: readonly Language[]; json: boolean; folder: string | null }, host: Host, io: Io): Promise<number> {
  io.out(json ? comparisonJson(record, verdict, different) : `${comparisonText(record, verdict, printedIn(io))}\n`);
  if (folder === null) return verdict.exitCode;
  const reports = await comparisonReports(record, verdict, different, languages, ['markdown', 'html', 'junit', 'json']);
  const { written, failure } = writeReports(reports, folder, host.files);
  if (!json) io.out(`\n${written.filter((name) => name.endsWith('.html')).map((name) => `${folder}/${name}`).join('\n')}\n`);
  if (failure !== null) throw failure;
  return verdict.exitCode;
}

/** `report` of a comparison: renders it again, from comparison.json alone. */
export async function reportComparison(path: string, { languages, formats, output, json }: { languages: readonly Language[]; formats: readonly ReportFormat[] | null; output: string; json: boolean }, host: Host, io: Io): Promise<number> {
  const { verdict: saved, different = [], ...record } = readComparison(path, host.files);
  const verdict = saved ?? judgeComparison(record, false);
  // comparison.json is what it is made from: it is written only where it is asked for.
  const reports = await comparisonReports(record, verdict, different, languages, formats ?? undefined);
  host.files.makeDir(output);
  const { written, failure } = writeReports(reports, output, host.files);
  if (json) io.out(comparisonJson(record, verdict, different));
  else io.out(`${comparisonText(record, verdict, languages[0] ?? 'en')}\n\n${reports.filter(({ name }) => written.includes(name)).map(({ name }) => `${output}/${name}\n`).join('')}`);
  if (formats?.includes('github') === true) tellGithub(reports, { verdict: verdict.status, folder: output }, languages[0] ?? 'en', host, io);
  if (failure !== null) throw failure;
  return 0;
}

/** What `policy.equivalence` is where nobody says; a run's plan does not keep it. */
const usualEquivalence = 0.03;

export interface CompareFlags {
  lang: 'en' | 'zh-CN' | 'both';
  output?: string;
  json?: boolean;
  anyway?: boolean;
}

/** `compare A B`: two saved runs; each side may name several, separated by commas, which are paired in their order. */
export async function compare(first: string, second: string, flags: CompareFlags, host: Host, io: Io): Promise<number> {
  const [a, b] = [first, second].map((side) => side.split(',').filter((path) => path !== '')) as [string[], string[]];
  if (a.length !== b.length || a.length === 0) throw new BenchError('usage', `Runs are compared in pairs: there are ${String(a.length)} on one side and ${String(b.length)} on the other.`, { hint: 'Give as many on either side: mgeo-bench compare A1,A2 B1,B2.' });
  const read = (paths: readonly string[]): RunRecord[] => paths.map((path) => readRecord(path, host.files));
  const sides = [read(a), read(b)] as const;
  const all = [...sides[0], ...sides[1]];
  const [head] = all as [RunRecord, ...RunRecord[]];
  const different = [...new Set(all.slice(1).flatMap((record) => differencesOf(head, record)))];
  if (different.length > 0 && flags.anyway !== true) {
    throw new BenchError('unlike-runs', `These runs cannot be compared: they differ in ${different.map((fact) => `the ${fact}`).join(', ')}.`, { hint: 'What differs besides the servers would be taken for their difference. Run both on one machine, best with a matrix and compare; --anyway compares nonetheless and says so.' });
  }
  const names = namesOf(sides, [a[0] ?? '', b[0] ?? '']);
  const { policy } = head.plan;
  const design = { order: 'saved', aa: false, pairs: a.length, mostPairs: a.length, looks: 1, confidence: policy.confidence, equivalence: usualEquivalence, metric: usualMetric(head), tolerance: head.plan.answers.tolerance } as const;
  const { environment: machine } = head;
  const runs = sides.flatMap((side, i) => side.map(async (record, pair) => {
    const { analysis, verdict } = await conclude(record, ['en']);
    return { arm: names[i] ?? '', pair, run: record.id, folder: shownPath((i === 0 ? a : b)[pair] ?? ''), outcome: record.outcome, verdict: verdict.status, why: record.failure?.message ?? null, ...roundFacts(record, analysis, verdict) };
  }));
  const record: ComparisonRecord = {
    schema: 'mgeo-bench/comparison/1', id: `${head.id}+${String(all.length - 1)}`, name: head.plan.name, question: head.plan.question, startedAt: head.startedAt, version: versionOf(host), design,
    arms: names.map((name, i) => ({ name, settings: {}, ...(sides[i]?.[0] === undefined ? {} : { subject: subjectOf(sides[i][0]) }) })), rounds: await Promise.all(runs), looks: 1,
    machine: { cpu: machine.cpu, cores: machine.cores, memoryMiB: machine.memoryMiB }, outcome: 'completed', ...compareRecords(sides, names, design),
  };
  if (flags.output !== undefined) host.files.makeDir(flags.output);
  // What a saved run failed was judged when it was made; here only the difference is.
  const verdict = judgeComparison({ ...record, rounds: [] }, policy.strict);
  return show({ record, verdict, different }, { languages: languagesOf(flags.lang), json: flags.json === true, folder: flags.output ?? null }, host, io);
}

/** What decides between runs of this kind: of their last stage, as in a comparison that is run. */
function usualMetric({ plan: { load } }: RunRecord): ComparisonRecord['design']['metric'] {
  if (load.job !== undefined) return 'time';
  return load.stages.at(-1)?.arrival.kind === 'offline' ? 'pairs' : 'rps';
}

/** What of two runs must be alike for their difference to be the servers'. */
function differencesOf(a: RunRecord, b: RunRecord): string[] {
  const facts = ({ environment: e, engine, plan, gpu }: RunRecord): Record<string, unknown> => ({
    'CPU': e.cpu, 'cores': e.cores, 'memory': e.memoryMiB, 'operating system': e.os, 'Node version': e.node, 'mgeo-bench version': e.harness.version,
    'load engine': engine === null ? null : `${engine.name} ${engine.version}`,
    'GPUs or driver': gpu?.status === 'present' ? gpu.gpus.map(({ name, memoryMiB, driver }) => [name, memoryMiB, driver]) : null,
    'load': plan.load.stages.map(({ arrival, warmupS, durationS, minRequests }) => ({ arrival, warmupS, durationS, minRequests })),
    'seed': plan.seed,
  });
  const [x, y] = [facts(a), facts(b)];
  return Object.keys(x).filter((fact) => JSON.stringify(x[fact]) !== JSON.stringify(y[fact]));
}

/** What tells the sides apart: their scenario, else their server's model, else the folder. */
function namesOf([a, b]: readonly [readonly RunRecord[], readonly RunRecord[]], paths: readonly [string, string]): [string, string] {
  const [x, y] = [a[0], b[0]];
  for (const name of [(run?: RunRecord) => run?.plan.name, (run?: RunRecord) => run?.server?.model]) {
    const [one, other] = [name(x), name(y)];
    if (typeof one === 'string' && typeof other === 'string' && one !== other) return [one, other];
  }
  const [one, other] = [lastOf(paths[0]), lastOf(paths[1])];
  if (one !== other) return [one, other];
  const [shown, second] = [shownPath(paths[0]), shownPath(paths[1])];
  return [shown, shown !== second ? second : paths[0] === paths[1] ? `${second} (again)` : `${second} (2)`];
}

const lastOf = (path: string): string => path.replace(/\/(run\.json)?$/, '').split('/').at(-1) ?? path;

/** A run as it was named; of a whole path its last folder alone, for the rest tells of this machine and not of the run. */
function shownPath(path: string): string {
  return path.startsWith('/') ? lastOf(path) : path;
}
