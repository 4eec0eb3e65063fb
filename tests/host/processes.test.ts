import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { alive, eventually, testContext } from './context.js';

const { host } = testContext();
const node = process.execPath;

test('run collects both streams and the exit code', async () => {
  const done = await host.processes.run([node, '-e', 'console.log("out"); console.error("err"); process.exit(7)']);
  assert.equal(done.code, 7);
  assert.equal(done.stdout, 'out\n');
  assert.equal(done.stderr, 'err');
});

test('run kills what takes too long and says so', async () => {
  const done = await host.processes.run([node, '-e', 'setInterval(() => {}, 1000)'], { timeoutS: 0.2 });
  assert.equal(done.timedOut, true);
  assert.equal(done.signal, 'SIGKILL');
});

test('a program that is not there rejects with ENOENT', async () => {
  await assert.rejects(host.processes.run(['no-such-program-here']), { code: 'ENOENT' });
});

test('the last lines and the log hold stdout and stderr, a torn last line too', async () => {
  const logFile = join(mkdtempSync(join(tmpdir(), 'log-')), 'x.log');
  const child = await host.processes.spawn([node, '-e', 'for (let i = 0; i < 30; i++) console.log("line " + i); console.error("the end")'], { name: 'x', logFile });
  await child.exited;
  const last = child.lastLines();
  assert.equal(last.length, 20);
  assert.ok(last.includes('the end'));
  assert.ok(await eventually(() => readFileSync(logFile, 'utf8').split('\n').length === 32));
});

test('stdin reaches the child, and variables can be removed', async () => {
  process.env['MGEO_TEST_SECRET'] = 'x';
  const out: Uint8Array[] = [];
  const child = await host.processes.spawn([node, '-e', 'process.stdin.pipe(process.stdout); console.log(process.env.MGEO_TEST_SECRET)'], {
    name: 'x', stdin: '地址', env: { MGEO_TEST_SECRET: undefined }, onStdout: (chunk) => out.push(chunk),
  });
  await child.exited;
  assert.equal(Buffer.concat(out).toString(), 'undefined\n地址');
});

test('stop sends SIGTERM first and SIGKILL to what ignores it', async () => {
  const polite = await host.processes.spawn([node, '-e', 'process.on("SIGTERM", () => process.exit(5)); setInterval(() => {}, 1000); console.log("up")'], { name: 'polite' });
  assert.ok(await eventually(() => polite.lastLines().includes('up')));
  assert.deepEqual(await polite.stop(5), { code: 5, signal: null });
  const deaf = await host.processes.spawn([node, '-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); console.log("up")'], { name: 'deaf' });
  assert.ok(await eventually(() => deaf.lastLines().includes('up')));
  assert.deepEqual(await deaf.stop(0.2), { code: null, signal: 'SIGKILL' });
});

test('what a child leaves behind in its group ends with it', async () => {
  const child = await host.processes.spawn(['sh', '-c', 'sleep 60 & echo $!'], { name: 'leaves-an-orphan' });
  await child.exited;
  const orphan = Number(child.lastLines()[0]);
  assert.ok(orphan > 0);
  assert.ok(await eventually(() => !alive(orphan, host)));
});

test('SIGKILL of the harness ends its children and removes its scratch folders', async () => {
  const harness = spawn(node, [fileURLToPath(new URL('./harness-child.js', import.meta.url))], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(harness.stdout, 'data')) as [Buffer];
  const { pid, daemon, folder } = JSON.parse(line.toString()) as { pid: number; daemon: number; folder: string };
  assert.ok(alive(pid, host) && alive(daemon, host) && existsSync(folder));
  harness.kill('SIGKILL');
  assert.ok(await eventually(() => !alive(pid, host)), 'the child outlived the harness');
  assert.ok(await eventually(() => !alive(daemon, host)), 'what left its group outlived the harness');
  assert.ok(await eventually(() => !existsSync(folder)), 'the scratch folder outlived the harness');
});
