/** The conformance suite in place of load: boots the server, or meets it, and makes every check. */
import { createDataset, loadLexicon } from './dataset/index.js';
import type { Context } from './host/index.js';
import type { AbnormalRequest } from './model/dataset.js';
import type { Plan } from './model/plan.js';
import { probeConformance, watchBoot } from './probe/index.js';
import { asking } from './questions.js';
import type { OpenRecord } from './record/index.js';
import { bootServer } from './server/index.js';
import type { Telemetry } from './telemetry/index.js';

/** Enough for every kind to be among them. */
const abnormalPairs = 400;

/** Boots, checks, and stops the server on every way out. Rejects with what ended the suite early; the checks that were made stand in the record. */
export async function measureConformance({ open, plan, telemetry }: { open: OpenRecord; plan: Plan; telemetry: Telemetry }, ctx: Context): Promise<void> {
  const { record } = open;
  const { conformance } = plan.load;
  if (conformance === undefined) throw new RangeError('a plan of the conformance suite says how it is run');
  const mark = (kind: string): void => void record.events.push({ tMs: ctx.sinceStartMs(), kind, text: '' });
  record.probe = { status: 'skipped', why: 'the conformance suite asks its own questions' };
  await telemetry.settle();
  ctx.onEvent({ kind: 'phase', phase: 'boot' });
  mark('boot-start');
  const readyPath = readyPathOf(plan);
  let watch: ReturnType<typeof watchBoot> | null = null;
  await using server = await bootServer(plan.server, {
    logFile: `${open.folder}/logs/server.log`,
    onSpawn: (pid) => { telemetry.watch('server', pid); },
    onAddress: (url) => { watch ??= readyPath === null ? null : watchBoot(url, readyPath, ctx); },
  }, ctx);
  const boot = (await (watch as ReturnType<typeof watchBoot> | null)?.stop()) ?? null;
  record.server = server.record;
  mark('server-ready');
  ctx.onEvent({ kind: 'phase', phase: 'conformance' });
  record.conformance = { planned: 0, checks: [] };
  const { health } = server.record;
  await probeConformance({ ...asking(plan, server), ...conformance, kinds: abnormalKinds(plan, ctx), readyPath, boot, terminate: server.terminate, health }, record.conformance, ctx);
  open.save();
}

/** The API of the reference server has one; of another server the scenario may have named one. */
function readyPathOf({ server, request }: Plan): string | null {
  if (request.format === 'similarity') return '/ready';
  return server.kind === 'process' || server.kind === 'compose' || server.kind === 'url' ? server.ready : null;
}

/** Each abnormal kind once; none where the two fields have no names. */
function abnormalKinds({ seed, request }: Plan, { host: { files } }: Context): AbnormalRequest[] {
  if (request.keys.left === '') return [];
  const mix = { high: 0, low: 0, boundary: 0, noisy: 0, abnormal: abnormalPairs };
  const made = createDataset({ seed, mix }, loadLexicon(files, files.packageRoot), { ...request.keys, body: request.body });
  const kinds = new Map<string, AbnormalRequest>();
  for (let index = 0; index < made.count; index += 1) {
    const { abnormal } = made.pair(index);
    if (abnormal !== undefined && !kinds.has(abnormal.kind)) kinds.set(abnormal.kind, abnormal);
  }
  return [...kinds.values()].sort((x, y) => (x.kind < y.kind ? -1 : 1));
}
