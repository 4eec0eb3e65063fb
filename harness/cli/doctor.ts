import type { Context, Host } from '../host/index.js';
import { findK6 } from '../load/index.js';
import type { Io } from './io.js';

interface Check {
  id: string;
  status: 'ok' | 'missing';
  says: string;
  /** What to do about it; empty when there is nothing to do. */
  mend: string;
}

/** `doctor`: what this machine can and cannot do, each with its mend. A missing optional part is no failure. */
export async function doctor(flags: { json?: boolean }, host: Host, signal: AbortSignal, io: Io): Promise<number> {
  const ctx: Context = { host, signal, onEvent: () => undefined, sinceStartMs: () => 0 };
  const environment = await host.machine.describe();
  const program = (id: string, name: string, mend: string, says = ''): Check => {
    const path = host.processes.which(name);
    return path === null ? { id, status: 'missing', says: `${name} is not on the PATH${says}`, mend } : { id, status: 'ok', says: path, mend: '' };
  };
  const found = await findK6(ctx);
  const checks: Check[] = [
    { id: 'machine', status: 'ok', says: `${environment.cpu}, ${String(environment.cores)} cores, ${String(environment.memoryMiB)} MiB, ${environment.os}, Node ${environment.node}`, mend: '' },
    found === null
      ? { id: 'k6', status: 'missing', says: 'neither in the cache nor on the PATH: autocannon is used instead', mend: 'mgeo-bench k6 install (needs Go 1.25 or newer)' }
      : { id: 'k6', status: 'ok', says: `${found.version} at ${found.path}`, mend: '' },
    program('go', 'go', 'Install Go 1.25 or newer to build k6.'),
    program('nvidia-smi', 'nvidia-smi', 'Only needed for GPU figures: install the NVIDIA driver.', ': reports carry CPU and memory, no VRAM'),
    host.machine.platform === 'linux'
      ? { id: 'proc', status: 'ok', says: 'CPU and memory of processes can be read', mend: '' }
      : { id: 'proc', status: 'missing', says: `CPU and memory of processes cannot be read on ${host.machine.platform}`, mend: 'Measure on Linux for these figures.' },
  ];
  io.out(flags.json
    ? `${JSON.stringify({ checks }, null, 2)}\n`
    : `${checks.map((check) => `${check.status === 'ok' ? '✓' : '–'} ${check.id.padEnd(11)} ${check.says}${check.mend === '' ? '' : `\n  ${' '.repeat(11)} ${check.mend}`}`).join('\n')}\n`);
  return 0;
}
