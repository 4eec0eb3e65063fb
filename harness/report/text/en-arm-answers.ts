/** Which arm changes answers, and what it costs, in English. This file is the type: every other language must have every entry. */
export const armAnswers = {
  title: 'Which arm changes answers, and what does it cost?',
  changes: (arm: string, flips: string, asked: string, figures: string) => `“${arm}” changes ${flips} of ${asked} answers${figures}.`,
  scoresOnly: (arm: string, asked: string, delta: string, figures: string) => `“${arm}” changes none of ${asked} answers, though scores by up to ${delta}${figures}.`,
  none: (arms: string, asked: string) => `No answer of ${asked}, nor any score, is changed by ${arms}.`,
  gained: (arm: string, n: string, other: string) => `“${arm}” answers ${n} that “${other}” does not.`,
  notAsked: (arms: string) => `Not asked the same, so not told: ${arms}.`,
  from: (name: string, from: string, to: string) => `${name} ${from} → ${to}`,
  cost: (ms: string) => `${ms} ms a request`,
  auc: 'AUC', macroF1: 'macro-F1',
  head: { arm: 'Arm', flips: 'Answers changed', delta: 'Largest change of a score', auc: 'AUC', macroF1: 'Macro-F1', cost: 'Normalising (ms a request)' },
  of: (flips: string, asked: string) => `${flips} of ${asked}`,
  note: (first: string) => `Golden pairs asked alone before the load, beside the answers of “${first}”. AUC: matches against the rest. Normalising: its mean in Server-Timing, where the server tells it; what it does to throughput and latency stands in the comparisons below.`,
};

export type ArmAnswersText = typeof armAnswers;
