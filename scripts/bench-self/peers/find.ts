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

/** wrk from the Debian packages and Locust from PyPI, each into a folder of its own; nothing of the system is changed. */
export async function installPeers(ctx: Context, say: (line: string) => void): Promise<void> {
  const folder = folderOf(ctx);
  mkdirSync(`${folder}/wrk`, { recursive: true });
  const run = async (command: string[], cwd: string, timeoutS: number): Promise<void> => {
    const done = await ctx.host.processes.run(command, { cwd, timeoutS, signal: ctx.signal });
    if (done.code !== 0) throw new Error(`${command.slice(0, 3).join(' ')} ended with ${String(done.code ?? done.signal)}: ${done.stderr.trim().split('\n').at(-1) ?? ''}`);
  };
  if ('why' in (await findPeer('wrk', ctx))) {
    say('peers: wrk from the Debian packages');
    await run(['apt-get', 'download', 'wrk', 'libluajit-5.1-2'], `${folder}/wrk`, 2 * minute);
    for (const name of readdirSync(`${folder}/wrk`)) if (name.endsWith('.deb')) await run(['dpkg-deb', '-x', name, '.'], `${folder}/wrk`, minute);
  }
  if ('why' in (await findPeer('locust', ctx))) {
    say('peers: Locust from PyPI');
    await run(['python3', '-m', 'venv', `${folder}/locust`], folder, 2 * minute);
    await run([`${folder}/locust/bin/pip`, 'install', '--quiet', `locust==${locustVersion}`], folder, 10 * minute);
  }
}

/** Folders of an unpacked Debian package that hold libraries, as a search path. */
function librariesOf(root: string): string {
  const base = `${root}/usr/lib`;
  return existsSync(base) ? readdirSync(base).map((name) => `${base}/${name}`).join(':') : '';
}
