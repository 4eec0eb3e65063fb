/** The conformance suite in English. This file is the type: the other language must have every entry. */
import { count, plain } from '../number.js';
import { listEvidence, type Sentence } from './text-code.js';

const ended: Readonly<Record<string, string>> = { closed: 'the connection was closed', reset: 'the connection was reset', refused: 'the connection was refused', timeout: 'nothing came in time' };
const how = (value: unknown): string => ended[String(value)] ?? String(value);
/** A server may close connections on which nobody asks. */
const held = ({ opened, kept }: Parameters<Sentence>[0]): string => (kept === undefined || kept === opened ? '' : `, ${count(kept)} of them still open then`);
/** What the machine that asks had no more of. */
const limits: Readonly<Record<string, string>> = { files: 'this system allows a process no more open files (ulimit -n)', ports: 'this machine has no more ports to connect from (net.ipv4.ip_local_port_range)', memory: 'this machine has no more memory for connections' };

const checks = {
  'live-before-ready': '/health answers before /ready does', 'ready-503': 'until it is ready, readiness answers 503', 'ready-200': 'readiness answers 2xx when ready', 'health-200': '/health answers 200', 'health-json': '/health is a JSON object', 'health-model': '/health names the model and its sha256', 'health-state': '/health tells status, version, backend, error rate, queue and requests under way', 'metrics': '/metrics is Prometheus text',
  'answer': 'a sound question gets 200 and a score', 'answer-label': 'an answer has a label', 'answer-json': 'an answer calls itself application/json', 'unknown-keys': 'unknown keys are ignored', 'escaped-text': 'escaped text is the same text', 'batch': 'the batch endpoint says what single questions say, in their order', 'head': 'HEAD is answered without a body',
  'request-id': 'answers carry X-Request-Id', 'request-id-kept': 'the client’s own X-Request-Id is kept', 'request-id-sane': 'an X-Request-Id with markup or without end is not repeated', 'request-id-on-errors': 'refusals carry X-Request-Id', 'server-timing': 'Server-Timing tells tokenize, queue and infer', 'batch-size': 'X-Batch-Size is a whole number', 'cache': 'X-Cache is hit, partial, miss or off',
  'broken-json': 'broken JSON: 400, names the body', 'empty-body': 'an empty body: 400, names the body', 'broken-utf8': 'broken UTF-8: 400, names the body', 'not-an-object': 'JSON that is no object: 400, names the body', 'missing-field': 'a missing field: 400, names it', 'wrong-type': 'a field of the wrong type: 400, names it', 'blank': 'a blank address: 400, names it', 'too-long': 'an address without end: 400, names it', 'batch-errors': 'a faulty batch: 400, names the place', 'problem-details': 'refusals are problem details (RFC 9457)', 'no-echo': 'refusals never repeat an address', 'not-found': 'an unknown path: 404', 'broken-path': 'a path that cannot be decoded: 4xx', 'wrong-method': 'another method: 405 with Allow', 'media-type': 'a body that is not JSON by its type: 415', 'compressed-body': 'a body that claims to be compressed: 4xx', 'deep-json': 'JSON of 60,000 levels: 4xx', 'abnormal-bodies': 'every abnormal kind is met as it should be',
  'large-body': 'a body of 64 MiB is refused with 413 before it is sent', 'endless-body': 'chunks without end are cut off with 413', 'many-pairs': 'a batch of 5,000 pairs: 413', 'huge-header': 'a header of 1 MiB is refused', 'huge-header-431': 'a header of 256 KiB: 431', 'many-headers': '20,000 headers are refused', 'long-path': 'a path of 1 MiB is refused',
  'keep-alive': 'a connection is kept for the next request', 'connection-close': 'Connection: close is obeyed', 'pipelining': 'pipelined requests are all answered, in order', 'in-pieces': 'a request in pieces of 7 bytes is answered', 'chunked': 'a body in chunks is answered', 'expect-continue': 'Expect: 100-continue is answered', 'http-1.0': 'HTTP/1.0 is answered', 'no-host': 'HTTP/1.1 without Host: 400', 'two-lengths': 'two lengths that differ are refused', 'length-and-chunks': 'a length beside chunks is refused, or the connection ends', 'not-http': 'what is not HTTP is refused', 'half-closed': 'a half-closed client is answered or left, not kept', 'half-a-request': 'half a request and an end: the connection is closed', 'abandoned': 'clients that reset their connections do no harm', 'many-connections': 'many connections, opened and left, do no harm',
  'slow-headers': 'others are served while 100 clients hold half a head', 'slow-bodies': 'others are served while 100 clients hold half a body', 'never-reads': 'others are served while clients do not read', 'slow-headers-cut': 'a head that trickles in is cut off', 'slow-bodies-cut': 'a body that trickles in is cut off',
  'overload-answered': 'under too much load every request is answered, or refused with 429 or 503', 'queue-full': 'too much load is refused with 429', 'retry-after': '429 comes with Retry-After', 'overload-recovers': 'after too much load it answers as before',
  'drain-under-way': 'after SIGTERM a request under way is answered', 'drain-new': 'after SIGTERM a new request is refused', 'drain-ready': 'after SIGTERM readiness is gone', 'drain-idle': 'after SIGTERM idle connections are closed', 'drain-exit': 'then it ends with exit code 0',
};

const reasons: Readonly<Record<
  'met' | 'looks' | 'status-seen' | 'closed' | 'reset' | 'refused-connection' | 'answered' | 'answered-besides' | 'connections' | 'connections-limited' | 'kinds' | 'refused' | 'cut-off'
  | 'no-answer' | 'status' | 'no-score' | 'fields-missing' | 'header-missing' | 'header-wrong' | 'not-json' | 'not-prometheus' | 'field-not-named' | 'problem-status' | 'echoes' | 'id-not-kept' | 'id-unchecked' | 'batch-differs' | 'escaped-differs'
  | 'ready-not-live' | 'not-live-before-ready' | 'closed-between' | 'pipeline-lost' | 'pipeline-order' | 'not-closed' | 'smuggled' | 'not-answered-after' | 'not-answered-during' | 'not-answered-besides' | 'never-cut-off' | 'connections-refused' | 'no-connection' | 'unanswered' | 'never-full' | 'died' | 'died-after' | 'gone-after' | 'kinds-wrong' | 'idle-open' | 'no-exit' | 'exit'
  | 'ready-at-once' | 'not-started-here' | 'no-ready-path' | 'other-format' | 'not-waited-for' | 'no-kinds' | 'no-descriptors' | 'died-before' | 'gone-before', Sentence>> = {
  'met': () => '',
  'looks': (v) => `seen ${count(v['count'])} times`,
  'status-seen': (v) => `answered ${plain(v['got'])}`,
  'closed': () => ended['closed'] ?? '', 'reset': () => ended['reset'] ?? '', 'refused-connection': () => ended['refused'] ?? '',
  'answered': (v) => `${count(v['count'])} requests`,
  'answered-besides': (v) => `beside ${count(v['count'])} of them`,
  'connections': (v) => `${count(v['opened'])} opened${held(v)}`,
  'connections-limited': (v) => `${count(v['opened'])} opened of ${count(v['asked'])}${held(v)}: ${limits[String(v['of'] ?? 'files')] ?? ''}`,
  'kinds': (v) => `${count(v['count'])} kinds`,
  'refused': (v) => `${count(v['count'])} of ${count(v['of'])} requests`,
  'cut-off': (v) => `after ${plain(v['afterS'])} s`,
  'no-answer': (v) => `no answer, ${how(v['ended'])}; expected ${plain(v['expected'])}`,
  'status': (v) => `answered ${plain(v['got'])}; expected ${plain(v['expected'])}`,
  'no-score': () => 'the answer holds no score',
  'fields-missing': (v) => `missing: ${plain(v['fields'])}`,
  'header-missing': (v) => `the header ${plain(v['header'])} is missing`,
  'header-wrong': (v) => `the header ${plain(v['header'])} is “${plain(v['got'])}”`,
  'not-json': () => 'it is no JSON object',
  'not-prometheus': () => 'it holds no # TYPE line',
  'field-not-named': (v) => `the refusal does not name ${plain(v['field'])}`,
  'problem-status': () => 'status in the body is not that of the answer',
  'echoes': () => 'a refusal repeats the address that was sent',
  'id-not-kept': () => 'another id came back',
  'id-unchecked': () => 'it came back as it was sent',
  'batch-differs': (v) => `the scores differ by up to ${plain(v['delta'])}`,
  'escaped-differs': () => 'the scores differ',
  'ready-not-live': (v) => `ready, while /health answered ${v['got'] === 0 ? 'nothing' : plain(v['got'])}`,
  'not-live-before-ready': (v) => `while readiness was awaited /health answered ${v['got'] === 0 ? 'nothing' : plain(v['got'])}`,
  'closed-between': () => 'the connection was closed after an answer',
  'pipeline-lost': (v) => `${count(v['got'])} answers to ${count(v['of'])} requests`,
  'pipeline-order': () => 'the answers come in another order, or with another status',
  'not-closed': (v) => `the connection was still open after ${plain(v['afterS'])} s`,
  'smuggled': (v) => `answered ${plain(v['got'])}, and the connection went on`,
  'not-answered-after': () => 'afterwards a sound question was not answered',
  'not-answered-during': (v) => `with ${count(v['opened'])} connections open a sound question was not answered`,
  'not-answered-besides': (v) => `beside ${count(v['count'])} of them a sound question was not answered`,
  'never-cut-off': (v) => `not cut off within ${plain(v['afterS'])} s`,
  'connections-refused': (v) => `${count(v['opened'])} opened of ${count(v['asked'])}, then ${plain(v['why'])}`,
  'no-connection': (v) => `no connection: ${plain(v['why'])}`,
  'unanswered': (v) => `${count(v['count'])} of ${count(v['of'])} requests got no answer: ${how(v['ended'])}`,
  'never-full': (v) => `${count(v['count'])} requests at once, and not one was refused`,
  'died': (v) => `after ${plain(v['kind'])} a sound question was not answered`,
  'died-after': () => 'after it no sound question was answered any more',
  'gone-after': () => 'the server went away while it was made',
  'kinds-wrong': (v) => `${count(v['count'])} of ${count(v['of'])} kinds were not: ${plain(v['kinds'])}`,
  'idle-open': () => 'an idle connection was still open at the end',
  'no-exit': (v) => `it had not ended ${plain(v['afterS'])} s after the last answer`,
  'exit': (v) => `it ended with ${plain(v['how'])}`,
  'ready-at-once': () => 'it was ready before it could be asked',
  'not-started-here': () => 'this run did not start the server',
  'no-ready-path': () => 'no readiness path is named',
  'other-format': () => 'of the API of the reference server alone',
  'not-waited-for': () => 'not waited for (load.conformance.patience: 0s)',
  'no-kinds': () => 'the two fields of the request have no names',
  'no-descriptors': (v) => limits[String(v['of'] ?? 'files')] ?? '',
  'died-before': (v) => `no sound question is answered since ${plain(v['check'])}`,
  'gone-before': (v) => `the server is gone since ${plain(v['check'])}`,
};

export const conformance = {
  title: 'Conformance', check: 'Check', level: 'Level', outcome: 'Outcome', seen: 'Seen',
  load: 'the conformance suite: checks instead of load',
  levels: { must: 'must', should: 'should' },
  status: { 'pass': 'pass', 'fail': 'fail', 'not-applicable': 'not applicable', 'not-run': 'not run' },
  groups: { boot: 'Start', api: 'Answers', headers: 'Headers', errors: 'Errors', limits: 'Limits', sockets: 'Connections', slow: 'Slow clients', overload: 'Overload', drain: 'Drain' },
  tally: (held: string, failed: string, left: string, notRun: string | null) => `${held} hold, ${failed} fail, ${left} not applicable${notRun === null ? '' : `, ${notRun} not run`}`,
  early: (made: string, planned: string) => `The suite ended early: ${made} of ${planned} checks were made.`,
  notRun: 'No check was made.',
  note: 'A check of level must that fails fails the run; should is a warning. Each check uses connections of its own, one check after another; after each it is seen whether a sound question is still answered.',
  checks: checks as Readonly<Record<keyof typeof checks, string>>,
  reasons,
  /** What a code means that has no sentence here. */
  unknown: (code: string, values: Parameters<Sentence>[0]) => `${code} ${listEvidence(values, plain)}`.trim(),
};

export type ConformanceText = typeof conformance;
