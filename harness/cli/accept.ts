import { fingerprintOf, makeBaseline, unlikeFacts } from '../baseline.js';
import { factLines, factNames } from '../gate/index.js';
import type { Host } from '../host/index.js';
import { BenchError } from '../model/error.js';
import { restsOnBaseline } from '../model/metric.js';
import type { RunRecord } from '../model/record.js';
import { conclude } from '../pipeline.js';
import { baselinePath, writeBaseline } from '../record/index.js';
import { baselineText, doubtLines, type Language } from '../report/index.js';
import type { Io } from './io.js';
import { printedIn } from './language.js';
import { cliText } from './text/index.js';

export interface AcceptFlags {
  baseline?: string;
  by?: string;
  strict?: boolean;
  json?: boolean;
}

/** `gate --accept`: writes the baseline of these runs, and shows what it has; which of their stages are suspect is said on stderr. */
export async function accept(records: readonly RunRecord[], flags: AcceptFlags, host: Host, io: Io): Promise<number> {
  const [first, ...others] = records;
  if (first === undefined) throw new RangeError('commander asks for a run');
  const doubts: { run: string; lines: string[] }[] = [];
  for (const record of records) doubts.push({ run: record.id, lines: await doubtsOf(record, flags.strict === true || record.plan.policy.strict, printedIn(io)) });
  for (const other of others) {
    if (other.plan.name !== first.plan.name) throw new BenchError('unlike-runs', `These runs cannot be one baseline: ${first.id} is of the scenario ${first.plan.name}, ${other.id} of ${other.plan.name}.`, { hint: 'Accept the runs of each scenario by themselves.' });
    const unlike = unlikeFacts(fingerprintOf(first), fingerprintOf(other));
    if (unlike.length > 0) throw new BenchError('unlike-runs', `These runs cannot be one baseline: ${other.id} differs from ${first.id} in ${factNames(unlike)}.`, { details: factLines(unlike), hint: 'A baseline is of one machine, engine, model and plan.' });
  }
  const twice = records.find(({ id }, i) => records.findIndex((other) => other.id === id) !== i);
  if (twice !== undefined) throw new BenchError('usage', `The run ${twice.id} is named twice.`, { hint: 'A run counts once: give others beside it.' });
  const { version } = JSON.parse(host.files.readText(`${host.files.packageRoot}/package.json`)) as { version: string };
  const baseline = makeBaseline(records, { at: new Date(host.clock.epochMs()).toISOString(), by: flags.by ?? await accepter(host), commit: await commitHere(host), version });
  const path = flags.baseline ?? baselinePath(first.plan.name);
  writeBaseline(path, baseline, host.files);
  tellDoubts(doubts, io);
  io.out(flags.json === true ? host.files.readText(path) : `${baselineText(baseline, printedIn(io))}\n\n${path}\n`);
  return 0;
}

function tellDoubts(doubts: readonly { run: string; lines: readonly string[] }[], io: Io): void {
  const text = cliText(printedIn(io));
  for (const { run, lines } of doubts) {
    if (lines.length > 0) io.err(`${[text.warning(text.accept.suspect(run, lines.length)), ...lines.map((line) => `  ${line}`)].join('\n')}\n`);
  }
}

/**
 * What is held against others has to be sound itself: throws baseline-unfit where it is not. Its gates on an older baseline may fail: that is when one
 * is accepted anew. Gives the stages that are suspect, a line each; strictly they are refused too.
 */
async function doubtsOf(record: RunRecord, strict: boolean, language: Language): Promise<string[]> {
  const refuse = (why: string, hint: string, details: readonly string[] = []): never => { throw new BenchError('baseline-unfit', `The run ${record.id} can be no baseline: ${why}.`, { hint, details }); };
  if (record.outcome !== 'completed') refuse(record.outcome === 'running' ? 'it never ended' : record.outcome === 'aborted' ? 'it was interrupted' : 'it ended early', 'Accept a run that went through to its end.');
  const { analysis, verdict } = await conclude(withoutBaselineGates(record), ['en'], [], null);
  const alone = 'Give the load a machine of its own and run it again.';
  const invalid = doubtLines({ record, analysis }, 'invalid', language);
  if (invalid.length > 0) refuse('a measurement of it is invalid', alone, invalid);
  const failed = verdict.checks.find(({ status, level }) => status === 'fail' && level === 'error');
  if (failed !== undefined) refuse(`it fails ${failed.id}`, 'What is wrong already would be taken for right from now on: mend it, or change the gate.');
  const suspect = doubtLines({ record, analysis }, 'suspect', language);
  if (strict && suspect.length > 0) refuse('a measurement of it is suspect, and strictly that is refused (--strict, or policy.strict of its scenario)', alone, suspect);
  return suspect;
}

function withoutBaselineGates(record: RunRecord): RunRecord {
  return { ...record, plan: { ...record.plan, gates: record.plan.gates.filter((gate) => !restsOnBaseline(gate)) } };
}

/** As CI names who started it, else as git does; null where neither knows. */
async function accepter({ machine, processes }: Host): Promise<string | null> {
  for (const name of ['GITHUB_ACTOR', 'GITLAB_USER_LOGIN', 'BUILD_USER_ID']) {
    const actor = machine.variable(name);
    if (actor !== undefined && actor !== '') return actor;
  }
  return git(processes, 'config', 'user.name');
}

const commitHere = ({ processes }: Host): Promise<string | null> => git(processes, 'rev-parse', '--short=12', 'HEAD');

async function git(processes: Host['processes'], ...words: string[]): Promise<string | null> {
  if (processes.which('git') === null) return null;
  const { code, stdout } = await processes.run(['git', ...words], { brief: true, timeoutS: 5 });
  const text = stdout.trim();
  return code === 0 && text !== '' ? text : null;
}
