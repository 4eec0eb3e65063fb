/**
 * What a person writes. Units are strings ("30s", "5%"), nearly everything has a default; unknown words are errors.
 * The descriptions end in scenarios/scenario.schema.json, where editors show them.
 */
import { z } from 'zod';
import { ownEncodings, ownFormats, ownLabels, standardHard } from './dataset.js';
import { profileNames } from './profile.js';
import { parseQuantity } from './unit.js';

const durationText = '\\d+(?:\\.\\d+)?\\s*(?:ms|s|m|h)';
const durationPattern = new RegExp(`^\\s*${durationText}\\s*$`);
const thinkPattern = new RegExp(`^\\s*${durationText}\\s*(?:\\.\\.\\s*${durationText}\\s*)?$`);

/** A sentence for a wrong value; a missing one is left to the general sentence. */
const unlessMissing = (sentence: string) => ({ input }: { input?: unknown }): string | undefined => (input === undefined ? undefined : sentence);

/** The sentence for something that is no duration. */
function durationError(input: unknown, expected: string): string | undefined {
  if (typeof input !== 'string' && typeof input !== 'number') return undefined;
  if (typeof input === 'number' || /^\s*\d+(?:\.\d+)?\s*$/.test(input)) {
    // Nobody waits 200 s between two samples, or 5 ms for a warm-up.
    return `a unit is missing: expected ${expected}; did you mean ${String(input).trim()}${Number(input) >= 100 ? 'ms' : 's'}?`;
  }
  const read = parseQuantity(input, 'duration');
  return 'error' in read && read.error.startsWith('unknown unit') ? read.error : `expected ${expected}`;
}

function duration(description: string, least: 'zero' | 'positive') {
  const expected = 'a duration such as 800ms, 30s or 5m';
  const error = (issue: { input?: unknown }): string | undefined => durationError(issue.input, expected);
  return z.string({ error }).regex(durationPattern, { error, abort: true })
    .refine((text) => least === 'zero' || durationMs(text) > 0, { error: 'must be longer than 0' })
    .describe(description);
}

/** Milliseconds of a duration that the schema has let through. */
export function durationMs(text: string): number {
  const read = parseQuantity(text, 'duration');
  return 'value' in read ? read.value : Number.NaN;
}

/** [least, most] think time in ms of "0s", "200ms" or "100ms..500ms". */
export function thinkMsOf(text: string): [number, number] {
  const [least = '', most = least] = text.split('..');
  return [durationMs(least), durationMs(most)];
}

const think = (() => {
  const expected = 'a think time such as 0s, 200ms or 100ms..500ms';
  const error = (issue: { input?: unknown }): string | undefined => durationError(issue.input, expected);
  return z.string({ error }).regex(thinkPattern, { error, abort: true })
    .refine((text) => { const [least, most] = thinkMsOf(text); return least <= most; }, { error: 'the shorter think time comes first, as in 100ms..500ms' });
})();

/** 0..1 of a share that the schema has let through: 0.05 or "5%". */
export function shareOf(value: number | string): number {
  const read = typeof value === 'number' ? { value } : parseQuantity(value, 'share');
  return 'value' in read ? read.value : Number.NaN;
}

const share = (description: string, inside: (value: number) => boolean, expected: string) =>
  z.union([z.number(), z.string().regex(/^\s*\d+(?:\.\d+)?\s*%?\s*$/)], { error: unlessMissing(`expected ${expected}`) })
    .refine((value) => inside(shareOf(value)), { error: `expected ${expected}` }).describe(description);

const whole = (least: number, most: number, description: string) => {
  const error = `expected a whole number from ${String(least)} to ${String(most)}`;
  return z.int({ error: unlessMissing(error) }).min(least, { error }).max(most, { error }).describe(description);
};

const text = (description: string) => z.string().min(1, { error: 'must not be empty' }).describe(description);
const path = (description: string) => z.string().regex(/^\/\S*$/, { error: 'expected a path that starts with /' }).describe(description);
const urlError = { error: 'expected a URL such as http://127.0.0.1:9000' };
const url = (description: string) => z.string().regex(/^https?:\/\/[^\s/]+\S*$/, { ...urlError, abort: true })
  .refine((text) => URL.canParse(text.replaceAll('{port}', '1')), urlError).describe(description);
/** YAML reads PORT: 8000 as a number; an environment and a header hold text. */
const textMap = (description: string) => z.record(z.string(), z.union([z.string(), z.number(), z.boolean()], { error: unlessMissing('expected text') })).describe(description);

const range = z.tuple([z.number(), z.number()], { error: unlessMissing('expected two numbers, such as [0, 1]') })
  .refine(([least, most]) => least < most, { error: 'the smaller number comes first, as in [0, 1]' })
  .describe('Smallest and largest sound score; anything else is a wrong answer.');
const threshold = (fallback: number) => z.number()
  .describe(`A score at or above it says "the same place"; a flip is a change of side under load. Without it: where the server's /health says that exact begins, else ${String(fallback)}.`).optional();
const readyTimeout = duration('How long the server may take until it is ready.', 'positive').default('2m');

const reference = z.strictObject({
  model: text('address-mini, address-mini-bi, mgeo-shape-mini, mgeo-shape-base, or a folder with model.onnx, vocab.txt and model.json.').default('address-mini'),
  batching: z.enum(['none', 'greedy', 'token-budget']).describe('none: one text an inference; greedy: whatever waits; token-budget: greedy up to a number of padded tokens.').default('token-budget'),
  bucket: z.boolean().describe('Only texts of like length share a batch.').default(true),
  cache: z.union([whole(1, 10_000_000, 'Addresses (of a cross-encoder: pairs) whose results are kept.'), z.literal('off')], { error: unlessMissing('expected a whole number of addresses of at least 1, or off') })
    .describe('Addresses (of a cross-encoder: pairs) whose results are kept, or off.').default(10_000),
  workers: whole(1, 256, 'Inference processes; default: one a core.').optional(),
  port: whole(0, 65_535, 'Port on the loopback; 0 = any free one.').default(0),
  args: z.array(z.string()).describe('Further flags of the server, as `mgeo-bench serve --help` lists them.').default([]),
  readyTimeout,
}).describe('The embedded reference server, started for the run.');

const startedServer = z.strictObject({
  command: z.union([text('A command line; quotes keep words together, no shell is involved.'), z.array(z.string()).min(1)], { error: unlessMissing('expected a command line, or a list of its words') })
    .describe('What starts the server. {port} stands for a free port.'),
  url: url('Where it answers. {port} stands for the same port as in the command.'),
  ready: path('Path that answers 2xx when the server can work.').default('/health'),
  cwd: text('Folder it is started in; default: the one mgeo-bench is started in.').optional(),
  env: textMap('Added to its environment.').default({}),
  readyTimeout,
}).describe('Any server, started by a command and stopped after the run.');

const simulated = z.strictObject({
  parallel: whole(1, 100_000, 'Requests served side by side.').default(2),
  service: duration('Service time of one request alone.', 'positive').default('10ms'),
  sigma: z.number().min(0).max(1).describe('Contention σ of the Universal Scalability Law.').default(0),
  kappa: z.number().min(0).max(1).describe('Coherency κ of the Universal Scalability Law.').default(0),
  exponential: z.boolean().describe('Exponential service times instead of constant ones.').default(false),
  errors: share('Share of requests that fail.', (value) => value >= 0 && value <= 1, 'a share from 0 to 1, such as 0.01 or 1%').default(0),
}).describe('No server: a queue with a known service curve on a virtual clock.');

/** The keys of `server` that choose its kind; exactly one is given. */
export const serverKinds = ['reference', 'process', 'url', 'simulated'] as const;
const server = z.strictObject({
  reference: reference.optional(),
  process: startedServer.optional(),
  url: url('A server that runs already.').optional(),
  ready: path('With url: path that answers 2xx when the server can work.').optional(),
  readyTimeout: duration('With url: how long to wait for the server.', 'positive').default('30s'),
  simulated: simulated.optional(),
}).describe('The server under test: one of reference, process, url, simulated. Default: reference.');

const template = z.strictObject({
  path: path('Path below the server\'s URL.'),
  headers: textMap('Added to the request; content-type is application/json unless given here.').default({}),
  body: z.union([text('JSON text.'), z.record(z.string(), z.unknown()), z.array(z.unknown())], { error: unlessMissing('expected a JSON body as a map or as text') })
    .describe('The JSON body, as text or as YAML. {{a}} and {{b}} stand for the two addresses.'),
  score: z.union([z.string(), z.array(z.union([z.string(), z.int()]))], { error: unlessMissing('expected a path such as data.0.score') })
    .describe('Where the score stands in the JSON answer, e.g. data.0.score.'),
  keys: z.strictObject({ left: text('Field of the first address.'), right: text('Field of the second address.') })
    .describe('Names of the two fields, for abnormal requests that leave one out; read off the body where they can be.').optional(),
  range: range.default([0, 1]),
  threshold: threshold(0.5),
  label: z.union([z.string(), z.array(z.union([z.string(), z.int()]))], { error: unlessMissing('expected a path such as data.0.label') })
    .describe('Where the label stands in the JSON answer, e.g. data.0.label: exact, partial, not, or exact_match, partial_match, not_match.').optional(),
}).describe('A wire format of your own.');

/** The format of the reference server; its defaults are what `request: similarity` means. */
export const similaritySchema = z.strictObject({
  path: path('Path below the server\'s URL.').default('/similarity'),
  threshold: threshold(0.9),
  range: range.default([-1, 1]),
}).describe('POST {addr1, addr2}, answered by {similarity}.');

/** The keys of `request` that choose its kind; exactly one is given. */
export const requestKinds = ['similarity', 'template'] as const;
const request = z.union([
  z.enum(['similarity']),
  z.strictObject({
    similarity: similaritySchema.optional(),
    template: template.optional(),
  }),
], { error: unlessMissing('expected similarity, or a map with one of similarity, template') }).describe('How a pair becomes a request: `similarity`, or a template of your own.');

const pairs = (description: string) => whole(0, 10_000_000, description).default(0);
const hardShare = (description: string) => share(description, (value) => value >= 0 && value <= 1, 'a share from 0 to 1, such as 0.3 or 30%');
const column = (description: string) => z.union([z.string().min(1), z.int().min(1)], { error: unlessMissing('expected the name of a column, or its number from 1') }).describe(description).optional();
const columnOrNone = (description: string) => z.union([z.string().min(1), z.int().min(1), z.literal(false)], { error: unlessMissing('expected the name of a column, its number from 1, or false for none') }).describe(description).optional();
/** The keys of `dataset` that speak of a file of the user's own. */
const own = {
  file: text('Pairs of your own: a file beside the scenario (with --set: beside the folder you are in), CSV, TSV or JSON Lines. In place of mix and hard.').optional(),
  format: z.enum(ownFormats).describe('Of the file; default: by the ending of its name.').optional(),
  columns: z.strictObject({
    a: column('The first address.'),
    b: column('The second address.'),
    label: columnOrNone('What the pair is: exact, partial, not, or 1 and 0, and the like; false: there is none.'),
    time: columnOrNone('When it was asked; a load does not use it. false: there is none.'),
  }).describe('Columns by name or by number from 1; default: found by their names, or the only two.').optional(),
  header: z.boolean({ error: unlessMissing('expected true or false') }).describe('Whether the first line names the columns; default: found by itself.').optional(),
  encoding: z.enum(ownEncodings).describe('Of the file; auto tells UTF-8 and GB18030 apart.').optional(),
  labels: z.record(z.string(), z.enum(ownLabels)).describe('What words of your own mean: exact, partial, not, same, different.').optional(),
  strict: z.boolean({ error: unlessMissing('expected true or false') }).describe('A bad line ends the run before it begins; also --strict.').optional(),
};
/** Keys that mean something only beside `file`. */
export const ownKeys: readonly string[] = Object.keys(own);
/** Keys that mean something both for invented pairs and for those of a file. */
export const anyPairsKeys: readonly string[] = ['seed', 'pairs'];
const dataset = z.strictObject({
  seed: whole(0, 2 ** 32 - 1, 'Pairs, their order and think times follow from it.').default(7),
  mix: z.strictObject({
    high: pairs('One place written twice.'),
    low: pairs('Two places more than 5 km apart.'),
    boundary: pairs('Neighbours: next door, another unit, another phase.'),
    noisy: pairs('One place, one side written badly: invisible characters, emoji, markup, notes.'),
    abnormal: pairs('Requests that are no address pairs: empty, too long, wrong types, broken JSON.'),
  }).describe('Pairs of each class; with `pairs`, their proportions. Without `mix`: 500 each of high, low, boundary and noisy. With `mix`: a class that is not named has 0.').prefault({ high: 500, low: 500, boundary: 500, noisy: 500 }),
  pairs: whole(1, 10_000_000, 'Pairs in all; `mix` then gives proportions. With `file`: so many of its pairs, drawn with the seed.').optional(),
  hard: z.strictObject({
    high: hardShare('Of the high pairs: another name, the house for its road, most levels left out.').default(standardHard.high),
    low: hardShare('Of the low pairs: the same road, district name or chain, far away.').default(standardHard.low),
  }).describe('Share of pairs whose text alone hardly tells the label; met exactly.').prefault({}),
  profile: z.union([z.enum(profileNames), z.string()], { error: unlessMissing('expected typical, long, unique, duplicates, or the path of a fitted profile') })
    .describe('What addresses are like: typical, long, unique (none twice), duplicates (some again), or the path of a profile that `mgeo-bench fit` wrote.').default('typical'),
  repeats: z.union([
    hardShare('Share of the requests that repeat an earlier pair, such as 30%; met exactly.'),
    z.strictObject({
      zipf: z.number({ error: unlessMissing('expected a number from 0 to 10') }).min(0, { error: 'must be at least 0' }).max(10, { error: 'must be at most 10' })
        .describe('Exponent of Zipf\'s law by which each request draws its pair: 0 is all alike, 1.1 makes a few pairs very frequent.'),
      distinct: whole(1, 10_000_000, 'Different pairs to draw from. Default: as many as there are requests.').optional(),
    }),
  ], { error: unlessMissing('expected a share such as 30%, or a map such as {zipf: 1.1, distinct: 1000}') })
    .describe('How pairs come again in the profile duplicates: a share of the requests, or Zipf\'s law. Default: 30%.').optional(),
  ...own,
}).describe('The address pairs. Each is sent once before any is sent again.');

export const datasetKeys: readonly string[] = Object.keys(dataset.shape);

const users = whole(1, 100_000, 'Users who each wait for their answer before they ask again.');
const closed = z.strictObject({
  users: z.union([users, z.array(users).min(1, { error: 'expected at least one number of users' })], { error: unlessMissing('expected a number of users, or a list such as [2, 8, 24]') })
    .describe('Users at the same time; a list makes one stage for each, in the order written.'),
  think: think.describe('What a user waits before asking again: 0s, 200ms, or uniform between two bounds as in 100ms..500ms.').default('0s'),
  duration: duration('Length of the measured window of each stage; with `requests` the longest it may take. Default: 20s, with `requests` 10m.', 'positive').optional(),
  requests: whole(1, 100_000_000, 'The window closes when so many requests have ended.').optional(),
}).describe('Closed load: a fixed number of users, each waits for its answer, thinks, asks again.');

const rateError = 'expected a number of requests a second above 0 and at most 100000';
const rate = z.number({ error: unlessMissing(rateError) }).gt(0, { error: rateError }).max(100_000, { error: rateError }).describe('Requests a second.');
const open = z.strictObject({
  rates: z.union([rate, z.array(rate).min(1, { error: 'expected at least one rate' })], { error: unlessMissing('expected a number of requests a second, or a list such as [50, 100, 200]') })
    .describe('Requests a second; a list makes one stage for each, in the order written.'),
  arrivals: z.enum(['poisson', 'constant']).describe('poisson: as independent people come, with exponential gaps; constant: all gaps alike.').default('poisson'),
  duration: duration('Length of the measured window of each stage.', 'positive').default('20s'),
  inFlight: whole(1, 100_000, 'Requests that can be open at once; what comes when all are waits, and the wait counts as latency. Default: two seconds of the rate, from 20 to 2000.').optional(),
}).describe('Open load: requests come at moments of a seeded schedule, whatever the server does; latency counts from the moment.');

const burstSize = whole(1, 100_000, 'Requests that are released together.');
const burst = z.strictObject({
  requests: z.union([burstSize, z.array(burstSize).min(1, { error: 'expected at least one number of requests' })], { error: unlessMissing('expected a number of requests, or a list such as [100, 500]') })
    .describe('Requests released together; a list makes one stage for each, in the order written.'),
  every: duration('From one release to the next.', 'positive').default('10s'),
  repeats: whole(1, 10_000, 'Releases in the measured window of each stage.').default(5),
}).describe('Bursts: so many requests at once, again and again; latency counts from the release. With a warm-up, one burst comes before the window.');

/** The keys of `load` that choose its kind; exactly one is given. */
export const loadKinds = ['closed', 'open', 'burst'] as const;
const load = z.strictObject({
  engine: z.enum(['auto', 'k6', 'autocannon', 'simulated']).describe('auto: k6 where there is one, else autocannon.').default('auto'),
  warmup: duration('Load before the measured window of each stage.', 'zero').default('5s'),
  timeout: duration('A request that takes longer has failed.', 'positive').default('10s'),
  onEngineFailure: z.enum(['continue', 'stop']).describe('An engine that dies mid-stage: go on with the next stage, or end the run.').default('continue'),
  closed: closed.optional(),
  open: open.optional(),
  burst: burst.optional(),
}).describe('How requests arrive: one of closed, open, burst.');

const level = z.enum(['error', 'warn']).describe('warn never fails the run.').default('error');
const gate = z.union([z.string(), z.strictObject({ threshold: text('Aggregation, operator, number, such as p(95)<800ms.'), level })], { error: unlessMissing('expected an expression such as "p(95)<800ms", or {threshold, level}') });
const gates = z.record(z.string(), z.union([gate, z.array(gate)], { error: unlessMissing('expected an expression such as "p(95)<800ms", or a list of them') }))
  .describe('What must hold: metric, or metric{users:200}, metric{rate:50}, metric{burst:500}, with expressions such as p(95)<800ms, rate<0.1%, flips==0.').default({});

/** The whole file, after `extends` and `--set`. */
export const scenarioSchema = z.strictObject({
  name: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,59}$/u, { error: 'expected letters, digits, dots, dashes or underscores, at most 60' }).describe('Names the folder of the run; default: the name of the file.'),
  question: z.union([z.string(), z.strictObject({ en: z.string().describe('In English.'), 'zh-CN': z.string().describe('In Chinese.') })], { error: unlessMissing('expected text, or {en, zh-CN}') }).describe('The question the scenario answers; stands on top of the report.').default(''),
  extends: text('Another scenario: a path beside this file, or a name in scenarios/. Maps are merged, lists replaced.').optional(),
  server,
  request: request.default('similarity'),
  dataset: dataset.prefault({}),
  load,
  telemetry: z.strictObject({
    gpu: z.enum(['auto', 'off']).describe('auto: nvidia-smi where there is one.').default('auto'),
    interval: duration('Time between two samples.', 'positive').default('200ms'),
  }).describe('What is watched while load runs.').prefault({}),
  answers: z.strictObject({
    golden: whole(0, 100_000, 'Pairs asked one at a time before the load, to compare answers under load with; 0 = none.').default(200),
    probes: z.boolean({ error: unlessMissing('expected true or false') }).describe('Also ask a small fixed set of renamed districts, polyphones, aliases and traps.').default(true),
    tolerance: z.number().min(0, { error: 'must be at least 0' }).describe('A score may move by so much under load: 1e-6 for fp32, 1e-3 for int8.').default(1e-6),
  }).describe('Are the answers right, and do they stay right under load?').prefault({}),
  gates,
  policy: z.strictObject({
    confidence: share('Confidence of the intervals that gates are judged on.', (value) => value > 0 && value < 1, 'a confidence between 0 and 1, such as 0.95 or 95%').default(0.95),
    inconclusive: z.enum(['warn', 'fail']).describe('What a gate means that the data cannot decide.').default('warn'),
    strict: z.boolean().describe('An inconclusive verdict ends with exit code 4.').default(false),
  }).describe('How gates are judged.').prefault({}),
  record: z.strictObject({
    requests: z.boolean().describe('Keep one line a request, in requests.csv.gz.').default(false),
    addresses: z.boolean().describe('Keep the text of the worst pairs also where they are your own; invented ones are always shown.').default(false),
  }).describe('What is kept besides the record.').prefault({}),
});
export type Scenario = z.infer<typeof scenarioSchema>;
