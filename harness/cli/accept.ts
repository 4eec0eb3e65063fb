import { fingerprintOf, makeBaseline, unlikeFacts } from '../baseline.js';
import { factsText } from '../gate/index.js';
import type { Host } from '../host/index.js';
import { BenchError } from '../model/error.js';
import { restsOnBaseline } from '../model/metric.js';
import type { RunRecord } from '../model/record.js';
import { conclude } from '../pipeline.js';
import { baselinePath, writeBaseline } from '../record/index.js';
import { baselineText } from '../report/index.js';
import type { Io } from './io.js';

/** `gate --accept`: writes the baseline of these runs, and shows what it has. */
export async function accept(records: readonly RunRecord[], flags: { baseline?: string; by?: string; json?: boolean }, host: Host, io: Io): Promise<number> {
  const [first, ...others] = records;
  if (first === undefined) throw new RangeError('commander asks for a run');
  for (const record of records) await checkSound(record);
  for (const other of others) {
    if (other.plan.name !== first.plan.name) throw new BenchError('unlike-runs', `These runs cannot be one baseline: ${first.id} is of the scenario ${first.plan.name}, ${other.id} of ${other.plan.name}.`, { hint: 'Accept the runs of each scenario by themselves.' });
    const unlike = unlikeFacts(fingerprintOf(first), fingerprintOf(other));
    if (unlike.length > 0) throw new BenchError('unlike-runs', `These runs cannot be one baseline: ${other.id} differs from ${first.id} in ${factsText(unlike)}.`, { hint: 'A baseline is of one machine, engine, model and plan.' });
  }
  const twice = records.find(({ id }, i) => records.findIndex((other) => other.id === id) !== i);
  if (twice !== undefined) throw new BenchError('usage', `The run ${twice.id} is named twice.`, { hint: 'A run counts once: give others beside it.' });
  const { version } = JSON.parse(host.files.readText(`${host.files.packageRoot}/package.json`)) as { version: string };
  const baseline = makeBaseline(records, { at: new Date(host.clock.epochMs()).toISOString(), by: flags.by ?? await accepter(host), commit: await commitHere(host), version });
  const path = flags.baseline ?? baselinePath(first.plan.name);
  writeBaseline(path, baseline, host.files);
  io.out(flags.json === true ? host.files.readText(path) : `${baselineText(baseline)}\n\n${path}\n`);
  return 0;
}

/** What is held against others has to be sound itself. Its gates on an older baseline may fail: that is when one is accepted anew. */
async function checkSound(record: RunRecord): Promise<void> {
  const refuse = (why: string, hint: string): never => { throw new BenchError('baseline-unfit', `The run ${record.id} can be no baseline: ${why}.`, { hint }); };
  if (record.outcome !== 'completed') refuse(record.outcome === 'running' ? 'it never ended' : `it was ${record.outcome === 'aborted' ? 'interrupted' : 'ended early'}`, 'Accept a run that went through to its end.');
  const { analysis, verdict } = await conclude(withoutBaselineGates(record), ['en'], [], null);
  const invalid = analysis.stages.find(({ validity }) => validity.status === 'invalid');
  if (invalid !== undefined) refuse(`the measurement of “${invalid.name}” is invalid (${invalid.validity.reasons.find(({ level }) => level === 'invalid')?.code ?? 'unknown'})`, 'Give the load a machine of its own and run it again.');
  const failed = verdict.checks.find(({ status, level }) => status === 'fail' && level === 'error');
  if (failed !== undefined) refuse(`it fails ${failed.id}`, 'What is wrong already would be taken for right from now on: mend it, or change the gate.');
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
  const { code, stdout } = await processes.run(['git', ...words], { timeoutS: 5 });
  const text = stdout.trim();
  return code === 0 && text !== '' ? text : null;
}
