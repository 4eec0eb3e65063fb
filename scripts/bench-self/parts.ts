/** All parts of the benchmark, in the order of the page. */
import { accuracyOpen } from './accuracy-open.js';
import { accuracy } from './accuracy.js';
import type { Part } from './bench.js';
import { ceiling } from './ceiling.js';
import { endurance } from './endurance.js';
import { fold } from './fold.js';
import { gatesPart } from './gates.js';
import { history } from './history.js';
import { largeReport } from './large-report.js';
import { limit } from './limit.js';
import { live } from './live.js';
import { memory } from './memory.js';
import { naive } from './naive.js';
import { openLoad } from './open-load.js';
import { overhead } from './overhead.js';
import { pairs } from './pairs.js';
import { peers } from './peers.js';
import { reference } from './reference.js';
import { releaseGate } from './release-gate.js';
import { search } from './search.js';
import { stall } from './stall.js';
import { strategies } from './strategies.js';

export const parts: readonly Part[] = [accuracy, accuracyOpen, stall, openLoad, overhead, live, ceiling, peers, gatesPart, releaseGate, search, fold, memory, pairs, largeReport, history, reference, limit, naive, strategies, endurance];
