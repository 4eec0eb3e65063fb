/** A program for the orphan test: starts an inference process, says its pid, and keeps it busy until it is killed. */
import { startWorker } from '../../../../servers/reference/inference/worker-process.js';

const [modelPath = ''] = process.argv.slice(2);
const worker = await startWorker({ modelPath, hidden: 2, kind: 'bi-encoder', vocabSize: 8, pooling: 'mean', intraThreads: 1, execution: 'cpu' });
process.stdout.write(`${worker.pid}\n`);
for (;;) await worker.run(new Int32Array(4096).fill(4), new Int32Array(256).fill(16));
