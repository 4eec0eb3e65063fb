import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InferenceError, type InferenceErrorCode } from '../../../../servers/reference/inference/error.js';
import { chooseExecution } from '../../../../servers/reference/inference/execution.js';
import type { Execution } from '../../../../servers/reference/inference/types.js';
import type { WorkerProcess } from '../../../../servers/reference/inference/worker-process.js';

const worker = { pid: 1 } as WorkerProcess;

const machine = (cuda: 'there' | InferenceErrorCode): { tried: Execution[]; start: (execution: Execution) => Promise<WorkerProcess> } => {
  const tried: Execution[] = [];
  return {
    tried,
    start: (execution) => {
      tried.push(execution);
      return cuda === 'there' ? Promise.resolve(worker) : Promise.reject(new InferenceError(cuda, 'the runtime cannot use CUDA here: no library'));
    },
  };
};

test('cpu tries nothing', async () => {
  const { tried, start } = machine('there');
  assert.deepEqual(await chooseExecution('cpu', start), { execution: 'cpu', fallback: null, first: null });
  assert.deepEqual(tried, []);
});

test('cuda, where it is there, keeps the process that found it', async () => {
  for (const asked of ['cuda', 'auto'] as const) {
    const { tried, start } = machine('there');
    assert.deepEqual(await chooseExecution(asked, start), { execution: 'cuda', fallback: null, first: worker });
    assert.deepEqual(tried, ['cuda']);
  }
});

test('cuda asked for and absent is an error; auto takes the CPU and says why', async () => {
  const { start } = machine('cuda-missing');
  await assert.rejects(chooseExecution('cuda', start), (error: unknown) => error instanceof InferenceError && error.code === 'cuda-missing');
  assert.deepEqual(await chooseExecution('auto', start), { execution: 'cpu', fallback: 'the CPU computes, because the runtime cannot use CUDA here: no library', first: null });
});

test('a model that is unusable is no matter of CUDA', async () => {
  await assert.rejects(chooseExecution('auto', machine('model-unusable').start), (error: unknown) => error instanceof InferenceError && error.code === 'model-unusable');
});
