import type { ReportInput } from '../../harness/report/index.js';
import { sampleInput } from './sample-input.js';

/** A run that ended before anything was started: nothing is known but the plan, the machine and the reason. */
export function brokenInput(): ReportInput {
  const { record } = sampleInput({ users: [1] });
  const nothing = { kind: 'absent', why: 'not-checked' } as const;
  return {
    record: {
      ...record, outcome: 'failed', engine: null, dataset: null, server: null, probe: null, abnormal: null, stages: [], gpu: null, series: [], events: [], durationS: 0.4,
      failure: { code: 'server-not-ready', message: 'The server was not ready within 60 s.', hint: 'Look at logs/server.log.', exitCode: 3, details: ['Traceback <module>', '  KeyError: & "x"'] },
    },
    analysis: { stages: [], gpus: { kind: 'absent', why: 'not-measured' }, serverRssPeakMiB: null, peak: { kind: 'absent', why: 'no-valid-stage' },
    capacity: { kind: 'absent', why: 'closed-load' }, scale: { kind: 'absent', why: 'too-few-levels', needed: 4 }, answers: { aucs: { highLow: nothing, exactRest: nothing, matchNot: nothing }, distribution: nothing, quality: nothing, probes: nothing, abnormal: nothing }, insights: [], measured: [] },
    verdict: { status: 'invalid', exitCode: 3, checks: [], headline: { code: 'failed', params: { failure: 'server-not-ready', message: 'The server was not ready within 60 s.', stages: 0 } } },
  };
}
