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

const limitText = (ms: number | null): string => (ms === null ? 'off' : String(Math.ceil(ms)));

/** The command line of the embedded reference server for a plan. */
export function referenceCommand(plan: Extract<ServerPlan, { kind: 'reference' }>, ctx: Context): ProcessToBoot {
  const flags = [
    '--model', plan.model,
    '--batching', plan.batching,
    '--bucket', plan.bucket ? 'on' : 'off',
    '--cache', plan.cacheBytes !== undefined ? `${String(plan.cacheBytes)}B` : plan.cacheEntries === null ? 'off' : String(plan.cacheEntries),
    '--cache-dir', ctx.host.files.cacheDir,
    ...given('--precision', plan.precision),
    ...given('--execution', plan.execution),
    ...given('--max-batch', plan.maxBatch),
    ...given('--max-delay', plan.maxDelayMs === undefined ? undefined : `${plainNumber(plan.maxDelayMs)}ms`),
    ...given('--token-budget', plan.tokenBudget),
    ...given('--intra-threads', plan.intraThreads),
    ...given('--simulated', plan.simulated === undefined ? undefined : simulatedText(plan.simulated)),
    ...(plan.normalize === undefined ? [] : ['--normalize', plan.normalize.join(',')]),
    ...(plan.maxChars === undefined ? [] : ['--max-chars', String(plan.maxChars)]),
    ...(plan.deadlineMs === undefined ? [] : ['--deadline', limitText(plan.deadlineMs)]),
    ...(plan.inferLimitMs === undefined ? [] : ['--infer-limit', limitText(plan.inferLimitMs)]),
    ...(plan.fallback === undefined ? [] : ['--fallback', plan.fallback ? 'on' : 'off']),
    ...(plan.workers === null ? [] : ['--workers', String(plan.workers)]),
    ...plan.args,
  ];
  const command = (port: number, faults: readonly string[] = []): string[] => ctx.host.processes.node('servers/reference/main.js', ...flags, '--port', String(port), ...faults.flatMap((fault) => ['--fault', fault]), ...(faults.length === 0 ? [] : ['--fault-begin', 'told']));
  return {
    kind: 'reference',
    command: command(plan.port, plan.faults),
    // Questions before the load must not meet a fault, however long they take.
    ...(plan.faults === undefined ? {} : { beginFaults: '/faults/begin' }),
    // A supervisor starts a healthy server; what makes its start slow is still there.
    ...(plan.restart === undefined ? {} : { restart: { ...plan.restart, command: (port: number) => command(port, plan.faults?.filter((fault) => fault.startsWith('slow-start'))) } }),
    // With port 0 the server chooses, and says in its first line where it listens.
    url: `http://127.0.0.1:${String(plan.port)}`,
    announces: true,
    ready: '/ready',
    cwd: null,
    env: {},
    readyTimeoutS: plan.readyTimeoutS,
  };
}
