import { hidden } from '../model/hidden.js';
import type { RunRecord } from '../model/record.js';

/** A word for a POSIX shell: quoted where it holds anything a shell could read. */
function shellWord(word: string): string {
  return /^[A-Za-z0-9_./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Whether something has to be put in again before the command can be given. */
export const lacksSecrets = ({ asked = [] }: RunRecord): boolean => asked.some((word) => word.includes(hidden));

/** The one command that asks the same question again: the plan it makes has the same hash. Of a record that does not keep its words, as far as the plan tells. */
export function reproduceCommand(record: RunRecord): string {
  const { plan, asked } = record;
  if (asked !== undefined) return ['npx mgeo-bench run', ...asked.map(shellWord)].join(' ');
  const server = plan.server.kind === 'url' ? ['--set', shellWord(`server={url: "${plan.server.url}"}`)] : [];
  return ['npx mgeo-bench run', shellWord(plan.name), '--seed', String(plan.seed), ...(plan.load.engine === 'auto' ? [] : ['--engine', plan.load.engine]), ...server].join(' ');
}
