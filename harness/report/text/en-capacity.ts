/** Replicas for target rates, in English. This file is the type: every other language must have every entry. */
const replicas = (n: string): string => `${n} ${n === '1' ? 'replica' : 'replicas'}`;

export const capacity = {
  title: 'How many replicas',
  bounded: (low: string, high: string) => `One replica, the server as it was run, bears at least ${low} requests/s: that rate met every gate, ${high} did not.`,
  unbounded: (low: string) => `One replica, the server as it was run, bears at least ${low} requests/s: that rate met every gate, and none above it was shown not to, so fewer replicas may do.`,
  perReplica: (rate: string) => `Planned are at most ${rate} requests/s a replica.`,
  target: (rate: string, n: string, spare: string, range: string) => `${rate} requests/s: ${replicas(n)}${spare === '0' ? '' : `, ${spare} of which may fail`}${range}`,
  range: (fewest: string) => ` (at least ${fewest})`,
  absent: (why: string) => `No number of replicas: ${why}`,
  why: {
    'closed-load': 'users who wait for their answers, bursts and replays do not show which rate a server bears; that takes open load (load.open) or a search (load.search)',
    'no-gates': 'no gate on latency or errors says whether a rate is borne',
    'unfinished': 'the run did not come to its end',
    'wrong-answers': 'the server answered wrongly before the load, so no rate of it is worth planning with',
    'run-gate-failed': 'a gate on the whole run failed (answers or memory), whatever the rate',
    'invalid': 'the measurement it would rest on is not valid',
    'no-rate-passed': 'no rate was shown to meet every gate',
    'not-confirmed': 'the search ended before the rate that passed was confirmed',
  } as Record<string, string>,
  head: { target: 'Target (req/s)', peak: 'With growth (req/s)', replicas: 'Replicas', fewest: 'At least', load: 'Busiest replica', loadAfterLoss: (spare: string) => `Busiest, ${spare} lost` },
  tableLabel: 'Replicas by target rate',
  asked: (rate: string) => `${rate} (asked)`,
  tableNote: 'Replicas: enough even if a replica bears no more than was shown; at least: so many are needed even if it bears nearly the rate that failed. Busiest replica: its load as a share of what was shown.',
  curves: 'Where this rate lies on the curves',
  assumedTitle: 'What is assumed',
  assumed: { growth: 'Growth of the target', headroom: 'Kept free on the busiest replica', balance: 'Mean load over that of the busiest', spare: 'Replicas that may fail' },
  formula: 'n = ⌈target · (1 + growth) / (C · balance · (1 − headroom))⌉ + spare',
  formulaNote: (low: string) => `C is the ${low} requests/s above, a lower bound.`,
  limitsTitle: 'Where these figures end',
  limits: {
    one: 'One replica was measured. That n replicas bear n times as much is assumed; replicas that share cores, a GPU, a network or a database bear less.',
    traffic: 'They hold for the traffic that was sent: its mix and lengths of addresses, its repeats, its way of arriving. Longer texts or crowds that come at once need a run of their own.',
    run: 'They rest on one run on one machine; another run may find another rate.',
    shared: 'Server and load generator shared a machine: with a machine of its own a replica may bear more.',
    cache: (share: string) => `${share} of the answers came from the one server’s cache. Each of n replicas sees an n-th of the repeats, unless the balancer sends like to like: its cache answers less.`,
    suspect: (n: string, of: string) => `${n} of the ${of} stages they rest on are suspect.`,
    simulated: 'The server was a simulated queue: these are figures of a calculation.',
  },
  calculator: { title: 'Calculate', rate: 'Target (req/s)', growth: 'Growth (%)', burst: 'Burst above it (%)', headroom: 'Kept free (%)', balance: 'Balance (%)', spare: 'May fail', price: 'Price of a replica', result: 'Replicas', cost: 'Cost, in the unit and time of the price' },
};

export type CapacityText = typeof capacity;
