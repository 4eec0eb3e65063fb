import type { ConformanceGroup, ConformanceResult } from '../../model/conformance.js';
import type { Bench } from './bench.js';

/** How a check ended: what was seen, as a code and its values. */
export type Finding = Pick<ConformanceResult, 'status' | 'reason'>;

type Params = ConformanceResult['reason']['params'];

/** One check. It leaves nothing open behind and judges what it saw itself; whether the server still lives afterwards is asked for it. */
export interface Check {
  id: string;
  group: ConformanceGroup;
  level: 'must' | 'should';
  /** `api`: only of servers that speak the API of the reference server; `own`: only of a server that this run has started. */
  needs?: 'api' | 'own';
  run: (bench: Bench) => Promise<Finding> | Finding;
}

/** It holds; a code where what was seen is worth a word. */
export const pass = (code = 'met', params: Params = {}): Finding => ({ status: 'pass', reason: { code, params } });
/** It does not hold, and why. */
export const fail = (code: string, params: Params = {}): Finding => ({ status: 'fail', reason: { code, params } });
/** There was nothing to look at, and why. */
export const notApplicable = (code: string, params: Params = {}): Finding => ({ status: 'not-applicable', reason: { code, params } });

/** Its turn never came, and why. */
export const notRun = (code: string, params: Params = {}): Finding => ({ status: 'not-run', reason: { code, params } });

/** The checks of one group, in order: id, level, needs, and the function. */
export function checksOf(group: ConformanceGroup, list: readonly (readonly [id: string, level: Check['level'], run: Check['run'], needs?: Check['needs']])[]): Check[] {
  return list.map(([id, level, run, needs]) => ({ id, group, level, run, ...(needs === undefined ? {} : { needs }) }));
}
