import type { ProbePair } from '../../../model/dataset.js';

/** A probe before it gets its number. */
export type Probe = Omit<ProbePair, 'id'>;
