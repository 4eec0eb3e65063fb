/** Pictures of a comparison, in English. This file is the type: every other language must have every entry. */
export const compareFigures = {
  beside: 'The arms beside each other',
  slopes: {
    title: (metric: string, second: string, first: string) => `Pair by pair: ${metric} of ${first} and ${second}`,
    caption: (up: string, down: string, stage: string, second: string) => `Each thin line is one pair of runs at “${stage}”, the thick one their geometric mean: with “${second}” the figure is higher in ${up} and lower in ${down} of the pairs.`,
    captionRun: (up: string, down: string, second: string) => `Each thin line is one pair of runs, the thick one their geometric mean: with “${second}” the figure is higher in ${up} and lower in ${down} of the pairs.`,
  },
  deciles: {
    title: (second: string, first: string) => `Where the latency differs: deciles of ${second} less those of ${first}`,
    x: (first: string) => `latency of ${first} (ms)`,
    y: 'difference (ms)',
    caption: (stage: string, pairs: string, low: string, high: string, confidence: string) => `Latency at “${stage}”, ${pairs}: the lowest tenth moved by ${low}, the ninth decile by ${high}; below the line the second arm is quicker. Band: ${confidence} interval of each decile by itself.`,
    captionOne: (stage: string, low: string, high: string) => `Latency at “${stage}”, one pair and so no interval: the lowest tenth moved by ${low}, the ninth decile by ${high}; below the line the second arm is quicker.`,
    otherThroughput: 'The arms did not do the same work a second: under closed load waiting moves with throughput.',
    decile: 'Decile', shift: 'Difference',
  },
  trade: {
    title: (percentile: string) => `Latency ${percentile} against throughput, by arm`,
    x: 'throughput (req/s)', y: (percentile: string) => `latency ${percentile} (ms)`,
    caption: (runs: string, confidence: string) => `One point a stage, in the order of the load: means over ${runs}, bars are ${confidence} intervals of the latency. Right and low is better; what bends back has passed its peak.`,
  },
  batch: { title: 'Texts a batch, by arm', x: 'texts a batch (mean)', part: 'texts a batch', caption: (stage: string, most: string, arm: string) => `At “${stage}”, mean over the runs: most in “${arm}”, ${most}. Larger batches use the model better and let the first of a batch wait for the last.` },
  time: {
    title: 'Waiting and computing, by arm', x: 'median time (ms)', queue: 'in the queue', infer: 'in the model',
    caption: (stage: string) => `Medians of the server’s own times at “${stage}”, mean over the runs. Where waiting is the longer one, more capacity or larger batches help; where computing is, shorter texts or a faster model.`,
  },
  memory: { title: 'Memory at its peak, by arm', x: (unit: string) => `memory (${unit})`, caption: (runs: string) => `The highest of a run, mean over ${runs}.` },
  answers: {
    title: 'Answers by arm', against: (first: string) => `Asked alone, other than “${first}”`, underLoad: 'Changed sides under load', delta: 'Largest difference of scores', of: (flips: string, all: string) => `${flips} of ${all}`,
    itself: 'is the first arm', note: 'Under load: answers that lie on the other side of the threshold than the same pair asked alone in the same run. Asked alone: pairs that the two arms judge differently.',
  },
  lastStage: 'the last stage',
  sameSettings: 'Only settings in which the arms differ are shown.',
  runs: (n: string) => (n === '1' ? '1 run an arm' : `${n} runs an arm`),
};

export type CompareFigureText = typeof compareFigures;
