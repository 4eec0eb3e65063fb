import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startProcess } from './start-process.js';

test('the naive service gives the answers of the reference server, one text after the other', async () => {
  const cacheDir = mkdtempSync(join(tmpdir(), 'naive-models-'));
  const naive = await startProcess('tests/stand-ins/naive-server.js', ['--port', '0', '--cache-dir', cacheDir]);
  const reference = await startProcess('servers/reference/main.js', ['--port', '0', '--cache-dir', cacheDir, '--model', 'mgeo-shape-mini', '--workers', '1', '--threshold', '0.9']);
  try {
    while ((await fetch(`${reference.url}/ready`)).status !== 200) await new Promise((resolve) => setTimeout(resolve, 20));
    for (const [addr1, addr2] of [['杭州市文一西路969号', '杭州市文三路478号'], ['南京市中山路1号', '南京市鼓楼区中山路1号']]) {
      const [one, two] = await Promise.all(
        [naive, reference].map(async ({ url }) => {
          const response = await fetch(`${url}/similarity`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ addr1, addr2 }) });
          return (await response.json()) as { similarity: number; label: string };
        }),
      );
      assert.ok(Math.abs(one!.similarity - two!.similarity) < 1e-6);
      assert.equal(one!.label, two!.label);
    }
    const refused = await fetch(`${naive.url}/similarity`, { method: 'POST', body: '{' });
    assert.equal(refused.status, 400);
  } finally {
    await Promise.all([naive.kill(), reference.kill()]);
    await rm(cacheDir, { recursive: true, force: true });
  }
});
