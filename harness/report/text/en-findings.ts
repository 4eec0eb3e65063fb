/** Findings in English. Names of the evidence: model/analysis.ts, `insightEvidence`. */
import type { InsightId } from '../../model/insight.js';
import { count, mib, ms, percent, plain, rps, seconds } from '../number.js';
import { load, users, type Evidence, type FindingText } from './text-code.js';

/** "throughput was 30% below that of the rest": what a window's first seconds had of their own. */
export function unlikeRest({ of, off }: Evidence): string {
  const by = typeof off === 'number' ? `${percent(Math.abs(off))} ${off < 0 ? 'below' : 'above'}` : plain(off);
  return `${of === 'latency' ? 'the median latency' : 'throughput'} was ${by} that of the rest`;
}

export const enFindings: Readonly<Record<InsightId, FindingText>> = {
  'no-answers': {
    sentence: (v) => `None of ${count(v['started'])} requests was answered at ${load(v)}.`,
    advice: 'Look at the failed requests by kind and at the server’s log; ask one pair by hand before loading the server again.',
  },
  'stage-incomplete': {
    sentence: (v) => `The stage with ${load(v)} did not run to its end (${plain(v['status'])}).`,
    advice: 'Read the reason in the table of stages and the server’s log; numbers of this stage cover only a part of it.',
  },
  'oracle-failed': {
    sentence: (v) => `${count(v['failed'])} of ${count(v['judged'])} truths about answers do not hold, first “${plain(v['oracle'])}” (n = ${count(v['n'])}).`,
    advice: 'The server answers, but not rightly. Check which model and weights it loaded, and how it orders the two addresses, before its speed is of interest.',
  },
  'wrong-answers': {
    sentence: (v) => `${count(v['wrong'])} of ${count(v['asked'])} pairs asked one at a time got a wrong answer, most often “${plain(v['kind'])}” (${count(v['count'])}).`,
    advice: 'Without any load there is no excuse: check the path, the request format and the score path of the scenario against the server’s interface.',
  },
  'flips-under-load': {
    sentence: (v) => `${count(v['flips'])} of ${count(v['checked'])} compared answers changed sides under load at ${load(v)}; scores moved by up to ${plain(v['maxDelta'])}.`,
    advice: 'Batching must not change answers. Look for padding that leaks into the pooling, results handed to the wrong request, or lower precision in large batches.',
  },
  'abnormal-mishandled': {
    sentence: (v) => `${count(v['mishandled'])} of ${count(v['sent'])} abnormal requests were not met as a sound server meets them (${count(v['serverErrors'])} × 5xx, ${count(v['timedOut'])} timed out, ${count(v['cutOff'])} cut off): ${plain(v['kinds'])}.`,
    advice: 'Check input before inference: refuse with 4xx and name the field; never answer bad input with 5xx or with silence. The table of abnormal requests shows each kind.',
  },
  'labels-disagree': {
    sentence: (v) => `The label and the score of ${count(v['count'])} of ${count(v['n'])} answers lie on different sides of the threshold ${plain(v['threshold'])}.`,
    advice: 'Give the scenario the threshold from which on the server says “exact”, or find out why the server judges otherwise than its score.',
  },
  'family-worse': {
    sentence: (v) => `Pairs changed by one family of operators are answered much worse than the others: ${plain(v['family'])}, ${percent(v['share'])} right (${count(v['right'])} of ${count(v['n'])}) against ${percent(v['restShare'])}.`,
    advice: 'This is where the model is weak: more training pairs of this kind, or a step that normalises them before the model. The worst pairs are listed under Answers.',
  },
  'field-not-named': {
    sentence: (v) => `${count(v['unnamed'])} of ${count(v['refused'])} refusals do not name the field that is wrong: ${plain(v['kinds'])}.`,
    advice: 'Say in the body of the 4xx which field is meant and why: a caller who does not know mends the wrong one.',
  },
  'not-recovered': {
    sentence: (v) => `The server did not recover within ${seconds(v['watchedS'])} after ${load(v)}: ${plain(v['percentile'])} did not stay within ${ms(v['limitMs'])} at ${plain(v['baseRps'])} requests/s.`,
    advice: 'Either the backlog of the peak drains too slowly, or something stays broken after it: bound the queue and refuse early (429), and watch a longer time after the peak (load.spike.after) to tell the two apart.',
  },
  'figure-not-finite': {
    sentence: (v) => `“${plain(v['name'])}” was no finite number in ${count(v['count'])} of ${count(v['n'])} lines of the job.`,
    advice: 'A loss that is no number is lost for good: lower the learning rate, clip gradients, and look at the first line in which it happened. Gates on this figure are not decided.',
  },
  'lines-malformed': {
    sentence: (v) => `${v['count'] === 1 ? '1 line of the job begins like a JSON object and is none' : `${count(v['count'])} lines of the job begin like a JSON object and are none`}${Number(v['tooLong']) > 0 ? `, ${count(v['tooLong'])} of them for being longer than 65,536 characters` : ''}; ${count(v['json'])} can be read.`,
    advice: 'Print JSON, one object a line (in Python json.dumps, not the dictionary itself), from one process at a time: lines of several writers may be mixed. The whole output is in logs/job.log.',
  },
  'job-silent': {
    sentence: (v) => `The job printed no JSON line with a number (${count(v['lines'])} lines in all): its time and cost are known, and nothing of what it did.`,
    advice: 'Let it print one JSON object a line, with its epoch, loss or AUC, whenever there is something to tell; each number becomes a figure that gates can ask for.',
  },
  'errors-by-kind': {
    sentence: (v) => `${count(v['failed'])} of ${count(v['started'])} requests (${percent(v['share'])}) failed at ${load(v)}, most often “${plain(v['kind'])}” (${count(v['count'])}).`,
    advice: 'Read the latencies of this stage together with its failures: quick refusals make the rest look fast. 429 and 503 mean that the queue is full; resets and time-outs point at the server or the network.',
  },
  'fallback-answered': {
    sentence: (v) => `${count(v['degraded'])} of ${count(v['completed'])} answers at ${load(v)} (${percent(v['share'])}) came from the server’s fallback, not from the model.`,
    advice: 'Neither the speed nor the answers of this stage are the model’s alone. Find out in the server’s log why its inferences fail; of a drill it is what users saw.',
  },
  'answers-move': {
    sentence: (v) => `${count(v['moved'])} of ${count(v['checked'])} compared scores moved by more than ${plain(v['tolerance'])} under load at ${load(v)}, by up to ${plain(v['maxDelta'])}; none changed sides.`,
    advice: 'Usually batch shape or precision. Decide how much may move, and set answers.tolerance to it.',
  },
  'past-the-knee': {
    sentence: (v) => `Throughput falls past ${users(v['peakUsers'])}: ${rps(v['peakRps'])} there, ${rps(v['rps'])} at ${count(v['users'])} (−${percent(v['loss'])}).`,
    advice: 'Limit the requests in flight near the peak (a bounded queue that answers 429), and look for what is shared: locks, memory, cores.',
  },
  'serial-server': {
    sentence: (v) => `The server works on one request at a time: from ${count(v['fromUsers'])} to ${users(v['toUsers'])} throughput stays at ${rps(v['fromRps'])} to ${rps(v['toRps'])}, while the median latency goes from ${ms(v['fromP50Ms'])} to ${ms(v['toP50Ms'])}.`,
    advice: 'Batch the requests that wait, or run more workers; more users will only wait longer.',
  },
  'saturated': {
    sentence: (v) => `Throughput is flat from ${count(v['fromUsers'])} to ${users(v['toUsers'])} (${rps(v['fromRps'])} to ${rps(v['toRps'])}), while the median latency goes from ${ms(v['fromP50Ms'])} to ${ms(v['toP50Ms'])}.`,
    advice: 'The server is full from there on. Plan for fewer users an instance, or find the resource that is used up.',
  },
  'unstable': {
    sentence: (v) => `Arrivals exceed service: ${rps(v['rateRps'])} were asked, ${rps(v['endedRps'])} ended; the backlog grew by ${rps(v['growthRps'])}, from ${count(v['openAtStart'])} to ${count(v['openAtEnd'])} requests.`,
    advice: 'This rate is above the server’s capacity: latencies of this stage grow with its length. Ask for less, add capacity, or refuse early (429) what cannot be served in time.',
  },
  'queueing': {
    sentence: (v) => `${percent(v['share'])} of the server’s time at ${load(v)} is waiting in its queue (${ms(v['queueMs'])} of ${ms(v['serverMs'])} on average).`,
    advice: 'Requests wait for the model, not for the network. More capacity or larger batches help; a longer queue does not.',
  },
  'generator-limit': {
    sentence: (v) => `The load generator, not the server, may have set the numbers at ${load(v)} (${plain(v['code'])}: ${plain(v['value'])}, limit ${plain(v['limit'])}).`,
    advice: 'Run the generator on another machine or on cores of its own, or use the engine that needs less CPU (autocannon); do not read latencies of this stage as the server’s.',
  },
  'censored': {
    sentence: (v) => `${count(v['censored'])} of ${count(v['started'])} requests at ${load(v)} were never seen to end.`,
    advice: 'They would be the slowest ones, so the high percentiles are too low. Find out why the engine stopped before they ended.',
  },
  'warm-up-too-short': {
    sentence: (v) => `The warm-up was too short at ${load(v)}: in the first ${seconds(v['cutS'])} of the window ${unlikeRest(v)}. Ask for load.warmup: ${plain(v['neededS'])}s (it was ${plain(v['warmupS'])}s).`,
    advice: 'Those seconds are in the numbers of this stage: nothing is cut out afterwards. Set the longer warm-up in the scenario and run again.',
  },
  'too-few-samples': {
    sentence: (v) => `${plain(v['percentile'])} at ${load(v)} needs ${count(v['needed'])} requests; there were ${count(v['n'])}.`,
    advice: 'Make the stage longer (its `duration` in the scenario) until it has enough.',
  },
  'stalls': {
    sentence: (v) => `Nothing moved for ${count(v['seconds'])} whole seconds at ${load(v)}; the longest silence took ${seconds(v['longestS'])}.`,
    advice: 'Look at garbage collection, model reloads and the server’s log at these moments of the time series.',
  },
  'users-hide-waits': {
    sentence: (v) => `Closed users hide a wait at ${load(v)}: their ${plain(v['percentile'])} is ${ms(v['usersMs'])}, that of visitors who come by the clock ${ms(v['visitorsMs'])}, ${plain(v['ratio'])} times as long.`,
    advice: 'Users who wait for their answers send nothing while the server stalls, so few requests tell of it. Look at the slowest answers and their moments, and measure with open load at about this throughput: there every request that was due counts.',
  },
  'long-tail': {
    sentence: (v) => `p99 is ${plain(v['ratio'])} times the median at ${load(v)}: ${ms(v['p99Ms'])} against ${ms(v['p50Ms'])}.`,
    advice: 'A few requests wait for something the others do not: long addresses in the batch, a pause, a cold cache. The latency map shows whether they come at certain moments.',
  },
  'cache-carries': {
    sentence: (v) => `${percent(v['share'])} of the answers at ${load(v)} came from a cache (${count(v['hit'])} of ${count(v['total'])}).`,
    advice: 'These are the cache’s numbers, not the model’s. Switch the cache off, or send addresses that repeat as often as yours do.',
  },
  'padding-tax': {
    sentence: (v) => `${percent(v['share'])} of the tokens computed at ${load(v)} were padding (${plain(v['batchTexts'])} texts a batch on average).`,
    advice: 'Batch texts of like length, or limit a batch by its padded tokens (token-budget) instead of by its number of texts: that work is paid for and answers nothing.',
  },
  'vram-near-limit': {
    sentence: (v) => `GPU ${plain(v['gpu'])} came to ${percent(v['share'])} of its memory: ${mib(v['peakMiB'])} of ${mib(v['totalMiB'])} (the highest sample, a lower bound).`,
    advice: 'A longer text or a larger batch may not fit any more. Limit the tokens of a batch, use lower precision, or a card with more memory.',
  },
  'cold-start': {
    sentence: (v) => `The server took ${seconds(v['readyS'])} from its start to being ready.`,
    advice: 'So long a lost replica is missing, and one that is added for a burst comes too late: keep spare replicas, or make the start shorter (smaller image, weights on local disk, compiled graphs kept).',
  },
  'leak': {
    sentence: (v) => `Memory rises through the soak with ${load(v)}: ${plain(v['what'])} by ${mib(v['slopeMiB'])} an hour [${mib(v['lowMiB'])}, ${mib(v['highMiB'])}], at a median of ${mib(v['medianMiB'])}.`,
    advice: 'Run it longer: a cache or a pool that fills levels off, a leak goes on at this slope. Then look for what is kept for each request.',
  },
  'latency-drifts': {
    sentence: (v) => `${plain(v['percentile'])} drifts through the soak with ${load(v)}: by ${ms(v['slopeMs'])} an hour [${ms(v['lowMs'])}, ${ms(v['highMs'])}], at a median of ${ms(v['medianMs'])}.`,
    advice: 'Rising: look for what grows with time (memory, caches, logs, fragmentation, heat). Falling: the server was still warming up, so give it a longer warm-up.',
  },
  'vram-rising': {
    sentence: (v) => `Memory of GPU ${plain(v['gpu'])} rose through the whole stage with ${load(v)}: from ${mib(v['fromMiB'])} to ${mib(v['toMiB'])} (+${mib(v['riseMiB'])}).`,
    advice: 'Run the stage longer: a pool that grows to its largest batch levels off, a leak does not.',
  },
  'memory-rising': {
    sentence: (v) => `The server’s memory rose through the whole stage with ${load(v)}: from ${mib(v['fromMiB'])} to ${mib(v['toMiB'])} (+${mib(v['riseMiB'])}).`,
    advice: 'Run the stage longer: a cache that fills levels off, a leak does not.',
  },
  'busy-machine': {
    sentence: (v) => `The machine was busy before the run: load average ${plain(v['load'])} on ${count(v['cores'])} cores.`,
    advice: 'Stop the other work and run again; these numbers are of a machine that was shared.',
  },
  'server-throttled': {
    sentence: (v) => `The server’s own CPU quota${Number(v['cores']) > 0 ? ` of ${plain(v['cores'])} cores` : ''} held it back for ${percent(v['share'])} of the time at ${load(v)}, its cores added up.`,
    advice: 'The quota is the limit here, not the machine: give the container more cpus, or start the server with no more processes and threads than its quota has cores.',
  },
  'server-cpu-bound': {
    sentence: (v) => `The server used ${percent(v['share'])} of the cores that were left to it at ${load(v)} (${plain(v['serverCores'])} of ${count(v['machineCores'])} cores, the load engine ${plain(v['engineCores'])}).`,
    advice: 'CPU is the limit here: a smaller model, lower precision, less padding or more cores.',
  },
  'compute-bound': {
    sentence: (v) => `${percent(v['share'])} of the server’s time at ${load(v)} is the model (${ms(v['inferMs'])} of ${ms(v['serverMs'])} on average).`,
    advice: 'Batching by length, lower precision or faster hardware help; a faster network does not.',
  },
  'tokenising': {
    sentence: (v) => `${percent(v['share'])} of the server’s time at ${load(v)} is turning text into tokens (${ms(v['tokenizeMs'])} of ${ms(v['serverMs'])} on average).`,
    advice: 'Tokenise in a compiled tokenizer or in threads of its own, so that the model never waits for text.',
  },
  'scores-meaningless': {
    sentence: (v) => `The server says that the scores of ${plain(v['model'])} mean nothing, so the order of the classes was not judged.`,
    advice: 'Speed and memory are real; for the quality of the answers load a trained model.',
  },
  'probes-failed': {
    sentence: (v) => `${count(v['failed'])} of ${count(v['n'])} probes of knowledge failed, most of them ${plain(v['group'])} (${count(v['groupFailed'])} of ${count(v['groupN'])}).`,
    advice: 'Small models cannot learn renamed districts and other names of places. Where they matter, look them up before the model; a gate on probe_pass_rate makes it a condition.',
  },
  'no-gpu': {
    sentence: (v) => `No GPU was measured: ${plain(v['why'])}.`,
    advice: 'For VRAM, run where nvidia-smi works; “mgeo-bench doctor” says what is missing.',
  },
  'capacity': {
    sentence: (v) => `The highest rate within the SLO is ${plain(v['lowRps'])} requests/s (between ${plain(v['lowRps'])} and ${plain(v['highRps'])}), found with ${count(v['probes'])} probes and ${count(v['sent'])} requests.`,
    advice: 'Plan with less: leave headroom for bursts and for a server that is lost.',
  },
  'capacity-machine': {
    sentence: (v) => `This machine ended the search: at ${plain(v['rateRps'])} requests/s the load generator could not keep to its schedule (${plain(v['code'])}; ${count(v['probes'])} probes lost to it). ${plain(v['lowRps'])} requests/s is a lower bound of what the server bears.`,
    advice: 'Give the generator cores of its own: run the server on another machine (server.url), or give it fewer workers or a heavier model, so that it meets its limit first.',
  },
  'capacity-cliff': {
    sentence: (v) => `The limit is a cliff: ${plain(v['gate'])} is far from its limit at ${plain(v['lowRps'])} requests/s (${ms(v['lowMs'])}) and far beyond it at ${plain(v['highRps'])} (${v['highMs'] === '∞' ? 'beyond every bound' : ms(v['highMs'])}).`,
    advice: 'Latency gives no warning here: watch the rate itself or the queue, stay well below, and let the server refuse early (429) what it cannot bear.',
  },
  'recovered': {
    sentence: (v) => (v['timeS'] === 0 ? `${plain(v['percentile'])} was within ${ms(v['limitMs'])} as soon as ${load(v)} was over.` : `${plain(v['percentile'])} stayed within ${ms(v['limitMs'])} again ${seconds(v['timeS'])} after ${load(v)}.`),
    advice: 'Nothing to do. A gate on recovery (time<10s) makes it a condition.',
  },
  'no-drift': {
    sentence: (v) => `No drift and no leak was shown in ${seconds(v['windowS'])} with ${load(v)}, in any of ${count(v['quantities'])} quantities.`,
    advice: 'Nothing to do. A slower drift than the table of slopes allows for needs a longer soak.',
  },
  'scales': {
    sentence: (v) => `Throughput grows with the users: ${rps(v['fromRps'])} at ${count(v['fromUsers'])}, ${rps(v['toRps'])} at ${count(v['toUsers'])} (${percent(v['efficiency'])} of proportional).`,
    advice: 'The limit was not reached. Try more users to find it.',
  },
  'keeps-up': {
    sentence: (v) => `The server kept up with every rate that was asked, up to ${load(v)} (p95 ${ms(v['p95Ms'])}); no backlog grew.`,
    advice: 'The limit was not reached. Ask for higher rates to find it.',
  },
  'answers-hold': {
    sentence: (v) => `Answers stayed the same under load: ${count(v['checked'])} compared, none moved; ${count(v['oracles'])} oracles hold.`,
    advice: 'Nothing to do.',
  },
};
