import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerCounters, parsePrometheus, scrapeCounter } from '../../harness/telemetry/prometheus.js';

const reference = `# HELP http_requests_total Answered requests.
# TYPE http_requests_total counter
http_requests_total{route="/similarity",status="200"} 1200
http_requests_total{route="/similarity",status="429"} 34
http_requests_total{route="/similarity/batch",status="200"} 5
http_requests_total{route="/health",status="200"} 999
http_requests_total{route="/metrics",status="200"} 77
`;

test('the counter of the reference server: answers of every status, not its health checks', () => {
  assert.equal(scrapeCounter(reference, answerCounters), 1239);
});

test('counters of other servers', () => {
  assert.equal(scrapeCounter('te_request_count{method="single"} 7\nte_request_count{method="batch"} 3\n', answerCounters), 10);
  assert.equal(scrapeCounter('nv_inference_request_success{model="m",version="1"} 41\nnv_inference_request_success{model="n",version="1"} 1\n', answerCounters), 42);
  assert.equal(scrapeCounter('http_requests_total{handler="/v1/similarity",method="POST",status="2xx"} 8\nhttp_requests_total{handler="/metrics",method="GET",status="2xx"} 3\n', answerCounters), 8);
  assert.equal(scrapeCounter('http_request_duration_seconds_count{path="/similarity"} 6\n', answerCounters), 6);
});

test('a count that cannot be told apart from health checks is no count', () => {
  assert.equal(scrapeCounter('http_requests_total{code="200"} 8\n', answerCounters), null);
  assert.equal(scrapeCounter('', answerCounters), null);
  assert.equal(scrapeCounter('http_requests_total{route="/similarity"} NaN\n', answerCounters), null);
  assert.equal(scrapeCounter('http_requests_total_created{route="/similarity"} 1.7e9\n', answerCounters), null);
});

test('the text format: escapes, spaces, time stamps, exemplars, special values', () => {
  const text = String.raw`
# a comment { with="braces" } 1
a 1
b{} 2.5e3 1700000000000
  c { x = "1" , y="two, \"quoted\" \\ and } \n end", } 3
d{x="汉字"} +Inf
e -inf
f NaN
g_bucket{le="0.1"} 8 # {trace_id="abc"} 0.05 1.6e9
:h:i 0
`;
  assert.deepEqual(parsePrometheus(text), [
    { name: 'a', labels: {}, value: 1 },
    { name: 'b', labels: {}, value: 2500 },
    { name: 'c', labels: { x: '1', y: 'two, "quoted" \\ and } \n end' }, value: 3 },
    { name: 'd', labels: { x: '汉字' }, value: Number.POSITIVE_INFINITY },
    { name: 'e', labels: {}, value: Number.NEGATIVE_INFINITY },
    { name: 'f', labels: {}, value: Number.NaN },
    { name: 'g_bucket', labels: { le: '0.1' }, value: 8 },
    { name: ':h:i', labels: {}, value: 0 },
  ]);
});

test('lines that are no samples are passed over, the others still count', () => {
  const broken = ['<html>', 'x', 'x{', 'x{a="1" 2', 'x{a=1} 2', 'x y', '{"json": 1}', '1 2', 'x{a="unended} 5'].join('\n');
  assert.deepEqual(parsePrometheus(`${broken}\nok 5\r\n`), [{ name: 'ok', labels: {}, value: 5 }]);
});
