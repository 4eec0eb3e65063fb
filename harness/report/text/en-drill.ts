/** Drills in English. This file is the type: the other language must have every entry. */
export const drill = {
  title: 'What users saw of the drill', titles: 'What users saw of each drill',
  promiseTitle: 'The promise', requestTitle: 'The requests',
  load: (rate: string, length: string) => `drill: ${rate} requests/s for ${length}`,
  neverBroken: (percentile: string, limit: string, watched: string) => `${percentile} stayed within ${limit} through all of the ${watched}`,
  /** The fault's own window, on the clock of everything else. */
  fault: (from: string, to: string) => `the fault lasted from ${from} to ${to}`, faultFrom: (from: string) => `the fault lasted from ${from} on`, crash: (at: string) => `the server crashed at ${at}`,
  crashes: (from: string, to: string) => `the server crashed again and again from ${from} to ${to}`,
  /** How long behind the fault the promise held again; an aside of `recovered` and `notRecovered`. */
  after: { crash: (time: string, interval: string) => `${time} ${interval} after the crash`, planted: (time: string, interval: string) => `${time} ${interval} after the end of the fault` },
  before: { crash: 'before the crash', planted: 'before the fault ended' }, watchedAfter: { crash: (time: string) => `${time} of them after the crash`, planted: (time: string) => `${time} of them after the end of the fault` },
  recovered: (percentile: string, limit: string, from: string, time: string, interval: string, after: string) => `${percentile} was beyond ${limit} from ${from} on, and ${time} ${interval} later within it again${after}, and stayed so`,
  notRecovered: (percentile: string, limit: string, from: string, watched: string, after: string) => `${percentile} was beyond ${limit} from ${from} on, and was not seen to stay within it again in the ${watched} that were watched${after}`,
  notJudged: (why: string) => `the drill was not judged: ${why}`,
  requests: (due: string, answered: string, failed: string, kinds: string, fallback: string) => `of ${due} requests ${answered} were answered${fallback} and ${failed} failed${kinds}`,
  fallback: (n: string) => `${n} by the fallback instead of the model`,
  flips: (flips: string, checked: string, maxDelta: string) => `${flips} of ${checked} checked answers changed sides, scores by up to ${maxDelta}`, noFlips: (checked: string) => `none of ${checked} checked answers changed sides`,
  allEnded: 'every request came to an end', unended: (n: string) => `${n} never came to an end`,
  restarted: (n: string, one: boolean) => `the server was started again ${n} ${one ? 'time' : 'times'}`,
  drilled: (drills: string, one: boolean, held: string, back: string, lost: string) => `${drills} ${one ? 'drill' : 'drills'}: the promise was never broken in ${held}, broken and kept again in ${back}, not seen to be kept again in ${lost}. What users saw of each stands in its own sentence; moments count from the end of the warm-up.`,
  byFallback: (n: string) => `In ${n} of them the fallback answered some requests instead of the model.`,
  invalid: (n: string, one: boolean) => `Of ${n} of them the measurement is invalid, as ${one ? 'its report says' : 'their reports say'}: what ${one ? 'it tells' : 'they tell'} may be the load generator’s doing.`,
  of: (arm: string, sentence: string) => `“${arm}”: ${sentence}.`,
  head: { arm: 'Drill', fault: 'Fault', from: 'Broken from', time: 'Until it held again', after: 'After the fault', recovered: 'Held again', due: 'Requests', answered: 'Answered', fallback: 'By the fallback', failed: 'Failed', unended: 'Never ended', flips: 'Changed sides', slowest: 'Slowest answer', worst: 'Worst window', restarts: 'Restarts' },
  separator: '; ',
  never: 'never broken', ofChecked: (flips: string, checked: string) => `${flips} of ${checked}`, on: (from: string) => `from ${from} on`, yes: 'yes', no: 'no',
  note: 'The promise is looked at in windows, by the moment at which requests were due; failures count as infinitely slow. Moments count from the end of the warm-up. The time runs from the first broken window to the end of the last one, and so contains the fault; what follows the fault’s end (of a crash: its moment) stands beside it, 0 where the promise held before. Drills are not compared with each other.',
};

export type DrillText = typeof drill;
