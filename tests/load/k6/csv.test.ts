import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import fc from 'fast-check';
import type { Sink } from '../../../harness/load/drive.js';
import { createCsvReader } from '../../../harness/load/k6/csv.js';
import { testContext } from '../../host/context.js';

/** A recorded stream: k6 2.2.0, three users, one in ten closed, 503 or NaN, Server-Timing with a quoted comma in a third. */
const stream = readFileSync(`${testContext().host.files.packageRoot}/tests/fixtures/load/k6-stream.csv`);

interface Seen {
  clocks: number[][];
  rows: string[];
  iterations: number;
}

function readIn(chunks: readonly Uint8Array[]): Seen {
  const seen: Seen = { clocks: [], rows: [], iterations: 0 };
  const sink: Sink = {
    clock: (clockMs, epochMs) => seen.clocks.push([clockMs, epochMs]),
    row: (row) => {
      const timing = Buffer.from(row.bytes).toString('latin1', row.timingFrom, row.timingTo);
      seen.rows.push([row.user, row.seq, row.ticket, row.startMs, row.endMs, row.latencyUs, row.pauseMs, row.status, row.fault, row.score, row.batch, row.cache, row.degraded, timing].join('|'));
    },
    message: (text) => assert.fail(text),
  };
  const reader = createCsvReader(sink);
  for (const chunk of chunks) reader.push(chunk);
  seen.iterations = reader.iterations();
  return seen;
}

/** The slow and obvious way. */
function expected(): Seen {
  const lines = stream.toString('utf8').split('\n').slice(0, -1);
  const texts = lines.filter((line) => line.startsWith('mgeo_row,')).map((line) => {
    const last = line.split(',').slice(4).join(',');
    return (last.startsWith('"') ? last.slice(1, -1).replaceAll('""', '"') : last).slice(2);
  });
  const rows = texts.filter((text) => text.startsWith('R|')).map((text) => {
    const [, user, seq, ticket, start, end, latency, pause, status, fault, score, batch, cache, degraded, ...timing] = text.split('|');
    const number = (value = ''): number => Number(value);
    return [number(user), number(seq), number(ticket), number(start) / 1000, number(end) / 1000, number(latency), number(pause) / 1000, number(status), fault, score === '' ? NaN : number(score), number(batch), cache, degraded === 'd', timing.join('|')].join('|');
  });
  return {
    clocks: texts.filter((text) => text.startsWith('C|')).map((text) => text.split('|').slice(1).map((us) => Number(us) / 1000)),
    rows,
    iterations: lines.filter((line) => line.startsWith('iterations,')).length,
  };
}

test('a recorded stream is read whole', () => {
  const truth = expected();
  assert.ok(truth.rows.length > 30, 'the fixture holds rows');
  assert.ok(truth.rows.some((row) => row.includes('desc="batch of 4, padded"')) && truth.rows.some((row) => row.includes('closed')) && truth.rows.some((row) => row.includes('|503|')));
  assert.equal(truth.clocks.length, 3);
  assert.deepEqual(readIn([stream]), truth);
  assert.ok(Math.abs(truth.rows.length - truth.iterations) <= 3);
});

test('however it is cut', () => {
  const truth = expected();
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: stream.length }), { maxLength: 60 }), (cuts) => {
    const at = [0, ...cuts.sort((x, y) => x - y), stream.length];
    assert.deepEqual(readIn(at.slice(1).map((end, i) => stream.subarray(at[i], end))), truth);
  }), { numRuns: 60 });
  assert.deepEqual(readIn(Array.from(stream, (_, i) => stream.subarray(i, i + 1))), truth, 'byte by byte');
});

test('a torn end, as SIGKILL leaves it, costs the torn line only', () => {
  const text = stream.toString('latin1');
  const last = text.lastIndexOf('\nmgeo_row,');
  for (let cut = last + 1; cut < text.indexOf('\n', last + 1); cut += 7) {
    assert.equal(readIn([stream.subarray(0, cut)]).rows.length, expected().rows.filter((_, i, all) => i < all.length - 1).length);
  }
});

test('more columns than we ask for do not confuse it', () => {
  const text = 'metric_name,timestamp,metric_value,scenario,status,extra_tags,metadata\nmgeo_row,1,1.0,load,200,,r=C|5|7\nmgeo_row,1,1.0,load,200,a=b,"r=R|0|0|9|1000|2000|1000|0|200||0.5|||d|x;dur=1, y;dur=2"\n';
  const seen = readIn([Buffer.from(text)]);
  assert.deepEqual(seen.clocks, [[0.005, 0.007]]);
  assert.deepEqual(seen.rows, ['0|0|9|1|2|1000|0|200||0.5|0||true|x;dur=1, y;dur=2']);
});
