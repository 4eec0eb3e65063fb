import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseLoad, parseMachineTimes, parseProcessMemory, parseProcessStat, parseRunQueueWaitS } from '../../harness/telemetry/proc-file.js';

const tail = 'S 100 200 200 0 -1 4194560 1234 5678 1 2 150 50 30 20 20 0 7 0 987654 123456789 4321 18446744073709551615 1 1 0 0 0 0 0 4096 0 0 0 0 17 1 0 0 0 0 0';

test('stat: fields are counted from the last parenthesis of the name', () => {
  for (const name of ['node', 'tmux: server', 'a) S 1 1 (b', '((', ')', '中文 (x)']) {
    assert.deepEqual(parseProcessStat(`4242 (${name}) ${tail}`), { pid: 4242, parentPid: 100, state: 'S', ownS: 2, reapedS: 0.5, startTicks: 987654 }, name);
  }
});

test('stat: cut and foreign text is null', () => {
  for (const text of ['', '4242', '4242 (node', '4242 (node) S 1 2', 'x (node) S']) assert.equal(parseProcessStat(text), null, text);
});

test('status: VmRSS and VmHWM in MiB; a zombie has neither', () => {
  assert.deepEqual(parseProcessMemory('Name:\tnode\nVmHWM:\t  204800 kB\nVmRSS:\t  102400 kB\nThreads:\t7\n'), { rssMiB: 100, peakMiB: 200 });
  assert.equal(parseProcessMemory('Name:\tnode\nState:\tZ (zombie)\n'), null);
});

test('schedstat: the second number is the wait', () => {
  assert.equal(parseRunQueueWaitS('5000000000 1500000000 42\n'), 1.5);
  assert.equal(parseRunQueueWaitS('5000000000 1500000000'), null);
});

test('machine: busy and stolen time; guest time is not counted twice; old kernels have no steal', () => {
  assert.deepEqual(parseMachineTimes('cpu  100 50 150 600 100 50 50 100 40 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n'), { busyS: 4, stealS: 1, totalS: 12 });
  assert.deepEqual(parseMachineTimes('cpu  100 50 150 600 100 50 50\n'), { busyS: 4, stealS: 0, totalS: 11 });
  assert.equal(parseMachineTimes('intr 1 2 3\n'), null);
  assert.equal(parseLoad('3.08 2.32 1.17 10/172 19015\n'), 3.08);
  assert.equal(parseLoad(''), null);
});
