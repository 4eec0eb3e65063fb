import type { InsightId } from '../../model/insight.js';
import type { ValidityCode } from '../../model/validity.js';
import type { ErrorCode } from '../../model/error.js';
import { count, plain, type Raw } from '../number.js';

/** Numbers and words of a sentence, by name. */
export type Evidence = Readonly<Record<string, Raw>>;

/** A sentence made from a code's values. */
export type Sentence = (values: Evidence) => string;

/** A finding in words: what was seen, with its numbers, and what to do about it. */
export interface FindingText {
  sentence: Sentence;
  advice: string;
}

/** Why a stage may not be believed: in two words, and with its numbers. */
export interface ValidityText {
  name: string;
  sentence: Sentence;
}

/** What all codes of the record, the analysis and the gate mean in one language. The compiler asks for every finding and reason. */
export interface CodeText {
  findings: Readonly<Record<InsightId, FindingText>>;
  validity: Readonly<Record<ValidityCode, ValidityText>>;
  checks: Readonly<Record<'no-baseline' | 'baseline-unlike' | 'baseline-lacks' | 'change-within' | 'change-beyond' | 'change-straddles' | 'change-unbounded' | 'change-few-runs' | 'within' | 'beyond' | 'straddles' | 'unbounded' | 'gpu-unseen' | 'stage-invalid' | 'beyond-every-bound' | 'not-measured' | 'too-few' | 'too-few-pairs' | 'no-stage' | 'wrong-answers' | 'oracle-failed' | 'no-answer' | 'not-all-pairs' | 'abnormal-met' | 'abnormal-5xx' | 'abnormal-no-answer' | 'abnormal-died' | 'conformance-met' | 'conformance-must' | 'conformance-should' | 'search-lowest-fails' | 'search-lowest-undecided' | 'search-highest-passes' | 'search-unbounded' | 'search-budget' | 'search-machine', Sentence>>;
  headlines: Readonly<Record<'unfinished' | 'aborted' | 'failed' | 'fail' | 'fail-infinite' | 'answers-wrong' | 'no-answer' | 'not-all-pairs' | 'abnormal' | 'conformance' | 'conformance-pass' | 'stage-invalid' | 'inconclusive' | 'nothing-judged' | 'inconclusive-fails' | 'nothing-judged-fails' | 'job-failed' | 'pass' | 'only-warnings' | 'no-gates' | 'search-found' | 'search-lowest-fails' | 'search-lowest-undecided' | 'search-highest-passes' | 'search-unbounded' | 'search-budget' | 'search-machine', Sentence>>;
  /** Behind a headline, where stages may be doubted. */
  suspect: Sentence;
  /** Why a value is not there. */
  absence: Readonly<Record<'too-few' | 'too-few-pairs' | 'too-few-labels' | 'no-answer' | 'not-measured' | 'not-checked' | 'no-probes' | 'no-abnormal' | 'no-gpu' | 'no-stage' | 'no-valid-stage' | 'one-load' | 'no-spike' | 'no-limit' | 'not-held-before' | 'cut-short' | 'too-short' | 'scores-meaningless' | 'no-search' | 'no-rate-passed' | 'no-such-metric' | 'one-line' | 'not-finite', Sentence>>;
  gpuAbsent: Readonly<Record<'not-found' | 'no-driver' | 'no-device' | 'off' | 'unsupported' | 'failed', string>>;
  oracles: Readonly<Record<'equal-pair' | 'symmetry' | 'dropped-characters' | 'class-medians' | 'auc' | 'not-constant' | 'repeat', string>>;
  classes: Readonly<Record<'high' | 'low' | 'boundary' | 'noisy' | 'abnormal' | 'unlabelled', string>>;
  /** Families of operators (harness/dataset). */
  families: Readonly<Record<'region' | 'name' | 'tail' | 'typo' | 'script' | 'number' | 'layout' | 'around' | 'neighbour' | 'apart' | 'none', string>>;
  probeGroups: Readonly<Record<'rename' | 'polyphone' | 'alias' | 'alias-trap', string>>;
  labels: Readonly<Record<'exact' | 'partial' | 'not' | 'same' | 'other', string>>;
  expectations: Readonly<Record<'reject' | 'answer' | 'either', string>>;
  errorKinds: Readonly<Record<'timeout' | 'reset' | 'refused' | 'closed' | 'dns' | 'other' | 'html' | 'not-json' | 'no-score' | 'not-a-number' | 'out-of-range' | 'score-count' | 'accepted-bad-input', string>>;
  phases: Readonly<Record<'tokenize' | 'queue' | 'infer' | 'post' | 'total', string>>;
  httpStatus: (status: string) => string;
  /** What ended a run early, by the code of the failure: what happened (no final stop) and what to do. */
  failures: Readonly<Record<ErrorCode, { what: string; hint: string }>>;
  /** Notes of a run. */
  warnings: Readonly<Record<'load-skipped' | 'no-batch-endpoint' | 'rate-unbearable' | 'users-unbearable' | 'budget-too-small' | 'bad-lines' | 'own-pairs-drawn' | 'processes-absent' | 'server-died' | 'container-hidden' | 'container-left', string>>;
  /** Whether the record's own sentences are in this language; elsewhere they stand as quotations. */
  native: boolean;
  /** A sentence of the record that has no version in this language. */
  said: (original: string) => string;
  /** Our words, and the sentence of the record that has the detail. */
  withOriginal: (ours: string, original: string) => string;
  /** Said beside a missing GPU, when it is true. */
  cpuMeasured: string;
  /** The record's own English sentences, in this language, where they are known. */
  prose: Readonly<Record<string, string>>;
  unknownAdvice: string;
}

/** "1 user", "8 users": English alone has the two forms. */
export function users(n: Raw): string {
  return n === 1 || n === '1' ? '1 user' : `${count(n)} users`;
}

/** A load by its name and number: of a stage of users, of requests a second, of bursts, of a spike, or of a lot of pairs. */
export function load(v: Evidence): string {
  if (typeof v['burst'] === 'number') return `${count(v['burst'])} requests at once`;
  if (typeof v['pairs'] === 'number') return `${count(v['pairs'])} pairs`;
  if (typeof v['peakRps'] === 'number') return `a peak of ${plain(v['peakRps'])} requests/s`;
  return typeof v['rateRps'] === 'number' ? `${plain(v['rateRps'])} requests/s` : users(v['users']);
}

/** "a = 1, b = x": what can be said of a code that has no sentence. */
export function listEvidence(evidence: Evidence, show: (value: Raw) => string): string {
  return Object.entries(evidence).map(([name, value]) => `${name} = ${show(value)}`).join(', ');
}
