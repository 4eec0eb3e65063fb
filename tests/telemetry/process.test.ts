import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createHost, type Context, type Host, type RunningProcess } from '../../harness/host/index.js';
import { seriesSchema, type Series } from '../../harness/model/series.js';
import { startProcessSampler } from '../../harness/telemetry/process.js';
import { createFakeMachine } from './fake-host.js';

let host: Host;
let ctx: Context;
const started: RunningProcess[] = [];

before(() => {
  host = createHost();
  const startMs = host.clock.nowMs();
  ctx = { host, signal: new AbortController().signal, onEvent: () => undefined, sinceStartMs: () => host.clock.nowMs() - startMs };
});

after(async () => {
  await Promise.all(started.map((child) => child.stop(0)));
});

interface Child {
  running: RunningProcess;
  /** Waits for a line that starts with this word and returns what follows it. */
  said(word: string): Promise<string>;
}

async function startNode(script: string, ...flags: string[]): Promise<Child> {
  let text = '';
  const running = await host.processes.spawn([...taskset, process.execPath, ...flags, '-e', `${prelude}\n${script}`], { name: 'child', onStdout: (chunk) => (text += new TextDecoder().decode(chunk)) });
  taskset = [];
  started.push(running);
  return {
    running,
    said: async (word) => {
      for (let turn = 0; turn < 1_500; turn += 1) {
        const line = text.split('\n').slice(0, -1).find((one) => one.startsWith(word));
        if (line !== undefined) return line.slice(word.length).trim();
        await host.clock.sleep(10);
      }
      throw new Error(`the child never said "${word}", only: ${text}`);
    },
  };
}

let taskset: string[] = [];

/** `burn(s)` uses that much CPU time; `usedS()` is what the process says it has used. */
const prelude = `
  const { spawn, execFileSync } = require('node:child_process');
  const usedS = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6; };
  const burn = (s) => { const until = usedS() + s; let x = 0; while (usedS() < until) for (let i = 0; i < 1e4; i += 1) x += Math.sqrt(i); return x; };
  const say = (...words) => console.log(...words);
  const stay = () => setInterval(() => {}, 1000);
`;

const column = (series: readonly Series[], source: string, metric: string): Series => {
  const found = series.find((one) => one.source === source && one.metric === metric);
  assert.ok(found, `${source} ${metric} is missing`);
  return found;
};
const lastNumber = (series: Series): number => series.v.findLast((value) => value !== null)!;
const near = (actual: number, expected: number, tolerance: number): void => {
  assert.ok(Math.abs(actual - expected) <= expected * tolerance, `${String(actual)} is not within ${String(tolerance * 100)} % of ${String(expected)}`);
};

test('CPU time of a process is what the process itself says', async () => {
  const sampler = startProcessSampler({ intervalMs: 100 }, ctx);
  const child = await startNode('burn(0.5); say("used", usedS()); stay();');
  sampler.watch('server', child.running.pid);
  const usedS = Number(await child.said('used'));
  const { series, absent } = sampler.stop();
  assert.equal(absent, null);
  for (const one of series) seriesSchema.parse(one);
  const cpu = column(series, 'server', 'cpuS');
  near(lastNumber(cpu), usedS, 0.1);
  assert.ok(cpu.v.every((value, at) => at === 0 || value! >= cpu.v[at - 1]!), 'it never goes back');
  assert.ok(cpu.t.every((tMs, at) => at === 0 || tMs >= cpu.t[at - 1]!));
});

test('CPU time of a tree: living grandchildren, and children that lived between two samples', async () => {
  const sampler = startProcessSampler({ intervalMs: 60_000 }, ctx);
  const leaf = `${prelude} burn(0.3); say(usedS());`;
  const grandchild = `${prelude} burn(0.3); process.send?.(0); say("used", usedS()); stay();`;
  const child = await startNode(`
    const short = [1, 2].map(() => Number(execFileSync(process.execPath, ['-e', ${JSON.stringify(leaf)}])));
    const long = spawn(process.execPath, ['-e', ${JSON.stringify(`${prelude} const c = spawn(process.execPath, ['-e', ${JSON.stringify(grandchild)}], { stdio: ['ignore', 'pipe', 'inherit'] }); c.stdout.on('data', (d) => process.stdout.write(String(d) + ' between ' + usedS() + '\\n'));`)}], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    long.stdout.on('data', (d) => {
      text += d;
      const numbers = /used ([\\d.]+)\\s+between ([\\d.]+)/.exec(text);
      if (numbers) { say('all', short[0] + short[1] + Number(numbers[1]) + Number(numbers[2]) + usedS()); text = ''; }
    });
  `);
  sampler.watch('server', child.running.pid);
  const usedS = Number(await child.said('all'));
  sampler.sampleNow();
  assert.equal(sampler.pidsOf('server')!.length, 3, 'root, child, grandchild; the short ones were never seen');
  const { series } = sampler.stop();
  near(lastNumber(column(series, 'server', 'cpuS')), usedS, 0.1);
});

test('the harness is its own process alone: what its children burn is not its own', async () => {
  const sampler = startProcessSampler({ intervalMs: 100 }, ctx);
  const mineBefore = process.cpuUsage();
  const child = await startNode('burn(0.6); say("used", usedS());');
  await child.said('used');
  await child.running.exited;
  const mine = process.cpuUsage(mineBefore);
  const cpu = column(sampler.stop().series, 'harness', 'cpuS');
  const spentS = lastNumber(cpu) - cpu.v[0]!;
  assert.ok(Math.abs(spentS - (mine.user + mine.system) / 1e6) < 0.1, `${String(spentS)} s against ${JSON.stringify(mine)}`);
});

test('the memory peak stays after 100 MiB were given back', async () => {
  const sampler = startProcessSampler({ intervalMs: 60_000 }, ctx);
  const child = await startNode(`
    process.once('SIGCONT', () => {
      let block = Buffer.alloc(100 * 2 ** 20, 1);
      say('large', block[12345]);
      setTimeout(() => { block = null; gc(); setTimeout(() => say('freed'), 100); }, 50);
    });
    say('small');
    stay();
  `, '--expose-gc');
  await child.said('small');
  sampler.watch('server', child.running.pid);
  child.running.signal('SIGCONT');
  await child.said('freed');
  const { series } = sampler.stop();
  const rss = column(series, 'server', 'rssMiB').v;
  const peak = column(series, 'server', 'rssPeakMiB').v;
  assert.ok(peak.at(-1)! - rss[0]! > 95, `peak ${String(peak.at(-1))} after ${String(rss[0])}`);
  assert.ok(peak.at(-1)! - rss.at(-1)! > 80, `still ${String(rss.at(-1))}: the block was not given back`);
});

test('waiting for a core is seen: two that burn on one core wait for each other', async (t) => {
  if (host.processes.which('taskset') === null) {
    t.skip('taskset is not installed');
    return;
  }
  const sampler = startProcessSampler({ intervalMs: 60_000 }, ctx);
  taskset = ['taskset', '-c', '0'];
  const burner = `${prelude} burn(0.4); say('done'); stay();`;
  const child = await startNode(`
    let left = 2;
    for (const _ of [1, 2]) spawn(process.execPath, ['-e', ${JSON.stringify(burner)}], { stdio: ['ignore', 'pipe', 'inherit'] }).stdout.once('data', () => { left -= 1; if (left === 0) say('both'); });
  `);
  sampler.watch('engine', child.running.pid);
  await child.said('both');
  const { series } = sampler.stop();
  assert.ok(lastNumber(column(series, 'engine', 'runQueueWaitS')) > 0.2);
});

test('a source with a new process goes on after a null, counting from the start of the new one', async () => {
  const sampler = startProcessSampler({ intervalMs: 100 }, ctx);
  const first = await startNode('burn(0.6); say("used", usedS()); stay();');
  sampler.watch('engine', first.running.pid);
  await first.said('used');
  sampler.sampleNow();
  await first.running.stop(0);
  sampler.sampleNow();
  const second = await startNode('say("up"); stay();');
  await second.said('up');
  sampler.watch('engine', second.running.pid);
  sampler.sampleNow();
  assert.deepEqual(sampler.pidsOf('engine'), [first.running.pid, second.running.pid]);
  const cpu = column(sampler.stop().series, 'engine', 'cpuS');
  const gapAt = cpu.v.indexOf(null);
  assert.ok(gapAt > 0);
  assert.equal(cpu.v.filter((value) => value === null).length, 1, 'one null is enough for one gap');
  assert.ok(cpu.v[gapAt - 1]! > 0.55);
  assert.ok(cpu.v[gapAt + 1]! < cpu.v[gapAt - 1]!);
});

test('the machine has its share of busy time, its steal and its load', async () => {
  const sampler = startProcessSampler({ intervalMs: 50 }, ctx);
  const child = await startNode('burn(0.5); say("used", usedS());');
  await child.said('used');
  const { series } = sampler.stop();
  const busy = column(series, 'machine', 'utilization').v;
  assert.ok(busy.every((value) => value! >= 0 && value! <= 1));
  assert.ok(Math.max(...busy.map(Number)) > 0.2);
  assert.ok(column(series, 'machine', 'steal').v.every((value) => value! >= 0 && value! <= 1));
  assert.ok(lastNumber(column(series, 'machine', 'load1')) >= 0);
});

test('a process that does not exist, and one that is unwatched, do no harm', async () => {
  const sampler = startProcessSampler({ intervalMs: 60_000 }, ctx);
  sampler.watch('server', 2 ** 22 - 3);
  const child = await startNode('say("up"); stay();');
  sampler.watch('engine', child.running.pid);
  sampler.unwatch('engine');
  sampler.sampleNow();
  const { series } = sampler.stop();
  assert.equal(series.some((one) => one.source === 'server'), false);
  assert.equal(column(series, 'engine', 'cpuS').v.length, 2);
});

test('without /proc all of it is absent with a reason', () => {
  const sampler = startProcessSampler({ intervalMs: 100 }, createFakeMachine({ platform: 'darwin' }).ctx);
  sampler.watch('server', 1);
  sampler.sampleNow();
  assert.equal(sampler.pidsOf('server'), null);
  const { series, absent } = sampler.stop();
  assert.deepEqual(series, []);
  assert.match(absent ?? '', /\/proc.*darwin/);
});
