/** All parts of the benchmark, in the order of the page. */
import { accuracy } from './accuracy.js';
import type { Part } from './bench.js';
import { fold } from './fold.js';
import { largeReport } from './large-report.js';
import { overhead } from './overhead.js';
import { pairs } from './pairs.js';
import { reference } from './reference.js';

export const parts: readonly Part[] = [accuracy, overhead, fold, pairs, largeReport, reference];
