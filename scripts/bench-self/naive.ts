/** The reference server beside the services people start with, at MGeo's size and saturated, and small and nearly idle; all arms in one run, in turn. */
import { ensureModel } from '../../servers/reference/model/ensure-model.js';
import type { ComparisonFile } from '../../harness/model/comparison.js';
import { autoEngine, type Bench, type Part } from './bench.js';
import { mark, number, percent } from './figure.js';
import { findFastapi, installFastapi } from './peers/find.js';
import { besideFirst, compareArms, leftOut, meanOf, ratioOf } from './strategies/compare-arms.js';

const plain = 'FastAPI, two inferences a request';
const windowed = 'FastAPI, 50 ms window and cache';
const fp32 = 'reference, fp32';
const int8 = 'reference, int8';
/** The least throughput as a multiple of either service, and the most p95 as a share of the plain one's. */
const aims = { [fp32]: { plain: 1.8, windowed: 1.35, p95: null }, [int8]: { plain: 7, windowed: 5, p95: 1 / 7 } } as const;
const mostIdleP95 = 1.1;
const pairs = 2;

/** Both services and the reference server in both precisions, on the same weights. */
async function arms(size: 'mini' | 'base', python: string, { ctx, say }: Bench): Promise<Record<string, unknown>> {
  const { path } = await ensureModel({ name: 'mgeo-shape', size }, ctx.host.files.cacheDir, say);
  const service = (...flags: string[]): unknown => ({
    process: { command: [python, `${ctx.host.files.packageRoot}/tests/stand-ins/fastapi/service.py`, '--model', path, '--port', '{port}', ...flags], url: 'http://127.0.0.1:{port}', ready: '/health' },
  });
  const reference = (precision: string): unknown => ({ reference: { model: `mgeo-shape-${size}`, precision } });
  return { [plain]: service(), [windowed]: service('--window-ms', '50', '--max-batch', '32', '--cache', '10000'), [fp32]: reference('fp32'), [int8]: reference('int8') };
}

export const naive: Part = {
  word: 'naive',
  run: async (bench) => {
    if (bench.installPeers) await installFastapi(bench.ctx, bench.say);
    const found = await findFastapi(bench.ctx);
    if ('why' in found) throw new Error(found.why);
    const run = async (size: 'mini' | 'base', users: number, warmupS: number, durationS: number): Promise<ComparisonFile> => {
      bench.say(`naive: mgeo-shape ${size}, ${String(users)} users`);
      return await compareArms({
        name: `naive-${size}`, matrix: { server: await arms(size, found.python, bench) }, compare: { pairs },
        dataset: { profile: 'unique', mix: { high: 3000, low: 3000, boundary: 3000, noisy: 3000 } },
        load: { engine: 'auto', warmup: `${String(warmupS)}s`, timeout: '30s', closed: { users, think: '100ms..500ms', duration: `${String(Math.max(6, Math.round(bench.seconds(durationS))))}s` } },
        answers: { golden: 100, probes: false, tolerance: 0.001 }, gates: { errors: ['rate<1%'] },
      }, bench);
    };
    const full = await run('base', 100, 10, 25);
    const idle = await run('mini', 10, 2, 12);
    return {
      title: 'Beside the services people start with',
      columns: ['model, users', 'server', 'pairs/s', 'of plain', 'of windowed', 'p50', 'p95', 'p95 of plain', 'answers that differ from plain', 'aim'],
      rows: [...rowsOf(full, 'mgeo-shape-base, 100', saturatedAim), ...rowsOf(idle, 'mgeo-shape-mini, 10', idleAim)],
      notes: [
        `Users who think 0.1 to 0.5 s, addresses that never repeat, ${String(pairs)} runs of each server in turn and then in the reverse order, each booted anew; means of the runs. Both services: ${found.version}, with their defaults, on the same fp32 weights. Plain: two single-text inferences a request. Windowed: at most 32 texts or 50 ms, padded in order of arrival, one batch at a time, 10,000 vectors kept. The reference server with its defaults. Load by ${autoEngine(bench) ?? 'no engine'}.`,
        `Aims at 100 users: fp32 ≥ ${String(aims[fp32].plain)} × plain and ≥ ${String(aims[fp32].windowed)} × windowed; int8 ≥ ${String(aims[int8].plain)} × and ≥ ${String(aims[int8].windowed)} ×, at a p95 of at most 1/7 of plain’s. At 10 users: p95 at most ${String(mostIdleP95)} × plain’s.`,
        ...[full, idle].flatMap(leftOut),
      ],
    };
  },
};

function rowsOf(file: ComparisonFile, load: string, aimOf: (file: ComparisonFile, arm: string) => string): string[][] {
  return [plain, windowed, fp32, int8].map((arm) => {
    const times = (ratio: number | null): string => (ratio === null ? '–' : `${number(ratio, 2)} ×`);
    const ms = (metric: 'p50' | 'p95'): string => `${number(meanOf(file, arm, metric), 0)} ms`;
    const answers = besideFirst(file, arm)?.answers;
    return [
      load, arm, number(meanOf(file, arm, 'rps'), 1), times(ratioOf(file, plain, arm, 'rps')), times(ratioOf(file, windowed, arm, 'rps')), ms('p50'), ms('p95'), percent(ratioOf(file, plain, arm, 'p95')),
      answers === undefined ? '–' : `${String(answers.flips)} of ${String(answers.asked)}, by at most ${number(answers.maxDelta, 4)}`, aimOf(file, arm),
    ];
  });
}

function saturatedAim(file: ComparisonFile, arm: string): string {
  if (arm !== fp32 && arm !== int8) return '–';
  const aim = aims[arm];
  const [ofPlain, ofWindowed, p95] = [ratioOf(file, plain, arm, 'rps'), ratioOf(file, windowed, arm, 'rps'), ratioOf(file, plain, arm, 'p95')];
  if (ofPlain === null || ofWindowed === null || p95 === null) return '–';
  return mark(ofPlain >= aim.plain && ofWindowed >= aim.windowed && (aim.p95 === null || p95 <= aim.p95));
}

function idleAim(file: ComparisonFile, arm: string): string {
  const p95 = ratioOf(file, plain, arm, 'p95');
  return p95 === null || (arm !== fp32 && arm !== int8) ? '–' : mark(p95 <= mostIdleP95);
}
