import type { JobPlan } from '../model/job.js';
import type { Plan } from '../model/plan.js';
import { formatDuration } from '../model/unit.js';

/** A command as a person would type it; nothing in it is filled in. */
function commandText(words: readonly string[]): string {
  return words.map((word) => (/^[^\s"'\\]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');
}

/** What stands in a plan between its question and its gates where a command takes the place of requests. `server`: in words. */
export function describeJob({ command, cwd, env, timeoutS }: JobPlan, { telemetry }: Plan, server: string): string[] {
  const names = Object.keys(env);
  return [
    `job       ${commandText(command)}`,
    `folder    ${cwd ?? 'where mgeo-bench is started'}`,
    ...(names.length === 0 ? [] : [`env       ${names.join(', ')}`]),
    `server    ${server}`,
    `measured  its time, its exit code, CPU and memory of all its processes${telemetry.gpu === 'off' ? '' : ', memory of the GPUs'}, and the numbers in its JSON lines`,
    `time      until it ends, at most ${formatDuration(timeoutS * 1000)}`,
  ];
}
