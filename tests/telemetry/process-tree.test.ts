import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Files } from '../../harness/host/index.js';
import { createChildFinder } from '../../harness/telemetry/process-children.js';
import { watchProcessTree, type ProcessTree } from '../../harness/telemetry/process-tree.js';

interface Fake {
  parent: number;
  ownS: number;
  reapedS?: number;
  rssMiB?: number;
  peakMiB?: number;
  start?: number;
  waitS?: number;
}

/** A /proc that the test writes; `childLists: false` is a kernel without the children files. */
class FakeProc {
  readonly processes = new Map<number, Fake>([[1, { parent: 0, ownS: 0 }], [50, { parent: 1, ownS: 0 }]]);
  /** Called before a file is read: things happen while we read. */
  onRead: (path: string) => void = () => undefined;

  constructor(readonly childLists = true) {}

  get files(): Files {
    return { tryReadText: (path: string) => this.read(path), list: (path: string) => this.list(path) } as unknown as Files;
  }

  watch(pid: number): ProcessTree {
    return watchProcessTree(pid, createChildFinder(50, this.files), this.files);
  }

  private read(path: string): string | null {
    this.onRead(path);
    const [, pid = '', file = ''] = /^\/proc\/(\d+)\/(.*)$/.exec(path) ?? [];
    const process = this.processes.get(Number(pid));
    if (process === undefined) return null;
    if (file === 'stat') {
      return `${pid} (a (b) c) S ${String(process.parent)} 0 0 0 -1 0 0 0 0 0 ${String(Math.round(process.ownS * 100))} 0 ${String(Math.round((process.reapedS ?? 0) * 100))} 0 20 0 1 0 ${String(process.start ?? 7)} 0 0`;
    }
    if (file === 'status') return `VmHWM:\t${String((process.peakMiB ?? 1) * 1024)} kB\nVmRSS:\t${String((process.rssMiB ?? 1) * 1024)} kB\n`;
    if (file.endsWith('/schedstat')) return `0 ${String((process.waitS ?? 0) * 1e9)} 1\n`;
    if (file.endsWith('/children') && this.childLists) return [...this.processes].filter(([, other]) => other.parent === Number(pid)).map(([child]) => `${String(child)} `).join('');
    return null;
  }

  private list(path: string): string[] {
    if (path === '/proc') return ['cpuinfo', ...[...this.processes.keys()].map(String)];
    const pid = /^\/proc\/(\d+)\/task$/.exec(path)?.[1] ?? '';
    if (!this.processes.has(Number(pid))) throw new Error('ENOENT');
    return [pid];
  }
}

const cpuS = (tree: ProcessTree): number => Math.round((tree.read()?.cpuS ?? Number.NaN) * 100) / 100;

for (const childLists of [true, false]) {
  test(`a tree counts its root, its living descendants and the children they waited for (${childLists ? 'child lists' : 'whole scan'})`, () => {
    const proc = new FakeProc(childLists);
    proc.processes.set(100, { parent: 50, ownS: 1, reapedS: 0.5, rssMiB: 10, peakMiB: 20, waitS: 0.1 });
    proc.processes.set(101, { parent: 100, ownS: 2, rssMiB: 30, peakMiB: 40, waitS: 0.2 });
    proc.processes.set(102, { parent: 101, ownS: 4, rssMiB: 5, peakMiB: 5 });
    proc.processes.set(900, { parent: 1, ownS: 99 });
    const tree = proc.watch(100);
    assert.equal(cpuS(tree), 7.5);
    const use = tree.read()!;
    assert.deepEqual([use.rssMiB, use.rssPeakMiB], [45, 65]);
    assert.ok(Math.abs(use.runQueueWaitS! - 0.3) < 1e-9);
    assert.deepEqual(tree.pids(), [100, 101, 102]);
  });
}

test('a child that ends and is waited for counts once', () => {
  const proc = new FakeProc();
  proc.processes.set(100, { parent: 50, ownS: 1 });
  proc.processes.set(101, { parent: 100, ownS: 2 });
  const tree = proc.watch(100);
  assert.equal(cpuS(tree), 3);
  proc.processes.delete(101);
  proc.processes.set(100, { parent: 50, ownS: 1, reapedS: 2.5 });
  assert.equal(cpuS(tree), 3.5);
  assert.equal(cpuS(tree), 3.5);
});

test('a child that ends and is waited for between two reads of one sample counts once, too', () => {
  const proc = new FakeProc();
  proc.processes.set(100, { parent: 50, ownS: 1 });
  proc.processes.set(101, { parent: 100, ownS: 2 });
  const tree = proc.watch(100);
  assert.equal(cpuS(tree), 3);
  proc.onRead = (path) => {
    if (path !== '/proc/101/stat') return;
    proc.processes.delete(101);
    proc.processes.set(100, { parent: 50, ownS: 1, reapedS: 2 });
  };
  assert.equal(cpuS(tree), 3);
  assert.equal(cpuS(tree), 3);
});

test('a child whose parent never waits is not lost: the sum does not go back', () => {
  const proc = new FakeProc();
  proc.processes.set(100, { parent: 50, ownS: 1 });
  proc.processes.set(101, { parent: 100, ownS: 2 });
  const tree = proc.watch(100);
  assert.equal(cpuS(tree), 3);
  proc.processes.delete(101);
  assert.equal(cpuS(tree), 3);
  proc.processes.set(100, { parent: 50, ownS: 1.5 });
  assert.equal(cpuS(tree), 3.5);
});

test('a chain that ends as a whole hands its time to the first ancestor that lives', () => {
  const proc = new FakeProc();
  proc.processes.set(100, { parent: 50, ownS: 1 });
  proc.processes.set(101, { parent: 100, ownS: 2 });
  proc.processes.set(102, { parent: 101, ownS: 4 });
  const tree = proc.watch(100);
  assert.equal(cpuS(tree), 7);
  proc.processes.delete(101);
  proc.processes.delete(102);
  proc.processes.set(100, { parent: 50, ownS: 1, reapedS: 6 });
  assert.equal(cpuS(tree), 7);
});

test('a member stays one when its parent ends and it is given to another', () => {
  const proc = new FakeProc();
  proc.processes.set(100, { parent: 50, ownS: 1 });
  proc.processes.set(101, { parent: 100, ownS: 2 });
  const tree = proc.watch(100);
  assert.equal(cpuS(tree), 3);
  proc.processes.delete(100);
  proc.processes.set(101, { parent: 1, ownS: 5 });
  assert.equal(cpuS(tree), 6);
  proc.processes.delete(101);
  assert.equal(tree.read(), null);
});

test('a stranger with the number of an ended process does not join', () => {
  const proc = new FakeProc();
  proc.processes.set(100, { parent: 50, ownS: 1 });
  const tree = proc.watch(100);
  assert.equal(cpuS(tree), 1);
  proc.processes.set(100, { parent: 1, ownS: 70, start: 8 });
  assert.equal(tree.read(), null);
  assert.equal(tree.read(), null);
});

test('the peak is kept after memory is given back; a child that has just been forked does not double it', () => {
  const proc = new FakeProc();
  proc.processes.set(100, { parent: 50, ownS: 1, rssMiB: 500, peakMiB: 500 });
  const tree = proc.watch(100);
  assert.equal(tree.read()!.rssPeakMiB, 500);
  proc.processes.set(101, { parent: 100, ownS: 0, rssMiB: 500, peakMiB: 500 });
  assert.equal(tree.read()!.rssPeakMiB, 500);
  proc.processes.set(101, { parent: 100, ownS: 0, rssMiB: 40, peakMiB: 60 });
  proc.processes.set(100, { parent: 50, ownS: 1, rssMiB: 100, peakMiB: 500 });
  const use = tree.read()!;
  assert.deepEqual([use.rssMiB, use.rssPeakMiB], [140, 560]);
  proc.processes.delete(101);
  assert.equal(tree.read()!.rssPeakMiB, 560);
});

test('alone: neither children nor what they handed over count', () => {
  const proc = new FakeProc();
  proc.processes.set(100, { parent: 50, ownS: 1, reapedS: 9 });
  proc.processes.set(101, { parent: 100, ownS: 2 });
  const tree = watchProcessTree(100, null, proc.files);
  assert.equal(cpuS(tree), 1);
  assert.deepEqual(tree.pids(), [100]);
});

test('the wait of a thread that has ended is kept', () => {
  const proc = new FakeProc();
  proc.processes.set(100, { parent: 50, ownS: 1, waitS: 1 });
  proc.processes.set(101, { parent: 100, ownS: 1, waitS: 3 });
  const tree = proc.watch(100);
  assert.equal(tree.read()!.runQueueWaitS, 4);
  proc.processes.delete(101);
  assert.equal(tree.read()!.runQueueWaitS, 4);
});
