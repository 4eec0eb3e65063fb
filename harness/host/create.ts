import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClock } from './clock.js';
import { createFiles } from './files.js';
import { createHttp } from './http.js';
import { createMachine } from './machine.js';
import { createProcesses } from './processes.js';
import { createSockets } from './sockets.js';
import { createThreads } from './threads.js';
import { createWarden } from './warden.js';
import type { Host } from './types.js';

/** The real machine. Call it once a process: it holds the warden. */
export function createHost(): Host {
  const warden = createWarden();
  const files = createFiles(warden);
  // The built tree: two folders above harness/host/.
  const builtRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
  const processes = createProcesses(warden, builtRoot);
  return { clock: createClock(), files, processes, threads: createThreads(builtRoot), http: createHttp(), sockets: createSockets(), machine: createMachine(files, processes) };
}
