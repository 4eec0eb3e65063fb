/** Throughput over load as a curve, in English. This file is the type: every other language must have every entry. */
export const scale = {
  knee: (inFlight: string) => `The knee is at ${inFlight} requests in flight: beyond it more load brings more waiting than answers.`,
  kneeBeyond: 'The knee lies beyond the loads that were tried.',
  peak: (inFlight: string, rps: string) => `Throughput is highest at ${inFlight} in flight: ${rps}.`,
  peakUnseen: 'A peak was not seen: no larger load brought less.',
  curve: (lambda: string, sigma: string, kappa: string, miss: string, confidence: string) => `Universal Scalability Law with λ ${lambda}, σ ${sigma}, κ ${kappa}; it misses the measured levels by at most ${miss}. Band and brackets: ${confidence} by residual bootstrap, of this one run.`,
  validTo: (from: string, to: string) => `It was fitted from ${from} to ${to} in flight; outside of that it is a guess.`,
  kneeMark: 'knee',
  fitted: 'fitted',
  tip: (inFlight: string, rps: string) => `${inFlight} in flight: ${rps} measured`,
  absent: {
    'too-few-levels': 'A curve needs at least four valid levels of closed load.',
    'too-narrow': 'A curve needs loads that span at least a factor of four.',
    'does-not-fit': 'The Universal Scalability Law does not describe this server: its best curve misses a measured level by more than a quarter.',
  } as Record<string, string>,
};

export type ScaleText = typeof scale;
