/**
 * Finds or builds k6. The build is a Go module of ours (build/go.mod with its go.sum), so that the same sources come from any
 * module proxy, checked against the sums; `go install` of k6 itself fails where only a proxy can be reached.
 */
import type { Context } from '../../host/index.js';
import { BenchError } from '../../model/error.js';
import { spawnFault } from '../../model/system-failure.js';

/** The version that is built. */
export const pinnedK6 = 'v2.2.0';
const leastMajor = 2;
const leastGo = [1, 25] as const;
const buildWithinS = 1200;
/** A program that does not say its version by then is not used. */
const versionWithinS = 5;
/** Builds that this process has begun. */
let builds = 0;

export interface FoundK6 {
  path: string;
  version: string;
  source: 'cache' | 'path';
}

/** k6 from the cache, else one of version 2 or newer on the PATH, else null. */
export async function findK6(ctx: Context): Promise<FoundK6 | null> {
  const cached = cachedPath(ctx);
  if (ctx.host.files.exists(cached)) {
    const version = await versionOf(cached, ctx);
    if (version !== null) return { path: cached, version, source: 'cache' };
  }
  const path = ctx.host.processes.which('k6');
  const version = path === null ? null : await versionOf(path, ctx);
  if (path === null || version === null || Number(/^v(\d+)/.exec(version)?.[1]) < leastMajor) return null;
  return { path, version, source: 'path' };
}

/** Builds the pinned k6 into the cache, unless it is there. Throws engine-missing without Go, engine-build-failed when the build fails. */
export async function installK6(ctx: Context): Promise<{ path: string; version: string }> {
  const { clock, files, processes } = ctx.host;
  const path = cachedPath(ctx);
  if (files.exists(path)) {
    const version = await versionOf(path, ctx);
    if (version !== null) return { path, version };
  }
  const go = await findGo(ctx);
  if ('why' in go) throw new BenchError('engine-missing', `k6 cannot be built: ${go.why}.`, { hint: 'Install Go 1.25 or newer, put k6 2.0 or newer on the PATH, or use --engine autocannon.' });
  const folder = path.slice(0, path.lastIndexOf('/'));
  files.makeDir(folder);
  // A name of its own for each build: two at once, in one process or in two containers with one cache, do not write into each other's.
  builds += 1;
  const unfinished = `${folder}/k6.${String(processes.ownPid)}-${String(builds)}-${clock.epochMs().toFixed(0)}`;
  // Go's own hundreds of megabytes, which it leaves where they are when it is killed.
  const scratch = files.scratchDir('k6-build');
  let lines = 0;
  const result = await processes.run(
    [go.path, 'build', '-C', `${files.packageRoot}/harness/load/k6/build`, '-v', '-trimpath', '-ldflags', '-s -w', '-o', unfinished, 'go.k6.io/k6/v2'],
    {
      // The toolchain that is there, no other; sums are checked and never written.
      env: { GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly -buildvcs=false', GOWORK: 'off', GOTMPDIR: scratch },
      timeoutS: buildWithinS,
      signal: ctx.signal,
      onStderrLine: (line) => {
        lines += 1;
        ctx.onEvent({ kind: 'progress', phase: 'prepare', what: `building k6 ${pinnedK6}: ${line.slice(0, 80)}`, done: lines, total: null });
      },
    },
  ).catch((error: unknown) => ({ code: null, timedOut: false, stderr: spawnFault(error) }));
  files.remove(scratch);
  if (result.code !== 0 || ctx.signal.aborted) files.remove(unfinished);
  ctx.signal.throwIfAborted();
  if (result.code !== 0) {
    const last = result.stderr.trim().split('\n');
    throw new BenchError('engine-build-failed', `k6 could not be built${result.timedOut ? ` within ${String(buildWithinS)} s` : ''}: ${last[last.length - 1] ?? 'go said nothing'}`, { hint: 'Go fetches the sources once; check that its module proxy can be reached, or use --engine autocannon.', details: last.slice(-20) });
  }
  files.rename(unfinished, path);
  return { path, version: (await versionOf(path, ctx)) ?? pinnedK6 };
}

function cachedPath(ctx: Context): string {
  return `${ctx.host.files.cacheDir}/k6/${pinnedK6}/k6`;
}

/** `v2.2.0` out of `k6 v2.2.0 (go1.26.1, linux/amd64)`; null where it does not run. */
async function versionOf(path: string, ctx: Context): Promise<string | null> {
  const result = await ctx.host.processes.run([path, 'version'], { env: { K6_NO_USAGE_REPORT: 'true', K6_AUTO_EXTENSION_RESOLUTION: 'false' }, timeoutS: versionWithinS, signal: ctx.signal }).catch(() => null);
  ctx.signal.throwIfAborted();
  return /\bv\d+\.\d+\.\d+\S*/.exec(result?.stdout ?? '')?.[0] ?? null;
}

/** Go of the needed version, or why there is none. */
export async function findGo(ctx: Context): Promise<{ path: string } | { why: string }> {
  const path = ctx.host.processes.which('go');
  if (path === null) return { why: 'Go is not on the PATH' };
  const result = await ctx.host.processes.run([path, 'env', 'GOVERSION'], { env: { GOTOOLCHAIN: 'local' }, timeoutS: versionWithinS, signal: ctx.signal }).catch(() => null);
  ctx.signal.throwIfAborted();
  const [, major, minor] = /^go(\d+)\.(\d+)/.exec(result?.stdout.trim() ?? '') ?? [];
  if (major === undefined) return { why: `${path} does not say its version` };
  const enough = Number(major) > leastGo[0] || (Number(major) === leastGo[0] && Number(minor) >= leastGo[1]);
  return enough ? { path } : { why: `Go ${major}.${String(minor)} is older than ${leastGo.join('.')}` };
}
