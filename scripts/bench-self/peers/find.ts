/** Load generators of others, for comparison: those on the PATH, or in the cache of the harness, where they are put when asked. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import type { Context } from '../../../harness/host/index.js';

/** A program that can be started as it stands. */
export interface FoundPeer {
  command: string[];
  env: Record<string, string>;
  version: string;
}

export type Peer = 'wrk' | 'locust';

const locustVersion = '2.47.0';
/** What the service people start with is made of (tests/stand-ins/fastapi). */
const fastapiPins = ['fastapi==0.165.0', 'uvicorn==0.54.0', 'onnxruntime==1.32.0', 'tokenizers==0.23.3', 'numpy==2.4.6'];
const minute = 60;

const folderOf = (ctx: Context): string => `${ctx.host.files.cacheDir}/bench-peers`;

/** The peer with its version, or why it is not there. */
export async function findPeer(peer: Peer, ctx: Context): Promise<FoundPeer | { why: string }> {
  const folder = folderOf(ctx);
  const path = ctx.host.processes.which(peer);
  const own: Pick<FoundPeer, 'command' | 'env'> = peer === 'wrk'
    ? { command: [`${folder}/wrk/usr/bin/wrk`], env: { LD_LIBRARY_PATH: librariesOf(`${folder}/wrk`) } }
    : { command: [`${folder}/locust/bin/locust`], env: {} };
  const found = path === null ? own : { command: [path], env: {} };
  try {
    const { stdout, stderr } = await ctx.host.processes.run([...found.command, peer === 'wrk' ? '--version' : '-V'], { env: found.env, timeoutS: minute });
    return { ...found, version: /\d+(\.\d+)+/.exec(stdout + stderr)?.[0] ?? 'of unknown version' };
  } catch {
    return { why: 'not installed (--install-peers puts it into the cache)' };
  }
}

/** A Python that has FastAPI and ONNX Runtime, or why there is none. */
export async function findFastapi(ctx: Context): Promise<{ python: string; version: string } | { why: string }> {
  const python = `${folderOf(ctx)}/fastapi/bin/python`;
  try {
    const { code, stdout } = await ctx.host.processes.run([python, '-c', 'import fastapi, onnxruntime, tokenizers; print(f"FastAPI {fastapi.__version__}, ONNX Runtime {onnxruntime.__version__}")'], { timeoutS: minute });
    if (code === 0) return { python, version: stdout.trim() };
  } catch {
    // Not there.
  }
  return { why: 'FastAPI with ONNX Runtime is not installed (--install-peers puts it into the cache)' };
}

/** FastAPI and ONNX Runtime from PyPI, into a folder of their own. */
export async function installFastapi(ctx: Context, say: (line: string) => void): Promise<void> {
  if (!('why' in (await findFastapi(ctx)))) return;
  say('peers: FastAPI and ONNX Runtime from PyPI');
  const folder = folderOf(ctx);
  mkdirSync(folder, { recursive: true });
  await runIn(folder, ['python3', '-m', 'venv', `${folder}/fastapi`], 2 * minute, ctx);
  await runIn(folder, [`${folder}/fastapi/bin/pip`, 'install', '--quiet', ...fastapiPins], 10 * minute, ctx);
}

/** Rejects with the last line of what the command said, where it fails. */
async function runIn(cwd: string, command: string[], timeoutS: number, ctx: Context): Promise<void> {
  const done = await ctx.host.processes.run(command, { cwd, timeoutS, signal: ctx.signal });
  if (done.code !== 0) throw new Error(`${command.slice(0, 3).join(' ')} ended with ${String(done.code ?? done.signal)}: ${done.stderr.trim().split('\n').at(-1) ?? ''}`);
}

/** wrk from the Debian packages and Locust from PyPI, each into a folder of its own; nothing of the system is changed. */
export async function installPeers(ctx: Context, say: (line: string) => void): Promise<void> {
  const folder = folderOf(ctx);
  mkdirSync(`${folder}/wrk`, { recursive: true });
  if ('why' in (await findPeer('wrk', ctx))) {
    say('peers: wrk from the Debian packages');
    await runIn(`${folder}/wrk`, ['apt-get', 'download', 'wrk', 'libluajit-5.1-2'], 2 * minute, ctx);
    for (const name of readdirSync(`${folder}/wrk`)) if (name.endsWith('.deb')) await runIn(`${folder}/wrk`, ['dpkg-deb', '-x', name, '.'], minute, ctx);
  }
  if ('why' in (await findPeer('locust', ctx))) {
    say('peers: Locust from PyPI');
    await runIn(folder, ['python3', '-m', 'venv', `${folder}/locust`], 2 * minute, ctx);
    await runIn(folder, [`${folder}/locust/bin/pip`, 'install', '--quiet', `locust==${locustVersion}`], 10 * minute, ctx);
  }
}

/** Folders of an unpacked Debian package that hold libraries, as a search path. */
function librariesOf(root: string): string {
  const base = `${root}/usr/lib`;
  return existsSync(base) ? readdirSync(base).map((name) => `${base}/${name}`).join(':') : '';
}
