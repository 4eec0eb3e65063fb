import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Context, Processes } from '../../harness/host/index.js';
import { listGpuProcesses } from '../../harness/telemetry/gpu-processes.js';
import { testContext } from '../host/context.js';

test('a listing that hangs is bounded, and over at once on an interruption', { timeout: 20_000 }, async () => {
  const stop = new AbortController();
  const real = testContext(stop.signal);
  const asked: (readonly string[])[] = [];
  const processes: Processes = {
    ...real.host.processes,
    run: (command, options) => {
      asked.push(command);
      assert.ok((options?.timeoutS ?? Infinity) <= 3);
      if (command[0] === 'readlink') return Promise.resolve({ code: 0, signal: null, stdout: 'pid:[4026531836]\n', stderr: '', timedOut: false });
      setTimeout(() => { stop.abort(); }, 50);
      return real.host.processes.run(['sleep', '60'], { ...options, timeoutS: 60 });
    },
  };
  const ctx: Context = { ...real, host: { ...real.host, processes, machine: { ...real.host.machine, platform: 'linux' } } };
  assert.equal(await listGpuProcesses('nvidia-smi', ctx), null);
  assert.equal(asked.length, 2, 'the namespace, then the listing');
});
