/** What more users brought: more throughput, only more waiting, or less. Rates of an open load have their own rules: rate-rules.ts. */
import type { StageAnalysis } from '../../model/analysis.js';
import { usableStages } from '../peak.js';
import { insight, worst, type Rule, type RuleInput } from './rule.js';

/** Throughput within this share of another is the same. */
const flatness = 0.1;
/** Users must have grown this much before flat throughput says anything. */
const leastGrowth = 1.5;
/** Latency must have grown at least this share of what the users did. */
const leastFollow = 0.7;
/** Speed-up a user that still counts as scaling. */
const leastEfficiency = 0.8;

/** Usable stages of closed load, fewest users first. */
function usersStages(stages: RuleInput['stages']): (StageAnalysis & { users: number })[] {
  return usableStages(stages.map(({ analysis }) => analysis).filter(({ level }) => level.of === 'users')).map((stage) => ({ ...stage, users: stage.level.value }));
}

/** Throughput lost beyond the peak, in the stage that lost most. Silent where the curve is flat from one user on: `serial-server`. */
export const pastTheKnee: Rule = (input) => {
  const { peak, stages } = input;
  if (peak.kind === 'absent' || !peak.value.passed || plateau(input)?.from.users === 1) return null;
  const usable = usersStages(stages);
  const top = usable.find((stage) => stage.index === peak.value.stage);
  if (!top) return null;
  const later = worst(usable.filter((stage) => stage.users > top.users), (stage) => top.achievedRps - stage.achievedRps);
  if (!later) return null;
  return insight('past-the-knee', 'warn', later, { peakUsers: top.users, peakRps: top.achievedRps, rps: later.achievedRps, loss: 1 - later.achievedRps / top.achievedRps });
};

/** Throughput flat while latency follows the users: from one user on the server works serially, from more on it is full. */
export const saturation: Rule = (input) => {
  const flat = plateau(input);
  if (!flat) return null;
  const serial = flat.from.users === 1;
  if (!serial && input.peak.kind === 'found' && input.peak.value.passed) return null;
  const { from, to } = flat;
  return {
    id: serial ? 'serial-server' : 'saturated', severity: 'warn', stage: to.index,
    evidence: {
      fromUsers: from.users, toUsers: to.users, fromRps: from.achievedRps, toRps: to.achievedRps,
      fromP50Ms: medianMs(from), toP50Ms: medianMs(to),
    },
  };
};

/** The longest plateau that ends at the largest load: from its first stage on, all throughputs agree. */
function plateau({ stages }: RuleInput): { from: StageAnalysis & { users: number }; to: StageAnalysis & { users: number } } | null {
  const usable = usersStages(stages);
  const to = usable.at(-1);
  if (!to) return null;
  const from = usable.find((stage, i) =>
    to.users >= stage.users * leastGrowth
    && usable.slice(i + 1).every((later) => Math.abs(later.achievedRps / stage.achievedRps - 1) <= flatness)
    && medianMs(to) / medianMs(stage) >= leastFollow * (to.users / stage.users));
  return from ? { from, to } : null;
}

function medianMs({ latencyMs: { p50, mean } }: StageAnalysis): number {
  return p50.kind === 'found' ? p50.value.value : (mean ?? 0);
}

/** Throughput that grew nearly as the users did, from the smallest to the largest load. */
export const scales: Rule = ({ stages }) => {
  const usable = usersStages(stages);
  const [from, to] = [usable[0], usable.at(-1)];
  if (!from || !to || to.users < 2 * from.users) return null;
  const efficiency = to.achievedRps / from.achievedRps / (to.users / from.users);
  if (efficiency < leastEfficiency) return null;
  return {
    id: 'scales', severity: 'good', stage: to.index,
    evidence: { fromUsers: from.users, toUsers: to.users, fromRps: from.achievedRps, toRps: to.achievedRps, efficiency },
  };
};
