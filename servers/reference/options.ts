import { parseArgs } from 'node:util';
import { batchingNames, type BatchingName } from './batching/policy.js';
import type { CacheLimit } from './embedding/cache.js';
import { faultForms, readFaults, type Fault } from './fault/grammar.js';
import { executions, precisions, type AskedExecution, type Precision } from './inference/types.js';
import { normaliseSteps, type NormaliseStep } from './normalise/index.js';
import { cacheOf, decimal, duration, durationOrOff, oneOf, quoted, refuse, text, UsageError, wholeNumber } from './option-value.js';
import { readSimulated, simulatedExample, type SimulatedSettings } from './simulated/settings.js';

export { UsageError } from './option-value.js';

/** Everything that can be set when the server starts. */
export interface ServerOptions {
  /** A built-in model's name, a folder, or `simulated`. */
  model: string;
  precision: Precision;
  execution: AskedExecution;
  /** What `simulated` costs. */
  simulated: SimulatedSettings;
  batching: BatchingName;
  bucket: boolean;
  /** Texts in a batch. */
  maxBatch: number;
  /** How long the oldest text may wait for company (`window`), ms. */
  maxDelayMs: number;
  /** Padded tokens in a batch (`token-budget`). */
  tokenBudget: number;
  /** What is remembered; null = off. */
  cache: CacheLimit | null;
  /** Inference processes; null = as many as suit what computes. */
  workers: number | null;
  /** Threads of one inference process. */
  intraThreads: number;
  /** Cosine from which on two addresses are called the same, where the model has no labels of its own. */
  threshold: number;
  host: string;
  /** 0 = any free one. */
  port: number;
  /** Characters (code points) in one address. */
  maxChars: number;
  maxBodyBytes: number;
  /** Pairs in one batch request. */
  maxPairs: number;
  /** Texts waiting for a worker. */
  maxQueue: number;
  /** How long a text may wait for a worker; null = for ever. */
  deadlineMs: number | null;
  /** How long one inference may take before it is given up and its process replaced; null = for ever. */
  inferLimitMs: number | null;
  /** How long requests may take to end after SIGTERM. */
  drainS: number;
  logLevel: LogLevel;
  /** Path; null = stderr. */
  logFile: string | null;
  /** Where generated models are kept; null = the usual cache folder. */
  cacheDir: string | null;
  /** Steps that change an address before it is compared. */
  normalise: readonly NormaliseStep[];
  /** Whether words answer when too many inferences fail. */
  fallback: boolean;
  /** Planted on purpose, for drills; empty = none. */
  faults: readonly Fault[];
  /** Whether their windows and counts begin when the server is ready, or when it is told by `POST /faults/begin`. */
  faultBegin: 'ready' | 'told';
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

const simulatedSettings = (value: string): SimulatedSettings => {
  const settings = readSimulated(value);
  if ('wrong' in settings) throw new UsageError(settings.wrong);
  return settings;
};

/** `off`, `all`, or steps by name; the order in which they are given does not matter. */
const stepsOf = (value: string): readonly NormaliseStep[] => {
  if (value === 'off') return [];
  if (value === 'all') return normaliseSteps;
  const chosen = value.split(',').map((name) => oneOf('normalize', name.trim(), normaliseSteps));
  return normaliseSteps.filter((step) => chosen.includes(step));
};

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

const faultsOf = (value: string, host: string): readonly Fault[] => {
  if (value === '') return [];
  const faults = readFaults(value);
  if ('notAFault' in faults) throw refuse('fault', faultForms, faults.notAFault);
  if (!isLoopback(host)) throw new UsageError(`--fault is for drills on the loopback and is refused with --host ${host}: nobody else may meet a planted fault.`);
  return faults;
};

/** The flags in the order of `--help`: default and meaning. */
export const flags = {
  model: ['address-mini', 'address-mini, address-mini-bi, mgeo-shape-mini, mgeo-shape-base, a model folder, or simulated'],
  precision: ['fp32', `weights of the model: ${precisions.join(', ')}`],
  execution: ['cpu', 'what computes: cpu, cuda, or auto (cuda where it is there, else cpu)'],
  simulated: ['', `with --model simulated, what it costs (default: ${simulatedExample})`],
  batching: ['token-budget', batchingNames.join(', ')],
  bucket: ['on', 'only texts of like length share a batch: on or off'],
  'max-batch': ['32', 'texts in a batch'],
  'max-delay': ['50ms', 'how long a text may wait for company (window)'],
  'token-budget': ['512', 'padded tokens in a batch'],
  cache: ['10000', 'addresses to remember, bytes of them such as 64MiB, or off'],
  workers: ['auto', 'inference processes; auto = one a core, at most 8; one on an accelerator. With --model simulated, batches sent to it at once'],
  'intra-threads': ['1', 'threads of one inference process'],
  threshold: ['0.9', 'similarity from which on the label is "match", for models without labels of their own'],
  host: ['127.0.0.1', 'address to listen on'],
  port: ['8080', 'port to listen on; 0 = any free one'],
  'max-chars': ['64', 'characters in one address; longer ones get 400, with --normalize truncate they are shortened'],
  'max-body': ['262144', 'bytes in one request body'],
  'max-pairs': ['256', 'pairs in one request to /similarity/batch'],
  'max-queue': ['1024', 'texts that may wait; beyond it requests get 429'],
  deadline: ['30000', 'milliseconds (or 2s) a text may wait before it gets 503, or off'],
  'infer-limit': ['30000', 'milliseconds (or 2s) an inference may take before it is given up with 504, or off'],
  'drain-s': ['20', 'seconds given to running requests after SIGTERM'],
  'log-level': ['info', logLevels.join(', ')],
  'log-file': ['', 'file for the log (default: stderr)'],
  'cache-dir': ['', 'folder for generated models (default: the user\'s cache)'],
  normalize: ['off', `what is changed before addresses are compared: off, all, or some of ${normaliseSteps.join(',')}`],
  fallback: ['on', 'answer by words (TF-IDF), marked degraded, while more than 5 % of the inferences fail: on or off'],
  fault: ['', 'faults planted for a drill, loopback only, may be repeated: error:0.1@5s..15s, crash-after:100, hang, …'],
  'fault-begin': ['ready', 'planted faults begin when the server is ready, or told to by POST /faults/begin: ready or told'],
} as const satisfies Record<string, readonly [fallback: string, meaning: string]>;

export type Flag = keyof typeof flags;

const readFlags = (argv: readonly string[]): { values: Record<Flag, string>; help: boolean } => {
  const config = Object.fromEntries(Object.keys(flags).map((name) => [name, { type: 'string' as const, multiple: name === 'fault' }]));
  const parsed = parseArgs({ args: [...argv], options: { ...config, help: { type: 'boolean' } }, strict: false, tokens: true });
  for (const token of parsed.tokens) {
    if (token.kind === 'positional') throw new UsageError(`${quoted(token.value)} is not a flag; --help lists them.`);
    if (token.kind !== 'option' || token.name === 'help') continue;
    if (!(token.name in flags)) throw new UsageError(`There is no flag ${token.rawName}; --help lists them.`);
    if (token.value === undefined) throw new UsageError(`${token.rawName} needs a value.`);
  }
  const values = Object.fromEntries(
    Object.entries(flags).map(([name, [fallback]]) => {
      const given = parsed.values[name];
      if (Array.isArray(given)) return [name, given.join(',')];
      return [name, typeof given === 'string' ? given : fallback];
    }),
  ) as Record<Flag, string>;
  return { values, help: parsed.values['help'] === true };
};

/** Flags that make no sense beside each other. */
const checkTogether = (values: Record<Flag, string>): void => {
  if (values.model !== 'simulated') {
    if (values.simulated !== '') throw new UsageError('--simulated says what --model simulated costs; it means nothing for another model.');
    return;
  }
  const alien = (flag: Flag, value: string, why: string): UsageError => new UsageError(`The simulated accelerator ${why}: leave --${flag} ${value} out.`);
  if (values.precision !== 'fp32') throw alien('precision', values.precision, 'has no weights');
  if (values.execution === 'cuda') throw alien('execution', values.execution, 'is no GPU');
};

/** Reads the arguments after the program's name; null when help was asked for. Throws UsageError. */
export const parseOptions = (argv: readonly string[]): ServerOptions | null => {
  const { values, help } = readFlags(argv);
  if (help) return null;
  const count = (flag: Flag, least: number, most: number): number => wholeNumber(flag, values[flag], least, most);
  checkTogether(values);
  return {
    model: text('model', values.model),
    precision: oneOf('precision', values.precision, precisions),
    execution: oneOf('execution', values.execution, executions),
    simulated: simulatedSettings(values.simulated),
    batching: oneOf('batching', values.batching, batchingNames),
    bucket: oneOf('bucket', values.bucket, ['on', 'off']) === 'on',
    maxBatch: count('max-batch', 1, 4096),
    maxDelayMs: duration('max-delay', values['max-delay'], 60_000),
    tokenBudget: count('token-budget', 1, 1_000_000),
    cache: cacheOf(values.cache),
    workers: values.workers === 'auto' ? null : count('workers', 1, 256),
    intraThreads: count('intra-threads', 1, 256),
    threshold: decimal('threshold', values.threshold, -1, 1),
    host: text('host', values.host),
    port: count('port', 0, 65_535),
    maxChars: count('max-chars', 1, 4096),
    maxBodyBytes: count('max-body', 16, 1 << 30),
    maxPairs: count('max-pairs', 1, 100_000),
    maxQueue: count('max-queue', 1, 1_000_000),
    deadlineMs: durationOrOff('deadline', values.deadline, 86_400_000),
    inferLimitMs: durationOrOff('infer-limit', values['infer-limit'], 86_400_000),
    drainS: decimal('drain-s', values['drain-s'], 0, 3600),
    logLevel: oneOf('log-level', values['log-level'], logLevels),
    logFile: values['log-file'] === '' ? null : values['log-file'],
    cacheDir: values['cache-dir'] === '' ? null : values['cache-dir'],
    normalise: stepsOf(values.normalize),
    fallback: oneOf('fallback', values.fallback, ['on', 'off']) === 'on',
    faults: faultsOf(values.fault, values.host),
    faultBegin: oneOf('fault-begin', values['fault-begin'], ['ready', 'told']),
  };
};
