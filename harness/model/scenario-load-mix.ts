/** `load.mix`: several loads at the same time. */
import { z } from 'zod';
import { closed, open } from './scenario-load.js';
import { offline } from './scenario-load-shapes.js';
import { duration } from './scenario-value.js';

/** The kinds that a part of a mix can be of; exactly one is given. */
export const partKinds = ['closed', 'open', 'offline'] as const;

const window = duration('Length of the window that all parts have in common; where a part is offline, at most so long.', 'positive').optional();
const part = z.strictObject({
  closed: closed.omit({ requests: true }).extend({ duration: window }).describe('Closed load, as load.closed alone; one number of users.').optional(),
  open: open.extend({ duration: window }).describe('Open load, as load.open alone; one rate.').optional(),
  offline: offline.extend({ timeout: window }).describe('A lot of pairs, as load.offline alone, which begins when the window opens.').optional(),
}).describe('One part: closed, open or offline.');
const name = z.string().regex(/^\p{L}[\p{L}\p{N}._-]{0,39}$/u, { error: 'expected a name that begins with a letter: letters, digits, dots, dashes or underscores, at most 40' });

export const mix = z.record(name, part).describe('Several loads at the same time over one window, each under a name of its own, by which gates pick it: latency{stage:interactive}.');
