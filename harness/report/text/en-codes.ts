/** What the codes of the record, the analysis and the gate mean, in English. */
import { count, ms, percent, plain, rps, seconds } from '../number.js';
import { baseline } from './en-baseline.js';
import { search } from './en-search.js';
import { failures, warnings } from './en-failures.js';
import { enFindings, unlikeRest } from './en-findings.js';
import type { CodeText, Evidence } from './text-code.js';

const stages = (n: Evidence[string]): string => (n === 1 ? '1 stage' : `${count(n)} stages`);
const checks = (n: Evidence[string]): string => (n === 1 ? '1 check' : `${count(n)} checks`);
const after = (n: Evidence[string]): string => (n === 0 ? 'before any stage was completed' : `after ${n === 1 ? '1 completed stage' : `${count(n)} completed stages`}`);

/** "2 of 7 checks failed"; where there is one check, or all share the fate, without counting to one. */
function tally(n: Evidence[string], all: Evidence[string], [one, many]: readonly [string, string]): string {
  if (n !== all) return `${count(n)} of ${checks(all)} ${many}`;
  return all === 1 ? `the only check ${one}` : `all ${checks(all)} ${many}`;
}

const unjudged = (all: Evidence[string]): string => (all === 1 ? 'The only check could not be judged' : `None of ${checks(all)} could be judged`);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const notRun = (v: Evidence): string => (Number(v['notRun']) > 0 ? `, ${count(v['notRun'])} not run` : '');

/** "; 2 skipped": what the headline's number leaves out. */
function others(v: Evidence): string {
  const parts = ([['inconclusive', 'inconclusive'], ['invalid', 'invalid'], ['skipped', 'skipped'], ['warned', 'warned']] as const).filter(([name]) => Number(v[name]) > 0).map(([name, word]) => `${count(v[name])} ${word}`);
  return parts.length === 0 ? '' : `; ${parts.join(', ')}`;
}

const asFailed = (v: Evidence): string => (v['countsAsFailed'] === 1 ? ', and the scenario counts that as failed' : '');

export const codes: CodeText = {
  findings: enFindings,

  validity: {
    'not-started': { name: 'never started', sentence: () => 'the stage was never started' },
    'engine-failed': { name: 'load engine failed', sentence: (v) => `the load engine failed: ${plain(v['why'])}` },
    'server-failed': { name: 'server failed', sentence: (v) => `the server failed: ${plain(v['why'])}` },
    'job-failed': { name: 'job failed', sentence: (v) => plain(v['why']) },
    'interrupted': { name: 'interrupted', sentence: (v) => `the stage was interrupted: ${plain(v['why'])}` },
    'no-requests': { name: 'no requests', sentence: () => 'no request was started in the window' },
    'no-answer': { name: 'no answers', sentence: (v) => `none of ${count(v['started'])} requests was answered as it should be` },
    'too-few': { name: 'too few answers', sentence: (v) => `${count(v['n'])} answers; ${plain(v['percentile'])} needs ${count(v['needed'])}` },
    'little-in-flight': { name: 'Little’s law (in flight)', sentence: (v) => `throughput × latency is ${plain(v['ratio'])} of the requests in flight; it should be 1 (${ms(v['perRequestMs'])} a request unexplained)` },
    'little-users': { name: 'Little’s law (users)', sentence: (v) => `throughput × (latency + think time) is ${plain(v['ratio'])} of the ${count(v['users'])} users; it should be 1 (${ms(v['perRequestMs'])} a request unexplained)` },
    'rows-lost': { name: 'rows lost', sentence: (v) => `the engine wrote ${count(v['rows'])} rows and counted ${count(v['counted'])}` },
    'dropped': { name: 'rows dropped', sentence: (v) => `${count(v['dropped'])} of ${count(v['rows'])} rows could not be kept` },
    'unaccounted': { name: 'requests unaccounted', sentence: (v) => `${count(v['started'])} requests started, ${count(v['accounted'])} accounted for` },
    'server-count': { name: 'server counts otherwise', sentence: (v) => `the server counted ${count(v['server'])} requests, the engine ${count(v['engine'])} (${count(v['unanswered'])} without an HTTP answer)` },
    'generator-cpu': { name: 'generator CPU', sentence: (v) => `the load generator used ${plain(v['cores'])} of ${count(v['machineCores'])} cores` },
    'event-loop': { name: 'generator event loop', sentence: (v) => `the load generator’s event loop was ${percent(v['value'])} busy` },
    'lag': { name: 'generator lag', sentence: (v) => `the load generator’s timers came up to ${ms(v['value'])} late (p99); the median latency is ${ms(v['p50Ms'])}` },
    'run-queue': { name: 'generator waits for a core', sentence: (v) => `the load generator’s threads waited for a core ${percent(v['value'])} of the time, added up` },
    'engine-share': { name: 'engine’s own share', sentence: (v) => `${ms(v['value'])} of p95 ${ms(v['p95Ms'])} lie between client and server, more than ${ms(v['limit'])}` },
    'censored': { name: 'requests never ended', sentence: (v) => `${count(v['censored'])} of ${count(v['started'])} requests were never seen to end` },
    'unstable': { name: 'arrivals exceed service', sentence: (v) => `unstable: arrivals exceed service. ${rps(v['askedRps'])} were asked, ${rps(v['endedRps'])} ended; the backlog grew by ${rps(v['growthRps'])} to ${count(v['openAtEnd'])} requests, so latencies grow with the length of the stage` },
    'pool': { name: 'all workers busy', sentence: (v) => `${count(v['waited'])} of ${count(v['started'])} requests waited for one of the ${count(v['inFlight'])} workers, the longest ${ms(v['longestWaitMs'])}; the wait is in their latency` },
    'unsent': { name: 'requests still waiting', sentence: (v) => `${count(v['waiting'])} of ${count(v['due'])} requests were still waiting to be sent when the stage was stopped` },
    'parts-apart': { name: 'parts not at the same time', sentence: (v) => `for ${percent(v['value'])} of its window of ${seconds(v['windowS'])} not all parts of the mix were driven` },
    'sent-again': { name: 'pairs sent again', sentence: (v) => `pairs were sent more than once, though each of the ${count(v['pairs'])} should be sent once` },
    'unsent-pairs': { name: 'pairs left out', sentence: (v) => `not every one of the ${count(v['pairs'])} pairs was sent` },
    'not-all-pairs': { name: 'not all pairs in time', sentence: (v) => `not all pairs answered in time: ${count(v['answered'])} of ${count(v['pairs'])} within ${seconds(v['limitS'])}` },
    'not-steady': { name: 'not steady', sentence: (v) => `the window never settled: in its first ${seconds(v['cutS'])} ${unlikeRest(v)}, and no steady part longer than half of it was found` },
    'drifting': { name: 'drifting', sentence: (v) => `${v['of'] === 'latency' ? 'the median latency' : 'throughput'} ${Number(v['change']) < 0 ? 'fell' : 'rose'} by ${percent(v['value'])} through ${seconds(v['seconds'])} of the window: a longer one would have other numbers` },
    'clock-step': { name: 'clock step', sentence: (v) => `the wall clock stepped by ${ms(v['value'])}` },
    'others': { name: 'other programs', sentence: (v) => `other programs used ${percent(v['value'])} of the machine while the job ran` },
    'engine-paused': { name: 'engine paused', sentence: (v) => `the load engine was stopped for ${ms(v['pausedMs'])} of the window (${percent(v['value'])}): nothing was sent or seen meanwhile` },
    'calibration': { name: 'beyond the calibrated rate', sentence: (v) => `${rps(v['value'])} were sent, more than the ${rps(v['limit'])} that this engine bore on this machine against a server of known latency` },
    'neighbour': { name: 'other programs', sentence: (v) => `other programs used ${percent(v['value'])} of the machine, and ${percent(v['idle'])} of it was idle: the server had fewer cores than it seems (a server in a container of its own counts as another program)` },
    'steal': { name: 'cores given away', sentence: (v) => `the hypervisor gave ${percent(v['value'])} of the machine’s time to other machines` },
    'throttled': { name: 'held back by a quota', sentence: (v) => `a CPU quota (cgroup) held the run’s programs back for ${percent(v['value'])} of the window, its cores added up` },
    'timed-out': { name: 'requests given up', sentence: (v) => `${count(v['timedOut'])} of ${count(v['started'])} requests were given up at the time-out: the percentiles shown are of the answers alone (gates count the others as infinitely slow)` },
    'gpu-gap': { name: 'GPU not sampled', sentence: (v) => `the GPU was not sampled for ${seconds(v['gapS'])} of the window (${percent(v['value'])}): a peak may lie in it` },
    'engine-messages': { name: 'engine complained', sentence: (v) => `the load engine said ${count(v['messages'])} things, first: ${plain(v['first'])}` },
    'engine-exit': { name: 'engine exit code', sentence: (v) => `the load engine ended with exit code ${plain(v['exitCode'])}` },
  },

  checks: {
    'within': (v) => `the whole ${percent(v['confidence'])} interval is within the limit (n = ${count(v['n'])})`,
    'beyond': (v) => `the whole ${percent(v['confidence'])} interval is beyond the limit (n = ${count(v['n'])})`,
    'straddles': (v) => `the limit lies inside the ${percent(v['confidence'])} interval (n = ${count(v['n'])})`,
    'unbounded': (v) => `the data bound only one side (n = ${count(v['n'])})`,
    'gpu-unseen': (v) => `no sample of the GPU in ${v['stages'] === 1 ? '1 stage' : `${count(v['stages'])} stages`}: its peak may lie there`,
    ...baseline.checks,
    'stage-invalid': () => 'the stage’s measurement is invalid',
    'beyond-every-bound': () => 'more requests failed than the percentile leaves room for; they count as infinitely slow',
    'not-measured': (v) => `not measured: ${plain(v['why'])}`,
    'too-few': (v) => `too few requests: ${count(v['needed'])} are needed`,
    'too-few-pairs': (v) => `too few pairs were answered: ${count(v['needed'])} are needed, evenly over the classes`,
    'no-stage': () => 'no measured stage fits the selector',
    'wrong-answers': (v) => `wrong answers among ${count(v['asked'])} pairs asked one at a time: ${plain(v['kinds'])}`,
    'oracle-failed': (v) => `does not hold: ${plain(v['oracleName'])} (n = ${count(v['n'])})`,
    'no-answer': (v) => `none of ${count(v['started'])} requests was answered as it should be (${count(v['timedOut'])} timed out)`,
    'not-all-pairs': (v) => `not all pairs answered in time: ${count(v['answered'])} of ${count(v['pairs'])} within ${seconds(v['limitS'])}`,
    'abnormal-met': (v) => `so in none of ${count(v['sent'])} abnormal requests`,
    'abnormal-5xx': (v) => `${count(v['count'])} of ${count(v['sent'])} abnormal requests were answered with 5xx: ${plain(v['kinds'])}`,
    'abnormal-no-answer': (v) => `${count(v['count'])} of ${count(v['sent'])} abnormal requests got no answer (${count(v['timedOut'])} timed out): ${plain(v['kinds'])}`,
    'abnormal-died': (v) => (v['kind'] === '' ? 'the server ended while abnormal requests were sent' : `after an abnormal request (${plain(v['kind'])}) the server answered no more`),
    'conformance-met': (v) => `${count(v['passed'])} ${v['passed'] === 1 ? 'check holds' : 'checks hold'}${v['left'] === 0 ? '' : `, ${count(v['left'])} did not apply`}${notRun(v)}`,
    'conformance-must': (v) => `${count(v['count'])} of ${count(v['of'])} checks that must hold failed: ${plain(v['ids'])}${notRun(v)}`,
    'conformance-should': (v) => `${count(v['count'])} of ${count(v['of'])} checks that should hold failed: ${plain(v['ids'])}${notRun(v)}`,
    'search-lowest-fails': search.ends['lowest-fails'],
    'search-lowest-undecided': search.ends['lowest-undecided'],
    'search-highest-passes': search.ends['highest-passes'],
    'search-machine': search.ends['machine'],
    'search-unbounded': search.ends['unbounded'],
    'search-budget': search.ends['budget'],
  },

  suspect: ({ suspect, ofStages }) => ` ${plain(suspect)} of ${plain(ofStages)} stages ${suspect === 1 ? 'is' : 'are'} suspect.`,
  headlines: {
    'unfinished': (v) => `The run never ended; ${stages(v['stages'])} had begun.`,
    'aborted': (v) => `The run was interrupted ${after(v['completed'])}.`,
    'failed': (v) => `The run ended early, ${after(v['completed'])}: ${plain(v['message'])}.`,
    'job-failed': (v) => `${capital(plain(v['message']))}.`,
    'fail': (v) => `${plain(v['name'])} does not hold at “${plain(v['where'])}”: measured ${plain(v['measured'])}, limit ${plain(v['limitText'])} (${tally(v['failed'], v['checks'], ['failed', 'failed'])}${others(v)}).`,
    'fail-infinite': (v) => `${plain(v['name'])} does not hold at “${plain(v['where'])}”: so many requests failed or timed out that the percentile is beyond every bound, limit ${plain(v['limitText'])} (${tally(v['failed'], v['checks'], ['failed', 'failed'])}${others(v)}).`,
    'answers-wrong': (v) => `The answers are wrong: ${plain(v['reasonText'])}.`,
    'no-answer': (v) => `At “${plain(v['where'])}” ${plain(v['reasonText'])}.`,
    'not-all-pairs': (v) => `At “${plain(v['where'])}” ${plain(v['reasonText'])}.`,
    'abnormal': (v) => `The server does not stand abnormal requests: ${plain(v['reasonText'])}.`,
    'conformance': (v) => `The server does not conform: ${plain(v['reasonText'])}.`,
    'conformance-pass': (v) => `The server conforms: ${count(v['held'])} checks hold${v['left'] === 0 ? '' : `, ${count(v['left'])} did not apply`}${v['shortfalls'] === 0 ? '' : `; ${count(v['shortfalls'])} that should hold ${v['shortfalls'] === 1 ? 'does' : 'do'} not`}.`,
    'stage-invalid': (v) => `The measurement of “${plain(v['stage'])}” is invalid: ${plain(v['reasonText'])} (${stages(v['stages'])} invalid).`,
    'inconclusive': (v) => `${plain(v['name'])} cannot be decided at “${plain(v['where'])}”: measured ${plain(v['measured'])}, limit ${plain(v['limitText'])}; ${plain(v['reasonText'])}.`,
    'nothing-judged': (v) => `${unjudged(v['checks'])} (${count(v['skipped'])} skipped).`,
    'inconclusive-fails': (v) => `${plain(v['name'])} cannot be decided at “${plain(v['where'])}”, and the scenario counts that as failed: measured ${plain(v['measured'])}, limit ${plain(v['limitText'])}; ${plain(v['reasonText'])}.`,
    'nothing-judged-fails': (v) => `${unjudged(v['checks'])} (${count(v['skipped'])} skipped), and the scenario counts that as failed.`,
    'search-lowest-undecided': (v) => `${search.ends['lowest-undecided'](v)}${asFailed(v)}.`,
    'search-highest-passes': (v) => `${search.ends['highest-passes'](v)}${asFailed(v)}.`,
    'search-machine': (v) => `${search.ends['machine'](v)}${asFailed(v)}.`,
    'search-unbounded': (v) => `${search.ends['unbounded'](v)}${asFailed(v)}.`,
    'search-budget': (v) => `${search.ends['budget'](v)}${asFailed(v)}.`,
    'search-lowest-fails': (v) => `${search.ends['lowest-fails'](v)}.`,
    'search-found': (v) => `${search.ends.found(v)}; ${tally(v['passed'], v['checks'], ['holds', 'hold'])}${others(v)}.`,
    'pass': (v) => `${capital(tally(v['passed'], v['checks'], ['holds', 'hold']))}${others(v)}; nearest to its limit is ${plain(v['name'])} at “${plain(v['where'])}”: measured ${plain(v['measured'])}, limit ${plain(v['limitText'])}.`,
    'only-warnings': (v) => `No gate that must hold failed, but ${plain(v['name'])} warns at “${plain(v['where'])}”: measured ${plain(v['measured'])}, limit ${plain(v['limitText'])}.`,
    'no-gates': (v) => (typeof v['jobS'] === 'number' ? `Nothing was asked of the numbers; the job took ${seconds(v['jobS'])}.` : typeof v['pairsPerS'] === 'number' ? `Nothing was asked of the numbers; ${typeof v['timeS'] === 'number' ? `all ${count(v['pairs'])} pairs took ${seconds(v['timeS'])}, ` : ''}${plain(v['pairsPerS'])} pairs/s.` : typeof v['rps'] === 'number' ? `Nothing was asked of the numbers; the highest throughput was ${rps(v['rps'])} at “${plain(v['stage'])}”, p95 ${ms(v['p95Ms'])}.` : `Nothing was asked of the numbers; ${count(v['stages'])} stages were measured.`),
  },

  absence: {
    'too-few': (v) => `too few requests: ${count(v['needed'])} are needed`,
    'too-few-pairs': (v) => (typeof v['needed'] === 'number' ? `too few pairs: ${count(v['needed'])} are needed` : 'too few pairs'),
    'too-few-labels': () => 'too few labels: one label is right for every pair',
    'no-probes': () => 'no probe pairs were asked',
    'no-abnormal': () => 'no abnormal requests were sent',
    'no-answer': () => 'no request was answered',
    'not-measured': () => 'it could not be read on this machine',
    'not-checked': () => 'no answers were compared',
    'no-gpu': () => 'there is no such GPU',
    'no-stage': () => 'no measured stage fits the selector',
    'no-valid-stage': () => 'no stage is valid',
    'no-search': () => 'nothing was searched',
    'no-rate-passed': () => 'no rate passed',
    'no-such-metric': () => 'the job printed no number of this name',
    'one-line': () => 'fewer than two lines of the job have it',
    'not-finite': () => 'it was NaN or infinite',
    'one-load': () => 'only one size of load was tried',
    'no-spike': () => 'the stage is no spike',
    'no-limit': () => 'no limit is named: say load.spike.within, or set a gate on a percentile of latency',
    'not-held-before': () => 'the limit did not hold at the base rate before the peak, so there was nothing to come back to',
    'cut-short': () => 'too little was watched to see the latency stay within its limit',
    'too-short': () => 'too short',
    'scores-meaningless': () => 'the server says that its scores mean nothing',
  },

  gpuAbsent: {
    'not-found': 'nvidia-smi was not found, so there is no NVIDIA driver here or it is not on the PATH',
    'no-driver': 'nvidia-smi is there, but the NVIDIA driver does not answer',
    'no-device': 'nvidia-smi found no GPU',
    'off': 'switched off in the scenario',
    'unsupported': 'this system has no NVIDIA driver, or the GPU does not report its memory',
    'failed': 'nvidia-smi failed',
  },

  oracles: {
    'equal-pair': 'a pair of equal addresses scores the maximum',
    'symmetry': 'swapping the two addresses changes nothing',
    'dropped-characters': 'characters that a BERT tokenizer drops change nothing',
    'class-medians': 'median scores are ordered high > boundary > low',
    'auc': 'high pairs score above low pairs (AUC)',
    'not-constant': 'scores are not all alike',
    'repeat': 'the same pair asked twice scores the same',
  },

  classes: { high: 'high (same place)', low: 'low (different places)', boundary: 'boundary', noisy: 'noisy', abnormal: 'abnormal requests', unlabelled: 'unlabelled' },

  families: { region: 'regions left out, added or renamed', name: 'names and their order', tail: 'building, unit or room left out', typo: 'typing errors', script: 'traditional, Latin letters, English', number: 'numbers and units written otherwise', layout: 'separators, blanks, brackets', around: 'notes, people, phone numbers around it', neighbour: 'a neighbour (one field differs)', apart: 'two places far apart', none: 'no operator' },
  probeGroups: { 'rename': 'renamed districts', 'polyphone': 'polyphones', 'alias': 'other names of a place', 'alias-trap': 'traps: alike, but not the same' },
  labels: { exact: 'exact', partial: 'partial', not: 'not', same: 'same place', other: 'other place' },
  expectations: { reject: 'a 4xx', answer: 'an answer', either: 'either' },

  errorKinds: {
    'timeout': 'timed out', 'reset': 'connection reset', 'refused': 'connection refused', 'closed': 'connection closed', 'dns': 'name not resolved', 'other': 'other', 'html': 'answer is HTML', 'not-json': 'answer is not JSON', 'no-score': 'answer without a score', 'not-a-number': 'score is not a number', 'out-of-range': 'score out of range', 'score-count': 'not as many scores as pairs', 'accepted-bad-input': 'bad request was accepted',
  },

  phases: { tokenize: 'tokenise', queue: 'wait in the queue', infer: 'infer', post: 'finish', total: 'whole server' },
  httpStatus: (status) => `HTTP status ${status}`,
  failures,
  warnings,
  native: true,
  said: (original) => original.replace(/\.$/, ''),
  withOriginal: (ours, original) => `${ours} (“${original}”)`,
  cpuMeasured: 'CPU and memory were measured.',
  prose: {},
  unknownAdvice: 'Look at the numbers beside it.',
};
