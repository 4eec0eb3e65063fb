/** A command in place of requests: `load.job`. */
import { z } from 'zod';
import { duration, text, textMap, unlessMissing } from './scenario-value.js';

export const job = z.strictObject({
  command: z.union([text('A command line; quotes keep words together, no shell is involved.'), z.array(z.string()).min(1, { error: 'expected a command line, or a list of its words' })], { error: unlessMissing('expected a command line, or a list of its words') })
    .describe('What is run. {url} stands for the address of the server beside it, {package} for the folder of mgeo-bench.'),
  cwd: text('Folder it is started in; default: the one mgeo-bench is started in.').optional(),
  env: textMap('Added to its environment.').default({}),
  timeout: duration('It is stopped after so long, and the run has failed.', 'positive').default('1h'),
}).describe('A command instead of requests: its duration, CPU, memory, GPU memory, and the numbers in the JSON lines that it prints. It needs no server.');
