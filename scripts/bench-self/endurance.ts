/** The reference server in the long run and in trouble: its memory under addresses that never repeat, and its answers while inferences fail. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createDataset, loadLexicon } from '../../harness/dataset/index.js';
import { encodeLine } from '../../harness/request/index.js';
import { bootServer } from '../../harness/server/index.js';
import { createChildFinder } from '../../harness/telemetry/process-children.js';
import { watchProcessTree } from '../../harness/telemetry/process-tree.js';
import { autocannonOf, scratchLines, similarityPlan, type Bench, type Part } from './bench.js';
import { mark, mean, number, percent } from './figure.js';
import { closedStage, driveStage, openStage } from './load.js';

const uniquePairs = 100_000;
const longPairs = 500;
/** The first crowd of long ones belongs to the warm-up; the second has to find the room of the first. */
const longAtShares = [0.2, 0.7];
const cacheMiB = 64;
const limitMiB = 1024;
/** Until the cache is full memory has to grow: after some 24,000 pairs, a quarter. From two fifths on it may wander by so much. */
const warmShare = 0.4;
const flatMiB = 20;
const rateRps = 100;
const errorShare = 0.1;
const [faultFromS, faultToS, stageS] = [6, 16, 28];
const [fallbackWithinS, backWithinS] = [2, 5];

export const endurance: Part = {
  word: 'endurance',
  run: async (bench) => {
    const memory = await flatMemory(bench);
    const trouble = await failingInferences(bench);
    return { title: 'The reference server in the long run and in trouble', columns: ['what', 'measured', 'aim'], rows: [...memory, ...trouble], notes: [
      `Memory: mgeo-shape-mini, a cache of ${String(cacheMiB)} MiB, 32 users, ${number(uniquePairs)} pairs that never repeat; ${number(longPairs)} long ones (up to 128 characters) on top, all at once, when a fifth and again when seven tenths of them were sent, and a queue of 2,048 texts that takes them all; resident memory of all its processes.`,
      `Trouble: address-mini, no cache, ${String(rateRps)} requests/s at even distances; ${percent(errorShare, 0)} of the inferences fail from second ${String(faultFromS)} to second ${String(faultToS)}. Moments are those at which /health, asked every 50 ms, says so.`,
    ] };
  },
};

/** Bodies of so many pairs, quarter by quarter of a class. */
function bodiesOf(profile: 'unique' | 'long', count: number, bench: Bench): string[] {
  const { files } = bench.ctx.host;
  const each = Math.ceil(count / 4);
  const pairs = createDataset({ seed: 7, profile: { kind: profile }, mix: { high: each, low: each, boundary: each, noisy: each, abnormal: 0 } }, loadLexicon(files, files.packageRoot)).pairs();
  return Array.from(pairs, (pair) => encodeLine(similarityPlan, pair));
}

/** Sends all of them at once, each on a connection of its own, and waits for every answer: how many came with a score, how many were refused or lost. */
async function atOnce(url: string, bodies: readonly string[]): Promise<{ answered: number; refused: number }> {
  const statuses = await Promise.all(bodies.map(async (body) => {
    const response = await fetch(`${url}/similarity`, { method: 'POST', headers: { 'content-type': 'application/json' }, body, signal: AbortSignal.timeout(60_000) }).catch(() => null);
    await response?.arrayBuffer();
    return response?.status ?? 0;
  }));
  const answered = statuses.filter((status) => status === 200).length;
  return { answered, refused: statuses.length - answered };
}

async function flatMemory(bench: Bench): Promise<string[][]> {
  const { ctx } = bench;
  const engine = autocannonOf(bench);
  bench.say('endurance: memory');
  const lines = bodiesOf('unique', bench.count(uniquePairs), bench);
  const bodies = { file: scratchLines(ctx, lines), count: lines.length };
  const long = bodiesOf('long', longPairs, bench);
  await using server = await bootServer({ kind: 'reference', model: 'mgeo-shape-mini', batching: 'token-budget', bucket: true, cacheEntries: null, cacheBytes: cacheMiB * 2 ** 20, workers: null, port: 0, // A crowd is a thousand texts beside those of the users: a queue of 1,024 would rightly refuse the last of them.
    args: ['--max-chars', '128', '--max-queue', '2048'], readyTimeoutS: 120 }, { logFile: '/dev/null' }, ctx);
  if (server.pid === null) throw new Error('the server has no process');
  const tree = watchProcessTree(server.pid, createChildFinder(ctx.host.processes.ownPid, ctx.host.files), ctx.host.files);
  const seen: { rssMiB: number; requests: number }[] = [];
  const crowds: Promise<{ answered: number; refused: number }>[] = [];
  const looks = repeatedly(1000, async () => {
    const rssMiB = tree.read()?.rssMiB;
    if (rssMiB === undefined) return;
    const requests = await counted(server.url, 'http_requests_total');
    seen.push({ rssMiB, requests });
    const due = longAtShares[crowds.length];
    if (due !== undefined && requests >= due * bodies.count) crowds.push(atOnce(server.url, long));
  });
  const { result } = await driveStage({ engine, url: server.url, stage: { ...closedStage(32, 0, 1200), minRequests: bodies.count }, bodies, serverPid: server.pid }, ctx).finally(looks.end);
  const crowd = await Promise.all(crowds);
  if (crowd.length < longAtShares.length) throw new Error('the load ended before the long ones were sent');
  const cachedMiB = (await counted(server.url, 'cache_bytes')) / 2 ** 20;
  const warm = seen.filter(({ requests }) => requests >= bodies.count * warmShare).map(({ rssMiB }) => rssMiB);
  if (warm.length < 10) throw new Error('too few looks at the memory');
  const third = Math.floor(warm.length / 3);
  const growth = mean(warm.slice(-third)) - mean(warm.slice(0, third));
  const peak = tree.read()?.rssPeakMiB ?? NaN;
  return [
    ['requests: answered, refused', `${number(result.requests.completed)}, ${number(result.requests.failed)}`, '–'],
    [`${String(longPairs)} long ones at once, ${String(crowd.length)} times: answered, not`, crowd.map(({ answered, refused }) => `${number(answered)}, ${number(refused)}`).join('; '), `all ${mark(crowd.every(({ refused }) => refused === 0))}`],
    ['memory after the first two fifths: last third less first third', `${number(growth, 1)} MiB (${number(Math.min(...warm))} to ${number(Math.max(...warm))} MiB)`, `flat: at most ${String(flatMiB)} MiB more ${mark(growth <= flatMiB)}`],
    ['most at any moment', `${number(peak)} MiB`, `< ${number(limitMiB)} MiB ${mark(peak < limitMiB)}`],
    ['the cache is charged for', `${number(cachedMiB, 1)} MiB`, `≤ ${String(cacheMiB)} MiB ${mark(cachedMiB <= cacheMiB)}`],
  ];
}

async function failingInferences(bench: Bench): Promise<string[][]> {
  const { ctx } = bench;
  const engine = autocannonOf(bench);
  bench.say('endurance: failing inferences');
  const lexicon = loadLexicon(ctx.host.files, ctx.host.files.packageRoot);
  const pairs = [...createDataset({ seed: 7, mix: { high: 1000, low: 1000, boundary: 1000, noisy: 1000, abnormal: 0 } }, lexicon).pairs()];
  const bodies = { file: scratchLines(ctx, pairs.map((pair) => encodeLine(similarityPlan, pair))), count: pairs.length };
  await using server = await bootServer({
    kind: 'reference', model: 'address-mini', batching: 'token-budget', bucket: true, cacheEntries: null, workers: null, port: 0, args: [], readyTimeoutS: 120,
    faults: [`error:${String(errorShare)}@${String(faultFromS)}s..${String(faultToS)}s`],
  }, { logFile: '/dev/null' }, ctx);
  await server.beginFaults();
  const beganMs = performance.now();
  const moments: { atS: number; degraded: boolean }[] = [];
  const looks = repeatedly(50, async () => {
    const { status } = (await (await fetch(`${server.url}/health`)).json()) as { status: string };
    moments.push({ atS: (performance.now() - beganMs) / 1000, degraded: status === 'degraded' });
  });
  const { result } = await driveStage({ engine, url: server.url, stage: openStage(rateRps, 'constant', 1, stageS), bodies, serverPid: server.pid ?? undefined }, ctx).finally(looks.end);
  const injected = await counted(server.url, 'faults_injected_total');
  const byWords = await counted(server.url, 'fallback_answers_total');
  const beyond = Object.entries(result.statuses).filter(([status]) => Number(status) >= 500).reduce((sum, [, count]) => sum + count, 0);
  const degraded = moments.filter((one) => one.degraded).map(({ atS }) => atS);
  const tookOverS = degraded.length === 0 ? NaN : (degraded[0] as number) - faultFromS;
  const backS = degraded.length === 0 ? NaN : (degraded.at(-1) as number) - faultToS;
  const sentRps = result.requests.started / ((result.windowToMs - result.windowFromMs) / 1000);
  return [
    ['requests/s, asked and held', `${String(rateRps)}, ${number(sentRps, 1)}`, `the rate holds ${mark(Math.abs(sentRps / rateRps - 1) <= 0.01)}`],
    ['5xx, and inferences that were made to fail', `${number(beyond)}, ${number(injected)}`, `no 5xx beyond those ${mark(beyond <= injected)}`],
    ['words take over after', `${number(tookOverS, 2)} s`, `≤ ${String(fallbackWithinS)} s ${mark(tookOverS <= fallbackWithinS)}`],
    ['the model is back after', `${number(backS, 2)} s`, `≤ ${String(backWithinS)} s ${mark(backS <= backWithinS)}`],
    ['answers by words', number(byWords), '–'],
  ];
}

/** Looks again and again while something else goes on. `end` waits for the last look, and throws what a look met. */
function repeatedly(everyMs: number, look: () => Promise<void>): { end: () => Promise<void> } {
  let ended = false;
  const looking = (async (): Promise<unknown> => {
    while (!ended) {
      try {
        await look();
      } catch (error) {
        return error;
      }
      await sleep(everyMs);
    }
    return null;
  })();
  return {
    end: async () => {
      ended = true;
      const met = await looking;
      if (met !== null) throw met instanceof Error ? met : new Error(String(met));
    },
  };
}

/** The sum of a metric over its labels, as /metrics has it; 0 where it is not there. */
async function counted(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return [...text.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'))].reduce((sum, [, value]) => sum + Number(value), 0);
}
