import type { RunRecord } from '../model/record.js';

/** A word for a POSIX shell: quoted where it holds anything a shell could read. */
function shellWord(word: string): string {
  return /^[A-Za-z0-9_./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The one command that asks the same question again: the plan it makes has the same hash. */
export function reproduceCommand(record: RunRecord): string {
  const { plan } = record;
  const server = plan.server.kind === 'url' ? ['--set', shellWord(`server={url: "${plan.server.url}"}`)] : [];
  return ['npx mgeo-bench run', shellWord(plan.name), '--seed', String(plan.seed), ...(plan.load.engine === 'auto' ? [] : ['--engine', plan.load.engine]), ...server].join(' ');
}
