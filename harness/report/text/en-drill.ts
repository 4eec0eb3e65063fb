/** Drills in English. This file is the type: the other language must have every entry. */
export const drill = {
  title: 'What users saw of the drill', titles: 'What users saw of each drill',
  load: (rate: string, length: string) => `drill: ${rate} requests/s for ${length}`,
  neverBroken: (percentile: string, limit: string, watched: string) => `${percentile} stayed within ${limit} through all of the ${watched}`,
  recovered: (percentile: string, limit: string, from: string, time: string, interval: string) => `${percentile} was beyond ${limit} from ${from} on, and ${time} ${interval} later within it again, and stayed so`,
  notRecovered: (percentile: string, limit: string, from: string, watched: string) => `${percentile} was beyond ${limit} from ${from} on, and was not seen to stay within it again in the ${watched} that were watched`,
  notJudged: (why: string) => `the drill was not judged: ${why}`,
  requests: (due: string, answered: string, failed: string, kinds: string) => `of ${due} requests ${answered} were answered and ${failed} failed${kinds}`,
  allEnded: 'every request came to an end', unended: (n: string) => `${n} never came to an end`,
  restarted: (n: string, one: boolean) => `the server was started again ${n} ${one ? 'time' : 'times'}`,
  drilled: (drills: string, one: boolean, held: string, back: string, lost: string) => `${drills} ${one ? 'drill' : 'drills'}: the promise was never broken in ${held}, broken and kept again in ${back}, not seen to be kept again in ${lost}. What users saw of each stands in its own sentence.`,
  invalid: (n: string, one: boolean) => `Of ${n} of them the measurement is invalid, as ${one ? 'its report says' : 'their reports say'}: what ${one ? 'it tells' : 'they tell'} may be the load generator’s doing.`,
  of: (arm: string, sentence: string) => `“${arm}”: ${sentence}.`,
  head: { arm: 'Drill', from: 'Broken from', time: 'Until it held again', recovered: 'Held again', due: 'Requests', answered: 'Answered', failed: 'Failed', unended: 'Never ended', slowest: 'Slowest answer', worst: 'Worst window', restarts: 'Restarts' },
  separator: '; ',
  never: 'never broken', yes: 'yes', no: 'no',
  note: 'The promise is looked at in windows, by the moment at which requests were due; failures count as infinitely slow. The time runs from the first broken window to the end of the last one. Drills are not compared with each other.',
};

export type DrillText = typeof drill;
