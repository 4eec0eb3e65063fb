/** Which arms of a comparison are within the limits that were set for them, and by how much: of what each run was judged by itself. */
import type { ComparisonRecord, RoundCheck } from './comparison.js';

type Rounds = Pick<ComparisonRecord, 'arms' | 'rounds'>;

/** One expectation of one arm over its runs. */
export interface ArmLimit extends Pick<RoundCheck, 'gate' | 'stage' | 'unit' | 'limit' | 'level' | 'metric'> {
  arm: string;
  /** Runs in which it was judged, and in which it failed. */
  runs: number;
  failed: number;
  /** fail in more than half of the runs; else what most runs say. */
  status: RoundCheck['status'];
  /** Mean over the runs that measured it, and so many; null where none did. */
  actual: number | null;
  /** Of a run that failed, else of the first. */
  reason: RoundCheck['reason'];
}

/** Arms whose gates failed in more than half of their runs: none of them can win. */
export function armsBeyondLimits({ arms, rounds }: Rounds): string[] {
  return arms.map(({ name }) => name).filter((name) => {
    const own = rounds.filter(({ arm }) => arm === name);
    return own.filter(({ verdict }) => verdict === 'fail').length * 2 > own.length;
  });
}

/** Every expectation of every arm, arm by arm in the order of the gates; empty of a file from before they were kept. */
export function armLimits({ arms, rounds }: Rounds): ArmLimit[] {
  return arms.flatMap(({ name }) => {
    const checks = rounds.filter(({ arm }) => arm === name).flatMap((round) => round.checks ?? []);
    const keys = [...new Set(checks.map(keyOf))];
    return keys.flatMap((key): ArmLimit[] => {
      const own = checks.filter((check) => keyOf(check) === key);
      const failing = own.filter(({ status }) => status === 'fail');
      const told = failing[0] ?? own[0];
      if (told === undefined) return [];
      const values = own.flatMap(({ actual }) => actual ?? []);
      const { gate, stage, unit, limit, level, metric, reason } = told;
      // What is listed only where it failed (a wrong answer) failed in so many of all runs.
      const runs = Math.max(own.length, rounds.filter(({ arm, checks: judged }) => arm === name && judged !== undefined).length);
      return [{ arm: name, gate, stage, unit, limit, level, metric, reason, runs, failed: failing.length, status: failing.length * 2 > runs ? 'fail' : mostOf(own), actual: values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length }];
    });
  });
}

const keyOf = ({ gate, stage }: RoundCheck): string => JSON.stringify([gate, stage]);

/** Of the runs that did not fail, the status that most of them have; pass where it is listed only when it fails. */
function mostOf(checks: readonly RoundCheck[]): RoundCheck['status'] {
  const others = checks.map(({ status }) => status).filter((status) => status !== 'fail');
  const times = (status: string): number => others.filter((one) => one === status).length;
  return others.toSorted((a, b) => times(b) - times(a))[0] ?? 'pass';
}
