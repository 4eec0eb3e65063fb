import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Io } from '../../harness/cli/io.js';
import { k6 } from '../../harness/cli/k6.js';
import { createHost } from '../../harness/host/index.js';
import { pinnedK6 } from '../../harness/load/k6/install.js';
import type { BenchError } from '../../harness/model/error.js';

const cacheDir = mkdtempSync(join(tmpdir(), 'mgeo-bench-k6-'));
after(() => { rmSync(cacheDir, { recursive: true, force: true }); });
const machine = createHost();
const host = { ...machine, files: { ...machine.files, cacheDir }, processes: { ...machine.processes, which: () => null } };

async function say(action: string, flags: { json?: boolean } = {}): Promise<string> {
  let out = '';
  const io: Io = { out: (text) => (out += text), err: () => undefined, pour: () => Promise.resolve(true), live: false, colour: false, columns: 80, width: null };
  assert.equal(await k6(action, flags, host, new AbortController().signal, io), 0);
  return out;
}

test('without k6, one sentence and a hint; with one in the cache its path and version, as text and as JSON', async () => {
  await assert.rejects(say('path', { json: true }), (error: BenchError) => error.exitCode === 3 && /There is no k6/.test(error.message) && /k6 install/.test(error.hint));
  const path = join(cacheDir, 'k6', pinnedK6, 'k6');
  mkdirSync(join(cacheDir, 'k6', pinnedK6), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho 'k6 ${pinnedK6} (stand-in)'\n`);
  chmodSync(path, 0o755);
  for (const action of ['path', 'install']) {
    assert.equal(await say(action), `${path} (${pinnedK6})\n`);
    assert.deepEqual(JSON.parse(await say(action, { json: true })), { path, version: pinnedK6 });
  }
});
