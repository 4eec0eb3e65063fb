/** A harness that starts one child and is then killed (see processes.test.ts). */
import { createHost } from '../../harness/host/index.js';

const host = createHost();
const folder = host.files.scratchDir('test');
const child = await host.processes.spawn(['sleep', '60'], { name: 'sleep' });
process.stdout.write(`${JSON.stringify({ pid: child.pid, folder })}\n`);
