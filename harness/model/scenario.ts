/**
 * What a person writes. Units are strings ("30s", "5%"), nearly everything has a default; unknown words are errors.
 * The descriptions end in scenarios/scenario.schema.json, where editors show them.
 */
import { z } from 'zod';
import { likenessFacts, likenessPolicies } from './likeness.js';
import { nearestWord } from './nearest.js';
import { capacity } from './scenario-capacity.js';
import { compare, matrix, repeat } from './scenario-compare.js';
import { conformance } from './scenario-conformance.js';
import { dataset } from './scenario-dataset.js';
import { job } from './scenario-job.js';
import { simulatedDevice } from './scenario-simulated-device.js';
import { burst, closed, open, search } from './scenario-load.js';
import { mix } from './scenario-load-mix.js';
import { drill, offline, replay, soak, spike } from './scenario-load-shapes.js';
import { duration, path, sampleInterval, share, size, text, textMap, unlessMissing, url, whole } from './scenario-value.js';

const range = z.tuple([z.number(), z.number()], { error: unlessMissing('expected two numbers, such as [0, 1]') })
  .refine(([least, most]) => least < most, { error: 'the smaller number comes first, as in [0, 1]' })
  .describe('Smallest and largest sound score; anything else is a wrong answer.');
const threshold = (fallback: number) => z.number()
  .describe(`A score at or above it says "the same place"; a flip is a change of side under load. Without it: where the server's /health says that exact begins, else ${String(fallback)}.`).optional();
/** Steps of the reference server, in the order in which it takes them. */
const normaliseSteps = ['invisible', 'width', 'numerals', 'suffixes', 'renamed', 'aliases', 'truncate'] as const;
const normaliseStep = z.enum(normaliseSteps, { error: unlessMissing(`expected one of ${normaliseSteps.join(', ')}`) });
const restart = z.strictObject({
  after: duration('From its end to its next start.', 'zero').default('1s'),
  most: whole(1, 100, 'How often; after that its end ends the run.').default(3),
}).describe('A server that ends during the load is started again, as a supervisor would; without it its end ends the run. A reference server comes back without its planted faults, slow-start excepted.').optional();
const cacheError = 'expected a whole number of addresses of at least 1, bytes such as 64MiB, or off';
const readyTimeout = duration('How long the server may take until it is ready.', 'positive').default('2m');

const reference = z.strictObject({
  model: text('address-mini, address-mini-bi, mgeo-shape-mini, mgeo-shape-base, a folder with model.onnx, vocab.txt and model.json, or simulated: a simulated accelerator.').default('address-mini'),
  precision: z.enum(['fp32', 'fp16', 'int8']).describe('Weights of the model.').default('fp32'),
  execution: z.enum(['cpu', 'cuda', 'auto']).describe('What computes; auto: cuda where it is there, else the CPU, which /health then says.').default('cpu'),
  simulated: simulatedDevice.optional(),
  batching: z.enum(['none', 'window', 'greedy', 'token-budget']).describe('none: one pair an inference; window: full batches, or what has come within a delay; greedy: whatever waits; token-budget: greedy up to a number of padded tokens.').default('token-budget'),
  bucket: z.boolean().describe('Only texts of like length share a batch.').default(true),
  maxBatch: whole(1, 4096, 'Texts in a batch.').default(32),
  maxDelay: duration('With batching: window, how long a text may wait for company.', 'zero').default('50ms'),
  tokenBudget: whole(1, 1_000_000, 'With batching: token-budget, padded tokens in a batch.').default(512),
  cache: z.union([whole(1, 10_000_000, 'Addresses (of a cross-encoder: pairs) whose results are kept.'), size('Bytes of results, keys included, such as 64MiB.', cacheError), z.literal('off')], { error: unlessMissing(cacheError) })
    .describe('Addresses (of a cross-encoder: pairs) whose results are kept, or bytes of them such as 64MiB, or off.').default(10_000),
  normalize: z.union([z.enum(['off', 'all']), normaliseStep, z.array(normaliseStep)], { error: unlessMissing(`expected off, all, or some of ${normaliseSteps.join(', ')}`) })
    .describe(`What is changed in an address before it is compared: off, all, or some of ${normaliseSteps.join(', ')}. Default: off.`).optional(),
  maxChars: whole(1, 4096, 'Characters in one address; longer ones are refused, or shortened with normalize: truncate. Default: 64.').optional(),
  deadline: z.union([duration('How long a text may wait for the model.', 'positive'), z.literal('off')]).describe('How long a text may wait before its request is dropped with 503, or off. Default: 30s.').optional(),
  inferLimit: z.union([duration('How long an inference may take.', 'positive'), z.literal('off')]).describe('How long an inference may take before it is given up with 504, or off. Default: 30s.').optional(),
  fallback: z.boolean().describe('Words answer, marked degraded, while more than 5 % of the inferences fail. Default: true.').optional(),
  fault: z.union([z.literal('none'), text('A fault.'), z.array(text('A fault.'))])
    .describe('Planted for a drill, such as error:0.1@5s..15s, crash@10s, hang@5s..8s, status:503:0.2, reset:0.1, slow-start:3s; several separated by commas or as a list; none is none. The server knows the grammar.').optional(),
  restart,
  workers: whole(1, 256, 'Inference processes; default: one a core, at most 8; one on an accelerator.').optional(),
  intraThreads: whole(1, 256, 'Threads of one inference process.').default(1),
  port: whole(0, 65_535, 'Port on the loopback; 0 = any free one.').default(0),
  args: z.array(z.string()).describe('Further flags of the server, as `mgeo-bench serve --help` lists them.').default([]),
  readyTimeout,
}).refine(({ model, simulated }) => simulated === undefined || model === 'simulated', { path: ['simulated'], error: 'expected beside it model: simulated, whose costs these are' }).describe('The embedded reference server, started for the run.');

const startedServer = z.strictObject({
  command: z.union([text('A command line; quotes keep words together, no shell is involved.'), z.array(z.string()).min(1, { error: 'expected a command line, or a list of its words' })], { error: unlessMissing('expected a command line, or a list of its words') })
    .describe('What starts the server. {port} stands for a free port.'),
  url: url('Where it answers. {port} stands for the same port as in the command.'),
  ready: path('Path that answers 2xx when the server can work.').default('/health'),
  cwd: text('Folder it is started in; default: the one mgeo-bench is started in.').optional(),
  env: textMap('Added to its environment.').default({}),
  restart,
  readyTimeout,
}).describe('Any server, started by a command and stopped after the run.');

const compose = z.strictObject({
  service: text('Name of the service in the compose file.'),
  profile: text('Profile that the service belongs to.').optional(),
  file: text('Path of the compose file, from the folder mgeo-bench is started in; default: the docker-compose.yml that comes with mgeo-bench.').optional(),
  port: whole(1, 65_535, 'Port that the service listens on inside its container; the published one is looked up.').default(8080),
  ready: path('Path that answers 2xx when the server can work.').default('/ready'),
  readyTimeout: duration('How long pulling, building and starting may take, and how long it may take after that until it is ready.', 'positive').default('10m'),
}).describe('A service of a compose file: brought up for the run, and taken down after it.');

const simulated = z.strictObject({
  parallel: whole(1, 100_000, 'Requests served side by side.').default(2),
  service: duration('Service time of one request alone.', 'positive').default('10ms'),
  sigma: z.number().min(0).max(1).describe('Contention σ of the Universal Scalability Law.').default(0),
  kappa: z.number().min(0).max(1).describe('Coherency κ of the Universal Scalability Law.').default(0),
  exponential: z.boolean().describe('Exponential service times instead of constant ones.').default(false),
  errors: share('Share of requests that fail.', (value) => value >= 0 && value <= 1, 'a share from 0 to 1, such as 0.01 or 1%').default(0),
}).describe('No server: a queue with a known service curve on a virtual clock.');

/** The keys of `server` that choose its kind; exactly one is given. */
export const serverKinds = ['reference', 'process', 'compose', 'url', 'simulated'] as const;
const server = z.strictObject({
  reference: reference.optional(),
  process: startedServer.optional(),
  compose: compose.optional(),
  url: url('A server that runs already.').optional(),
  ready: path('With url: path that answers 2xx when the server can work.').optional(),
  readyTimeout: duration('With url: how long to wait for the server.', 'positive').default('30s'),
  simulated: simulated.optional(),
}).describe('The server under test: one of reference, process, compose, url, simulated. Default: reference; beside a job none.');

const body = z.union([text('JSON text.'), z.record(z.string(), z.unknown()), z.array(z.unknown())], { error: unlessMissing('expected a JSON body as a map or as text') });
const valuePath = (example: string) => z.union([z.string(), z.array(z.union([z.string(), z.int()]))], { error: unlessMissing(`expected a path such as ${example}`) });

const templateBatch = z.strictObject({
  path: path('Path below the server\'s URL.'),
  body: body.describe('The JSON body, as text or as YAML. {{pairs}} stands for the pairs, with commas between them: {"pairs": ["{{pairs}}"]}.'),
  pair: body.describe('One pair in that list; {{a}} and {{b}} stand for the two addresses.'),
  scores: valuePath('data.scores').describe('Where the list stands in the JSON answer that has one entry a pair, in their order.'),
  score: valuePath('score').describe('Where the score stands in such an entry; empty: the entry is the score.').default(''),
}).describe('The batch endpoint of the format; without it an offline load sends single calls.');

const template = z.strictObject({
  path: path('Path below the server\'s URL.'),
  headers: textMap('Added to the request; content-type is application/json unless given here.').default({}),
  body: body.describe('The JSON body, as text or as YAML. {{a}} and {{b}} stand for the two addresses.'),
  score: valuePath('data.0.score').describe('Where the score stands in the JSON answer, e.g. data.0.score.'),
  keys: z.strictObject({ left: text('Field of the first address.'), right: text('Field of the second address.') })
    .describe('Names of the two fields, for abnormal requests that leave one out; read off the body where they can be.').optional(),
  range: range.default([0, 1]),
  threshold: threshold(0.5),
  batch: templateBatch.optional(),
  label: valuePath('data.0.label').describe('Where the label stands in the JSON answer, e.g. data.0.label: exact, partial, not, or exact_match, partial_match, not_match.').optional(),
}).describe('A wire format of your own.');

/** The format of the reference server; its defaults are what `request: similarity` means. */
export const similaritySchema = z.strictObject({
  path: path('Path below the server\'s URL.').default('/similarity'),
  batch: z.union([path('Path below the server\'s URL.'), z.literal('off')], { error: unlessMissing('expected a path that starts with /, or off') })
    .describe('Path of the batch endpoint {pairs: [[a, b], …]}, answered by {similarities}; off: there is none. Default: path and /batch.').optional(),
  threshold: threshold(0.9),
  range: range.default([-1, 1]),
}).describe('POST {addr1, addr2}, answered by {similarity}.');

/** The keys of `request` that choose its kind; exactly one is given. */
export const requestKinds = ['similarity', 'template'] as const;
function notARequest({ input }: { input?: unknown }): string | undefined {
  if (input === undefined) return undefined;
  const near = typeof input === 'string' ? nearestWord(input, requestKinds) : undefined;
  return `expected similarity, or a map with one of ${requestKinds.join(', ')}${near === undefined ? '' : `; did you mean "${near}"?`}`;
}

const request = z.union([
  z.enum(['similarity']),
  z.strictObject({
    similarity: similaritySchema.optional(),
    template: template.optional(),
  }),
], { error: notARequest }).describe('How a pair becomes a request: `similarity`, or a template of your own.');

/** The keys of `load` that choose its kind; exactly one is given. */
export const loadKinds = ['closed', 'open', 'burst', 'spike', 'soak', 'replay', 'drill', 'offline', 'mix', 'search', 'job', 'conformance'] as const;
const load = z.strictObject({
  engine: z.enum(['auto', 'k6', 'autocannon', 'simulated']).describe('auto: k6 where there is one, else autocannon.').default('auto'),
  warmup: duration('Load before the measured window of each stage.', 'zero').default('5s'),
  timeout: duration('A request that takes longer has failed.', 'positive').default('10s'),
  onEngineFailure: z.enum(['continue', 'stop']).describe('An engine that dies mid-stage: go on with the next stage, or end the run.').default('continue'),
  closed: closed.optional(),
  open: open.optional(),
  burst: burst.optional(),
  spike: spike.optional(),
  soak: soak.optional(),
  replay: replay.optional(),
  drill: drill.optional(),
  offline: offline.optional(),
  mix: mix.optional(),
  search: search.optional(),
  job: job.optional(),
  conformance: conformance.optional(),
}).describe('How requests arrive: one of closed, open, burst, spike, soak, replay, drill, offline, mix, search; or a job: a command instead of requests; or conformance: checks instead of load.');

const level = z.enum(['error', 'warn']).describe('warn never fails the run.').default('error');
const gate = z.union([z.string(), z.strictObject({ threshold: text('Aggregation, operator, number, such as p(95)<800ms.'), level })], { error: unlessMissing('expected an expression such as "p(95)<800ms", or {threshold, level}') });
const gates = z.record(z.string(), z.union([gate, z.array(gate)], { error: unlessMissing('expected an expression such as "p(95)<800ms", or a list of them') }))
  .describe('What must hold: metric, or latency{users:200}, latency{rate:50}, latency{burst:500}, metric{name:auc}, with expressions such as p(95)<800ms, rate<0.1%, flips==0, last>=0.95, rate>=baseline*0.95. `preset`: gates that ship (smoke, recommended, release); a metric that stands beside it speaks for itself.').default({});

/** The whole file, after `extends` and `--set`. */
export const scenarioSchema = z.strictObject({
  name: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,59}$/u, { error: 'expected letters, digits, dots, dashes or underscores, at most 60' }).describe('Names the folder of the run; default: the name of the file.'),
  question: z.union([z.string(), z.strictObject({ en: z.string().describe('In English.'), 'zh-CN': z.string().describe('In Chinese.') })], { error: unlessMissing('expected text, or {en, zh-CN}') }).describe('The question the scenario answers; stands on top of the report.').default(''),
  extends: text('Another scenario: a path beside this file, or a name in scenarios/. Maps are merged, lists replaced.').optional(),
  matrix,
  compare,
  repeat,
  server: server.optional(),
  request: request.default('similarity'),
  dataset: dataset.prefault({}),
  load,
  telemetry: z.strictObject({
    gpu: z.enum(['auto', 'off']).describe('auto: nvidia-smi where there is one.').default('auto'),
    interval: sampleInterval('Time between two samples, at least 50ms.').default('200ms'),
  }).describe('What is watched while load runs.').prefault({}),
  answers: z.strictObject({
    golden: whole(0, 100_000, 'Pairs asked one at a time before the load, to compare answers under load with; 0 = none.').default(200),
    probes: z.boolean({ error: unlessMissing('expected true or false') }).describe('Also ask a small fixed set of renamed districts, polyphones, aliases and traps.').default(true),
    tolerance: z.number().min(0, { error: 'must be at least 0' }).describe('A score may move by so much under load: 1e-6 for fp32, 1e-3 for int8.').default(1e-6),
  }).describe('Are the answers right, and do they stay right under load?').prefault({}),
  gates,
  capacity,
  policy: z.strictObject({
    confidence: share('Confidence of the intervals that gates are judged on.', (value) => value > 0 && value < 1, 'a confidence between 0 and 1, such as 0.95 or 95%').default(0.95),
    inconclusive: z.enum(['warn', 'fail']).describe('What a gate means that the data cannot decide.').default('warn'),
    strict: z.boolean().describe('An inconclusive verdict ends with exit code 4; what is known before the run to be too much for the machine, or too little for a gate, with 2.').default(false),
    minRuns: whole(2, 1000, 'Runs of a baseline, and of what is held against it, from which the noise between runs is taken; with fewer it is assumed.', 'the noise between runs cannot be seen in a single one').describe('Runs of a baseline from which the noise between runs is taken; with fewer, 10 % are assumed. Default: 5.').optional(),
    baseline: z.union([z.enum(likenessPolicies), z.partialRecord(z.enum(likenessFacts), z.enum(likenessPolicies))], { error: unlessMissing('expected refuse, advisory or accept, or a map such as {model: accept, machine: advisory}') })
      .describe('What a saved baseline means whose machine, driver, engine, model or plan is unlike the run\'s. refuse: nothing is judged by it; advisory: it is judged and only warns; accept. Default: refuse.').optional(),
    equivalence: share('Differences of two arms within this share are none.', (value) => value > 0 && value < 1, 'a share between 0 and 1, such as 3%').default('3%'),
  }).describe('How gates are judged.').prefault({}),
  record: z.strictObject({
    requests: z.boolean().describe('Keep one line a request, in requests.csv.gz.').default(false),
    addresses: z.boolean().describe('Keep the text of the worst pairs also where they are your own; invented ones are always shown.').default(false),
    history: z.boolean().describe('Whether the run counts where `mgeo-bench history` follows many; false for an example that is kept.').default(true),
  }).describe('What is kept besides the record.').prefault({}),
});
export type Scenario = z.infer<typeof scenarioSchema>;
