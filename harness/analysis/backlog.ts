/**
 * Did the server keep up with an open load? Arrivals against departures in the window:
 *
 *   open at end = open at start + due in the window − ended in the window
 *
 * A server that keeps up has a number in the system that wanders and comes back; one that does not has a backlog that grows as
 * long as the load lasts (the queue has no steady state, ρ ≥ 1; Kleinrock 1975, §1.5), so that its latencies say how long the stage
 * was and nothing about the server.
 *
 *   unstable ⟺ growth > max(2 % of what was due, 10 requests) and the mean number in the system rises through the thirds of the window
 *
 * In an M/M/1 queue at ρ = 0.9 the number in the system has mean 9 and standard deviation 9.5 (√ρ/(1 − ρ)), so at 200/s over 20 s
 * growth stays below 0.5 % of what was due; filling an empty system is one rise in the first third, no lasting one. Windows of
 * less than six seconds have no thirds worth the name: growth alone decides.
 */
import type { Offered } from '../model/analysis.js';
import type { StageResult } from '../model/record.js';
import type { Arrival } from '../model/stage.js';

const growthShare = 0.02;
const growthFloor = 10;
const leastSeconds = 6;

/** What was offered and met, bursts and spikes as the mean of their rate; null for closed load and where there was no window. */
export function checkOffered({ stage, schedule, timeline, windowFromMs, windowToMs }: StageResult): Offered | null {
  const windowS = (windowToMs - windowFromMs) / 1000;
  if (stage.arrival.kind === 'closed' || stage.arrival.kind === 'offline' || stage.arrival.kind === 'job' || !schedule || windowS <= 0) return null;
  const ended = sum(timeline.completed) + sum(timeline.failed);
  const growth = schedule.due - ended;
  return {
    askedRps: askedRps(stage.arrival),
    scheduledRps: schedule.due / windowS,
    endedRps: ended / windowS,
    openAtStart: schedule.openAtStart,
    openAtEnd: Math.max(0, schedule.openAtStart + growth),
    // A spike is above capacity on purpose: whether the server comes back from it is recovery.ts.
    unstable: stage.arrival.kind !== 'spike' && growth > Math.max(growthShare * schedule.due, growthFloor) && rises(timeline.inFlight),
  };
}

/** The mean rate that the plan asks for. */
function askedRps(arrival: Exclude<Arrival, { kind: 'closed' | 'offline' | 'job' }>): number {
  switch (arrival.kind) {
    case 'open':
    case 'replay': return arrival.rateRps;
    case 'burst': return arrival.requests / arrival.everyS;
    case 'spike': return (arrival.baseRps * (arrival.beforeS + arrival.afterS) + arrival.peakRps * arrival.duringS) / (arrival.beforeS + arrival.duringS + arrival.afterS);
  }
}

/** Growth of the backlog, requests a second. */
export function growthRps({ openAtStart, openAtEnd }: Offered, { windowFromMs, windowToMs }: StageResult): number {
  return ((openAtEnd - openAtStart) * 1000) / (windowToMs - windowFromMs);
}

/** Each third's mean is above the one before by a quarter of the whole rise at least: a steady rise has half of it in each step. */
function rises(inFlight: readonly number[]): boolean {
  if (inFlight.length < leastSeconds) return true;
  const third = Math.floor(inFlight.length / 3);
  const [first, second, last] = [inFlight.slice(0, third), inFlight.slice(third, -third), inFlight.slice(-third)].map((part) => sum(part) / part.length) as [number, number, number];
  const rise = last - first;
  return rise > 0 && second - first >= rise / 4 && last - second >= rise / 4;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
