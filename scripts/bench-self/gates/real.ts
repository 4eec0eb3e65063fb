/** One real gate: the command a user types, against servers of known latency. */
import type { ComparisonRecord } from '../../../harness/model/comparison.js';
import { startProcess } from '../../../tests/stand-ins/start-process.js';
import type { Bench } from '../bench.js';
import { knownServer } from '../known-server.js';
import { leastWindowS } from '../load.js';

export interface RealGate {
  word: string;
  pairs: number;
  /** Second arm's throughput over the first's, with its interval. */
  ratio: { value: number; low: number | null; high: number | null };
  /** Standard deviation of the logarithm of one run's throughput: that of the pairs' log-ratios over √2. */
  runNoise: number;
}

/** `firstMs` and `secondMs`: latencies of the two arms' servers; the same server twice where they are equal. Throws where the command gives no comparison. */
export async function realGate(firstMs: number, secondMs: number, bench: Bench): Promise<RealGate> {
  const { files, processes } = bench.ctx.host;
  const start = (ms: number): ReturnType<typeof startProcess> => startProcess(knownServer, ['--ms', String(ms), '--vary-ms', '2']);
  const servers = firstMs === secondMs ? [await start(firstMs)] : [await start(firstMs), await start(secondMs)];
  try {
    const folder = files.scratchDir('gate');
    const urls = servers.map(({ url }) => url);
    files.writeText(`${folder}/gate.yaml`, [
      'name: gate', 'question: {en: Is it the same?, zh-CN: 两者相同吗？}', `server: {url: "${urls[0] ?? ''}", ready: /ready}`, 'request: similarity', 'dataset: {mix: {high: 500, low: 500}}', 'answers: {golden: 0}',
      `load: {engine: autocannon, warmup: 1s, closed: {users: [20], duration: ${String(Math.max(leastWindowS, bench.seconds(leastWindowS)))}s}}`,
      ...(urls.length === 1 ? [] : [`matrix: {server.url: ${JSON.stringify(urls)}}`, 'compare: {pairs: 5, mostPairs: 15}']), '',
    ].join('\n'));
    const done = await processes.run(processes.node('harness/cli/main.js', 'run', `${folder}/gate.yaml`, ...(urls.length === 1 ? ['--aa'] : []), '--output', `${folder}/out`, '--progress', 'none'), { timeoutS: 900, signal: bench.ctx.signal });
    const text = files.tryReadText(`${folder}/out/comparison.json`);
    if (text === null) throw new Error(`the comparison ended with exit code ${String(done.code)}: ${done.stderr.trim().split('\n').at(-1) ?? ''}`);
    const [comparison] = (JSON.parse(text) as ComparisonRecord).comparisons;
    const row = comparison?.rows[comparison.deciding ?? -1];
    if (comparison === undefined || !row?.ratio) throw new Error('the comparison decided nothing: no pair of runs was valid');
    const logs = row.pairs.map(([a, b]) => Math.log(b / a));
    const mean = logs.reduce((sum, d) => sum + d, 0) / logs.length;
    return { word: row.word, pairs: comparison.pairs, ratio: row.ratio, runNoise: Math.sqrt(logs.reduce((sum, d) => sum + (d - mean) ** 2, 0) / Math.max(1, logs.length - 1) / 2) };
  } finally {
    for (const server of servers) await server.kill();
  }
}
