import type { Context } from '../host/index.js';
import type { ServerPlan } from '../model/plan.js';
import type { SimulatedDevicePlan } from '../model/scenario-simulated-device.js';
import type { ProcessToBoot } from './running-server.js';

/** Older plans do not say everything. */
const given = (flag: string, value: string | number | undefined): string[] => (value === undefined ? [] : [flag, String(value)]);

/** Never in exponent form, which the server does not read. */
const plainNumber = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(9).replace(/0+$/, ''));

function simulatedText({ batchMs, tokenMs, memoryMiB, tokenMiB, limitMiB }: SimulatedDevicePlan): string {
  const [batch, token, memory, tokenMemory, limit] = [batchMs, tokenMs, memoryMiB, tokenMiB, limitMiB].map(plainNumber);
  return `batch=${batch ?? ''}ms,token=${token ?? ''}ms,memory=${memory ?? ''}MiB,token-memory=${tokenMemory ?? ''}MiB,limit=${limit ?? ''}MiB`;
}

/** The command line of the embedded reference server for a plan. */
export function referenceCommand(plan: Extract<ServerPlan, { kind: 'reference' }>, ctx: Context): ProcessToBoot {
  const flags = [
    '--model', plan.model,
    '--batching', plan.batching,
    '--bucket', plan.bucket ? 'on' : 'off',
    '--cache', plan.cacheEntries === null ? 'off' : String(plan.cacheEntries),
    '--port', String(plan.port),
    '--cache-dir', ctx.host.files.cacheDir,
    ...given('--precision', plan.precision),
    ...given('--execution', plan.execution),
    ...given('--max-batch', plan.maxBatch),
    ...given('--max-delay', plan.maxDelayMs === undefined ? undefined : `${plainNumber(plan.maxDelayMs)}ms`),
    ...given('--token-budget', plan.tokenBudget),
    ...given('--intra-threads', plan.intraThreads),
    ...given('--simulated', plan.simulated === undefined ? undefined : simulatedText(plan.simulated)),
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
