/** The conformance suite in place of load: `load.conformance`. */
import { z } from 'zod';
import { duration, whole } from './scenario-value.js';

export const conformance = z.strictObject({
  connections: whole(1, 60_000, 'Connections opened at once, and left; fewer where this system allows a process fewer open files.').default(10_000),
  patience: duration('How long a client may send its request byte by byte before the server has to cut it off; each of two checks waits so long. 0s: they are left out.', 'zero').default('45s'),
}).describe('A suite of checks instead of load: what the server does at the edges of HTTP and of its API.');
