import { cpus, loadavg, release, totalmem, type, availableParallelism } from 'node:os';
import type { Files, Machine, Processes } from './types.js';

/** What machine this is: an allow-list of facts, nothing that names a person or a path. */
export function createMachine(files: Files, processes: Processes): Machine {
  return {
    platform: process.platform,
    cores: availableParallelism(),
    // libuv gives KiB on every platform.
    peakMemoryMiB: () => process.resourceUsage().maxRSS / 1024,
    variable: (name) => process.env[name],
    describe: async () => {
      const manifest = JSON.parse(files.readText(`${files.packageRoot}/package.json`)) as { version: string };
      return {
        harness: { version: manifest.version, commit: await commitOf(files, processes) },
        node: process.version,
        os: osName(files),
        kernel: release(),
        cpu: cpus()[0]?.model.trim() ?? 'unknown',
        cores: availableParallelism(),
        memoryMiB: Math.round(totalmem() / 2 ** 20),
        loadBefore: process.platform === 'win32' ? null : Math.round((loadavg()[0] ?? 0) * 100) / 100,
      };
    },
  };
}

async function commitOf(files: Files, processes: Processes): Promise<string | null> {
  // An installed package may lie in somebody else's repository: only our own checkout counts.
  if (!files.exists(`${files.packageRoot}/.git`) || processes.which('git') === null) return null;
  const head = await processes.run(['git', '-C', files.packageRoot, 'rev-parse', '--short=12', 'HEAD'], { brief: true, timeoutS: 5 });
  return head.code === 0 ? head.stdout.trim() : null;
}

function osName(files: Files): string {
  const pretty = /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(files.tryReadText('/etc/os-release') ?? '');
  return pretty?.[1] ?? type();
}
