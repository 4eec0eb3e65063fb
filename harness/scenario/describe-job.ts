import type { JobPlan } from '../model/job.js';
import type { Plan } from '../model/plan.js';
import { formatDuration } from '../model/unit.js';
import { labelled } from './columns.js';
import type { PlanText } from './text/index.js';

/** A command as a person would type it; nothing in it is filled in. */
function commandText(words: readonly string[]): string {
  return words.map((word) => (/^[^\s"'\\]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');
}

/** What stands in a plan between its question and its gates where a command takes the place of requests. `server`: in words. */
export function describeJob({ command, cwd, env, timeoutS }: JobPlan, { telemetry }: Plan, server: string, { label, job: text }: PlanText): string[] {
  const names = Object.keys(env);
  return [
    labelled(label.job, commandText(command)),
    labelled(label.folder, cwd ?? text.here),
    ...(names.length === 0 ? [] : [labelled(label.env, names.join(', '))]),
    labelled(label.server, server),
    labelled(label.measured, text.measured(telemetry.gpu !== 'off')),
    labelled(label.time, text.time(formatDuration(timeoutS * 1000))),
  ];
}
