/** A harness that starts one child and is then killed (see processes.test.ts). */
import { createHost } from '../../harness/host/index.js';

const host = createHost();
const folder = host.files.scratchDir('test');
// One that makes a group of its own, as a daemon does; it never was told to the warden.
const apart = "const child = require('node:child_process').spawn('sleep', ['61'], { detached: true, stdio: 'ignore' }); child.unref(); console.log(child.pid)";
const daemon = Number((await host.processes.run([process.execPath, '-e', apart])).stdout);
const child = await host.processes.spawn(['sleep', '60'], { name: 'sleep' });
process.stdout.write(`${JSON.stringify({ pid: child.pid, daemon, folder })}\n`);
