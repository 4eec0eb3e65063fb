import type { Context } from '../host/index.js';
import type { ServerPlan } from '../model/plan.js';
import type { ProcessToBoot } from './running-server.js';

/** The command line of the embedded reference server for a plan. */
export function referenceCommand(plan: Extract<ServerPlan, { kind: 'reference' }>, ctx: Context): ProcessToBoot {
  const flags = [
    '--model', plan.model,
    '--batching', plan.batching,
    '--bucket', plan.bucket ? 'on' : 'off',
    '--cache', plan.cacheEntries === null ? 'off' : String(plan.cacheEntries),
    '--port', String(plan.port),
    '--cache-dir', ctx.host.files.cacheDir,
    ...(plan.workers === null ? [] : ['--workers', String(plan.workers)]),
    ...plan.args,
  ];
  return {
    kind: 'reference',
    command: ctx.host.processes.node('servers/reference/main.js', ...flags),
    // With port 0 the server chooses, and says in its first line where it listens.
    url: `http://127.0.0.1:${String(plan.port)}`,
    announces: true,
    ready: '/ready',
    cwd: null,
    env: {},
    readyTimeoutS: plan.readyTimeoutS,
  };
}
