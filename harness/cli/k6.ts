import type { Host, Context } from '../host/index.js';
import { BenchError } from '../model/error.js';
import { findK6, installK6 } from '../load/index.js';
import type { Io } from './io.js';
import { createProgress } from './progress/index.js';

/** `k6 install|path`: builds the pinned k6 into the cache, or says where it is. */
export async function k6(action: string, flags: { json?: boolean }, host: Host, signal: AbortSignal, io: Io): Promise<number> {
  const startedMs = host.clock.nowMs();
  const sinceStartMs = (): number => host.clock.nowMs() - startedMs;
  const progress = createProgress('auto', io, sinceStartMs);
  const ctx: Context = { host, signal, onEvent: progress.onEvent, sinceStartMs };
  const found = action === 'install' ? await installK6(ctx) : await findK6(ctx);
  progress.end();
  if (found === null) throw new BenchError('engine-missing', 'There is no k6, neither in the cache nor on the PATH.', { hint: 'Run `mgeo-bench k6 install` (it needs Go 1.25 or newer).' });
  io.out(flags.json === true ? `${JSON.stringify({ path: found.path, version: found.version }, null, 2)}\n` : `${found.path} (${found.version})\n`);
  return 0;
}
