import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Result } from '../../harness/report/index.js';
import { splitCommand } from '../../harness/scenario/command-line.js';
import { commandsOf } from './markdown.js';
import { pageAt } from './pages.js';
import { mgeoBench } from './program.js';

const program = fileURLToPath(new URL('./own-server.js', import.meta.url));
const commands = commandsOf(pageAt('README.md')).filter((command) => command.includes('server={'));
const small = ['--engine', 'autocannon', '--progress', 'none', '--set', 'load.closed={users: [2], duration: 1s}', '--set', 'load.warmup=0s', '--set', 'dataset.pairs=60', '--set', 'answers.golden=20'];

/** The server of the README's first and third command; stopped when the test ends. */
async function startOwnServer(t: TestContext): Promise<string> {
  const child = spawn(process.execPath, [program, '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  return port.toString().trim();
}

assert.equal(commands.length, 3);
for (const command of commands) {
  test(`it measures a server of one's own: ${command.slice(0, 90)}`, { timeout: 60_000 }, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'mgeo-bench-own-'));
    t.after(() => { rmSync(folder, { recursive: true, force: true }); });
    const port = command.includes('process:') ? '' : await startOwnServer(t);
    // In place of the README's program and port: ones that are here.
    const words = (splitCommand(command) ?? []).slice(3)
      .map((word) => word.replace('127.0.0.1:9000', `127.0.0.1:${port}`).replace('python serve.py --port', `'${process.execPath}' '${program}'`));
    const ended = await mgeoBench(['run', ...words, ...small, '--output', 'out'], folder);
    // A busy machine may make so short a measurement invalid (4); it must not fail.
    assert.ok(ended.code === 0 || ended.code === 4, `${String(ended.code)}\n${ended.stdout}${ended.stderr}`);
    const { stages, checks } = JSON.parse(readFileSync(join(folder, 'out/result.json'), 'utf8')) as Result;
    const [stage] = stages;
    assert.ok(stage !== undefined && stage.requests.completed > 0);
    assert.equal(stage.requests.failed, 0);
    assert.ok(stage.answers.checked > 0);
    assert.deepEqual(checks.filter(({ status }) => status === 'fail'), []);
  });
}
