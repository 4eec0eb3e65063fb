import assert from 'node:assert/strict';
import type { EngineName } from '../../harness/model/plan.js';
import type { StageResult } from '../../harness/model/record.js';
import { alive, testContext } from '../host/context.js';
import { bodiesFile, drive, goodBodies, knownServer, ownServer, percentile, percentileMs, rawServer, type Driven } from './drive-setup.js';
import { casesOf, type CaseKind } from './register-cases.js';
import { countedStageOf, expectAnswers, offlineStageOf, requestPlan, stageOf } from './stage-setup.js';

/** Every started request is accounted for, and nothing the engine did is missing from its rows. */
function assertWhole({ result, rows }: Driven): void {
  const { requests, generator } = result;
  assert.equal(requests.started, requests.completed + requests.failed + requests.censored);
  assert.equal(generator.rows, rows.length);
  assert.equal(generator.dropped, 0);
  assert.equal(generator.messages.length, 0, generator.messages.join('; '));
}

/** k6 drops what is in flight when it is stopped: at most one request a user. */
function assertAllSeen(name: EngineName, users: number, seen: number, done: number): void {
  assert.ok(done >= seen && done - seen <= (name === 'k6' ? users : 0), `${String(done)} done by the server, ${String(seen)} seen`);
}

const rateRps = (result: StageResult): number => result.requests.completed / ((result.windowToMs - result.windowFromMs) / 1000);

/** What any engine must do, against servers that are known. */
export function engineCases(name: EngineName, kind: CaseKind): void {
  const { measuring, counting } = casesOf(kind, name, name);

  measuring('times are the server\'s own, think times are kept, counts agree', async (engine, t) => {
    let best = Infinity;
    // Other work on the machine may disturb one attempt; an engine that is wrong is wrong in all.
    for (let attempt = 0; attempt < 3 && best > 1; attempt += 1) {
      const server = await knownServer(t, '--ms', '50');
      let pid = 0;
      const livedWhenSettled: boolean[] = [];
      const driven = await drive({
        engine, url: server.url, stage: stageOf(20, { warmupS: 1, durationS: 3, thinkMs: [20, 80] }),
        onSpawn: (spawned) => { pid = spawned; }, onSettled: () => { livedWhenSettled.push(alive(pid, testContext().host)); },
      }, t);
      const { result } = driven;
      assert.deepEqual(livedWhenSettled, [true]);
      const truth = await server.truth();
      assertWhole(driven);
      assert.equal(result.status, 'completed');
      assert.equal(result.generator.counted, result.generator.rows);
      assert.equal(result.generator.exitCode, 0);
      const answered = truth.filter(([, , status]) => status === 200).length;
      assertAllSeen(name, 20, result.counts.engine, answered);
      const ownMs = percentile(truth.map(([, latencyMs]) => latencyMs), 0.5);
      const shareMs = percentileMs(result.latency, 0.5) - ownMs;
      const meanMs = driven.rows.reduce((sum, row) => sum + row.latencyUs, 0) / driven.rows.length / 1000;
      t.diagnostic(`engine share of p50: ${shareMs.toFixed(2)} ms, of p95: ${(percentileMs(result.latency, 0.95) - percentile(truth.map(([, ms]) => ms), 0.95)).toFixed(2)} ms; lag p99 ${String(result.generator.lagP99Ms)} ms`);
      assert.ok(shareMs > -0.5, 'no request is faster at the client than at the server');
      assert.ok(Math.abs((rateRps(result) * (meanMs + (result.thinkMeanMs ?? 0))) / 1000 / 20 - 1) < 0.05, 'X·(R + Z) = users');
      assert.ok(Math.abs((result.thinkMeanMs ?? 0) / 50 - 1) < 0.1, `think time ${String(result.thinkMeanMs)}`);
      assert.ok((result.generator.lagP50Ms ?? -1) >= 0);
      best = Math.min(best, Math.abs(shareMs));
      await server.kill();
    }
    assert.ok(best <= 1, `p50 differs by ${best.toFixed(2)} ms`);
  });

  counting('each body once a pass, in order, bytes as they are', async (engine, t) => {
    const seen: string[] = [];
    const { url } = await ownServer(t, (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        seen.push(Buffer.concat(chunks).toString('base64'));
        assert.equal(request.url, '/similarity');
        assert.equal(request.headers['content-type'], 'application/json');
        response.end('{"similarity":0.5}');
      });
    });
    const invalid = Buffer.from([0x7b, 0xff, 0xfe, 0x0a, 0x00, 0x7d]);
    const large = JSON.stringify({ addr1: '路'.repeat(70_000), addr2: '' });
    const lines = [...goodBodies(5), `b64:${invalid.toString('base64')}`, 'b64:', large];
    const sent = [...goodBodies(5).map((line) => Buffer.from(line)), invalid, Buffer.alloc(0), Buffer.from(large)].map((bytes) => bytes.toString('base64'));
    const driven = await drive({ engine, url, lines, stage: countedStageOf(1, 16, { thinkMs: [5, 5] }), firstTicket: 3 }, t);
    assert.ok(driven.rows.length >= 16, String(driven.rows.length));
    assert.deepEqual(driven.rows.map((row) => row.ticket), driven.rows.map((_, i) => i + 3));
    assert.deepEqual(seen.slice(0, 16), Array.from({ length: 16 }, (_, i) => sent[(i + 3) % sent.length]));
  });

  counting('a lot of pairs: every batch once, to the batch endpoint, until the last answer', async (engine, t) => {
    const seen: string[] = [];
    let open = 0;
    let most = 0;
    const { url } = await ownServer(t, (request, response) => {
      most = Math.max(most, ++open);
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        assert.equal(request.url, '/many');
        seen.push(text);
        setTimeout(() => {
          open -= 1;
          response.end(JSON.stringify({ found: (JSON.parse(text) as { pairs: number[] }).pairs.map((pair) => ({ score: pair / 100 })) }));
        }, 10);
      });
    });
    // 98 pairs in batches of four; the last has two.
    const lines = Array.from({ length: 25 }, (_, i) => JSON.stringify({ pairs: Array.from({ length: i === 24 ? 2 : 4 }, (_pair, k) => 4 * i + k) }));
    const batch = { path: '/many', body: '', pair: '', scoresPath: ['found'], scorePath: ['score'] };
    const { result, rows } = await drive({
      engine, url, lines, pairsEach: 4, batch, expectations: expectAnswers(98), golden: new Map([[0, 0], [50, 0.5], [97, 0.97], [51, 0.4]]), stage: offlineStageOf({ pairs: 98, batch: 4, inFlight: 3 }),
    }, t);
    assert.equal(result.status, 'completed', result.why ?? '');
    assert.deepEqual(seen.toSorted(), lines.toSorted());
    assert.deepEqual(rows.map(({ ticket }) => ticket).toSorted((x, y) => x - y), lines.map((_, i) => i));
    assert.ok(most <= 3, String(most));
    assert.deepEqual([result.requests.started, result.requests.completed, result.generator.rows, result.generator.counted], [25, 25, 25, 25]);
    assert.deepEqual([result.pairs?.sent, result.pairs?.answered, result.pairs?.again], [98, 98, 0]);
    assert.deepEqual([result.answers.checked, result.answers.moved, result.errors], [4, 1, {}]);
    assert.ok(result.windowToMs - result.windowFromMs < 20_000, 'not until its time is over');
  });

  counting('who asks, and whom, arrives as the probe sends it', async (engine, t) => {
    let seen: unknown[] = [];
    const { url } = await ownServer(t, (request, response) => {
      seen.push([request.headers.authorization, request.headers.host]);
      request.resume().on('end', () => response.end('{"similarity":0.5}'));
    });
    const known = url.replace('//', '//us%C3%A9r:p%40:w@');
    const own = new URL(url).host;
    const basic = `Basic ${Buffer.from('usér:p@:w').toString('base64')}`;
    for (const [base, headers, expected] of [
      [known, {}, [basic, own]],
      [`${known}/`, { host: 'addresses.test' }, [basic, 'addresses.test']],
      [known, { authorization: 'Bearer x', host: 'addresses.test:81' }, ['Bearer x', 'addresses.test:81']],
      [url, {}, [undefined, own]],
    ] as const) {
      seen = [];
      await testContext().host.http.request(`${base.replace(/\/$/, '')}/similarity`, { method: 'POST', headers, body: '{}' });
      const { result } = await drive({ engine, url: base, headers, stage: countedStageOf(1, 3, { thinkMs: [20, 20] }) }, t);
      assert.deepEqual(result.errors, {});
      assert.ok(seen.length > 3, 'the probe and the load');
      for (const one of seen) assert.deepEqual(one, expected);
    }
  });

  counting('tickets are shared by all users: none twice, none left out', async (engine, t) => {
    const server = await knownServer(t, '--ms', '5');
    const driven = await drive({ engine, url: server.url, stage: stageOf(10, { durationS: 1 }) }, t);
    assertWhole(driven);
    const tickets = driven.rows.map((row) => row.ticket).sort((x, y) => x - y);
    assert.equal(new Set(tickets).size, tickets.length);
    // Users stopped in flight leave gaps among the last tickets only.
    assert.ok(tickets.every((ticket, i) => ticket - i <= 10));
    assert.equal(driven.result.requests.warmup, 0);
  });

  measuring('resets are counted, and latency does not drift', async (engine, t) => {
    const server = await knownServer(t, '--mode', 'resets', '--reset-share', '0.02', '--ms', '20');
    const driven = await drive({ engine, url: server.url, stage: stageOf(10, { warmupS: 0.5, durationS: 4 }) }, t);
    const { result, rows } = driven;
    assertWhole(driven);
    assert.equal(result.status, 'completed');
    const truth = await server.truth();
    assertAllSeen(name, 10, rows.filter((row) => row.fault === 'reset' || row.fault === 'closed').length, truth.filter(([, , status]) => status === 0).length);
    assert.ok((result.errors['reset'] ?? 0) > 5, JSON.stringify(result.errors));
    assert.deepEqual(Object.keys(result.errors).filter((kind) => kind !== 'reset' && kind !== 'closed'), []);
    const [first, last] = [result.timeline.p50Ms[0] ?? NaN, result.timeline.p50Ms[3] ?? NaN];
    // One wrong pairing a reset would add 20 ms each time.
    assert.ok(last < first + 10, `p50 went from ${String(first)} to ${String(last)} ms`);
    assert.ok(Math.abs((result.inFlightMean ?? 0) / 10 - 1) < 0.1, String(result.inFlightMean));
  });

  measuring('a server that closes after each answer costs connections, not requests', async (engine, t) => {
    const server = await knownServer(t, '--ms', '20', '--keep-alive', 'off');
    const driven = await drive({ engine, url: server.url, stage: stageOf(5, { warmupS: 0.5, durationS: 2 }) }, t);
    assertWhole(driven);
    assert.deepEqual(driven.result.errors, {});
    assert.ok(driven.result.requests.completed > 100);
    assert.ok(percentileMs(driven.result.latency, 0.5) < 40, 'no answer is taken for an earlier one');
  });

  measuring('connections that the server closes while users think cost nothing', async (engine, t) => {
    const url = await rawServer(t, (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\n{"similarity":0.5}');
      setTimeout(() => socket.end(), 40);
    });
    const driven = await drive({ engine, url, stage: stageOf(4, { durationS: 2, thinkMs: [150, 200] }) }, t);
    assertWhole(driven);
    assert.deepEqual(driven.result.errors, {});
    assert.ok(driven.result.requests.completed >= 4 * 8, String(driven.result.requests.completed));
  });

  counting('an answer without a length ends with its connection', async (engine, t) => {
    const url = await rawServer(t, (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{"similar');
      setTimeout(() => socket.end('ity":0.5}'), 10);
    });
    const driven = await drive({ engine, url, stage: countedStageOf(3, 30) }, t);
    assertWhole(driven);
    assert.deepEqual(driven.result.errors, {});
    assert.ok(driven.result.requests.completed >= 30);
  });

  counting('what a server says before its answer is not the answer', async (engine, t) => {
    let asked = 0;
    const url = await rawServer(t, (socket) => {
      asked += 1;
      const body = JSON.stringify({ similarity: asked / 200 });
      socket.write('HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n');
      setTimeout(() => socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${String(body.length)}\r\n\r\n${body}`), 10);
    });
    const driven = await drive({ engine, url, lines: goodBodies(200), golden: new Map(Array.from({ length: 200 }, (_, i) => [i, (i + 1) / 200])), stage: countedStageOf(1, 20) }, t);
    assertWhole(driven);
    const { errors, answers, requests } = driven.result;
    assert.deepEqual(errors, {});
    assert.ok(requests.completed >= 20);
    assert.deepEqual([answers.checked, answers.moved], [requests.completed, 0], 'each answer is that of its own request');
    assert.ok(driven.rows.every(({ latencyUs }) => latencyUs > 9_000), 'it ends with the answer');
  });

  counting('an answer without a body is a failure, not an end', async (engine, t) => {
    const url = await rawServer(t, (socket) => socket.write('HTTP/1.1 204 No Content\r\n\r\n'));
    const driven = await drive({ engine, url, stage: countedStageOf(2, 6) }, t);
    assertWhole(driven);
    assert.equal(driven.result.status, 'completed');
    assert.deepEqual(Object.keys(driven.result.errors), ['not-json']);
    assert.deepEqual(Object.keys(driven.result.statuses), ['204']);
  });

  counting('what is not HTTP is a failure, not an end', async (engine, t) => {
    const url = await rawServer(t, (socket) => socket.write('<html>It works!</html>\r\n\r\n'));
    const driven = await drive({ engine, url, stage: countedStageOf(2, 4), timeoutS: 1 }, t);
    assertWhole(driven);
    assert.equal(driven.result.status, 'completed');
    assert.deepEqual(Object.keys(driven.result.errors), ['other']);
  });

  counting('a connection closed without an answer', async (engine, t) => {
    const server = await knownServer(t, '--mode', 'close', '--reset-share', '0.2', '--ms', '5');
    const driven = await drive({ engine, url: server.url, stage: countedStageOf(4, 100) }, t);
    assertWhole(driven);
    assert.deepEqual(Object.keys(driven.result.errors), ['closed']);
    assertAllSeen(name, 4, driven.rows.filter((row) => row.fault === 'closed').length, (await server.truth()).filter(([, , status]) => status === 0).length);
  });

  measuring('time-outs are failures that took as long as they did', async (engine, t) => {
    const server = await knownServer(t, '--mode', 'hang', '--share', '0.05', '--ms', '5');
    const driven = await drive({ engine, url: server.url, stage: stageOf(10, { durationS: 2 }), timeoutS: 0.5 }, t);
    const { requests, errors, failedSumUs } = driven.result;
    assertWhole(driven);
    assert.equal(requests.censored, 0);
    assert.ok(requests.timedOut > 0 && requests.timedOut === requests.failed && errors['timeout'] === requests.timedOut);
    assert.ok((failedSumUs ?? 0) / requests.failed / 1e6 >= 0.49, String(failedSumUs));
    assert.ok(percentileMs(driven.result.latency, 0.99) < 400);
  });

  counting('no answer at all', async (engine, t) => {
    const server = await knownServer(t, '--mode', 'hang');
    const driven = await drive({ engine, url: server.url, stage: countedStageOf(3, 3), timeoutS: 0.4 }, t);
    assertWhole(driven);
    assert.equal(driven.result.status, 'completed');
    assert.equal(driven.result.requests.completed, 0);
    assert.ok(driven.result.requests.timedOut >= 3);
    assert.equal(driven.result.requests.censored, 0);
  });

  measuring('a refused connection is tried again, but not at full speed', async (engine, t) => {
    const server = await knownServer(t);
    await server.kill();
    const driven = await drive({ engine, url: server.url, stage: stageOf(5, { durationS: 2 }) }, t);
    assertWhole(driven);
    assert.deepEqual(Object.keys(driven.result.errors), ['refused']);
    assert.ok(driven.rows.length >= 15 && driven.rows.length < 5 * 14, String(driven.rows.length));
    assert.equal(driven.result.counts.engine, 0);
  });

  counting('answers that are no scores, each by its name', async (engine, t) => {
    for (const [mode, kind] of [['html', 'html'], ['nan', 'not-a-number'], ['bad-json', 'not-json'], ['out-of-range', 'out-of-range'], ['error', 'http-500']] as const) {
      const server = await knownServer(t, '--mode', mode, '--error-share', '1', '--ms', '5');
      const driven = await drive({ engine, url: server.url, stage: countedStageOf(2, 6) }, t);
      assertWhole(driven);
      assert.deepEqual(Object.keys(driven.result.errors), [kind]);
      assert.equal(driven.result.requests.failed, driven.result.requests.started);
      await server.kill();
    }
  });

  counting('bad input that is refused is as expected; flips under load are seen', async (engine, t) => {
    const server = await knownServer(t, '--mode', 'wrong-score', '--ms', '5');
    const lines = [...goodBodies(3), '{"addr1":1}'];
    const expectations = [...goodBodies(3).map(() => ({ class: 'high', expect: 'answer' as const })), { class: 'abnormal', expect: 'reject' as const, kind: 'number-address' }];
    const golden = new Map<number, number>();
    for (const [body, line] of goodBodies(3).entries()) {
      const answer = await fetch(`${server.url}/similarity`, { method: 'POST', body: line });
      golden.set(body, ((await answer.json()) as { similarity: number }).similarity);
    }
    const driven = await drive({ engine, url: server.url, lines, expectations, golden, stage: countedStageOf(8, 400) }, t);
    const { result } = driven;
    assertWhole(driven);
    assert.deepEqual(result.errors, {});
    assert.equal(result.byAbnormalKind['number-address']?.asExpected, result.byAbnormalKind['number-address']?.started);
    assert.equal(result.byClass['abnormal']?.rejected, result.byClass['abnormal']?.completed);
    assert.equal(result.answers.checked, result.byClass['high']?.completed);
    assert.ok(result.answers.flips > 0.9 * result.answers.checked, 'upside down while more than one is in flight');
  });

  counting('headers of the server come through', async (engine, t) => {
    let asked = 0;
    const { url } = await ownServer(t, (request, response) => {
      request.resume().on('end', () => {
        asked += 1;
        response.setHeader('Server-Timing', 'tokenize;dur=1.5, infer;desc="a, b";dur=12');
        response.setHeader('X-Batch-Size', '4');
        response.setHeader('X-Cache', asked % 2 === 0 ? 'hit' : 'miss');
        if (asked % 4 === 0) response.setHeader('X-Degraded', 'true');
        if (asked % 4 === 1) response.setHeader('X-Degraded', 'false');
        setTimeout(() => { response.end('{"similarity":0.5}'); }, 5);
      });
    });
    const { result } = await drive({ engine, url, stage: countedStageOf(2, 20) }, t);
    assert.equal(percentileMs(result.serverTiming['tokenize']!, 0.5), 1.5);
    assert.equal(percentileMs(result.serverTiming['infer']!, 0.5), 12);
    assert.equal(result.batch?.mean, 4);
    assert.ok((result.cache?.hit ?? 0) > 0 && (result.cache?.miss ?? 0) > 0);
    assert.equal((result.cache?.hit ?? 0) + (result.cache?.miss ?? 0), result.requests.completed);
    const share = (result.degraded ?? 0) / result.requests.completed;
    assert.ok(share > 0 && share < 0.5, `one in four is marked so, one says false: ${String(share)}`);
  });

  measuring('a stage by number of requests ends with them', async (engine, t) => {
    const server = await knownServer(t, '--ms', '10');
    const driven = await drive({ engine, url: server.url, stage: stageOf(4, { durationS: 60, minRequests: 200 }) }, t);
    assertWhole(driven);
    const { started } = driven.result.requests;
    assert.ok(started >= 200 && started < 320, String(started));
    assert.ok(driven.result.windowToMs - driven.result.windowFromMs < 30_000);
  });

  counting('an engine that is killed: the stage is marked, what was measured is kept', async (engine, t) => {
    const server = await knownServer(t, '--ms', '20');
    let engineAt = 0;
    const driven = await drive({
      engine, url: server.url, stage: stageOf(5, { durationS: 60 }),
      onSpawn: (pid) => { engineAt = pid; }, onRow: (rows) => { if (rows === 25) process.kill(engineAt, 'SIGKILL'); },
    }, t);
    const { result } = driven;
    assert.equal(result.status, 'engine-failed');
    assert.match(result.why ?? '', /ended early \(SIGKILL\)/);
    assert.ok(result.requests.completed >= 25, String(result.requests.completed));
    assert.equal(result.requests.started, result.requests.completed + result.requests.failed + result.requests.censored);
    assert.ok(result.windowToMs - result.windowFromMs < 30_000, 'the window ends where the engine did');
  });

  counting('an interruption stops the engine at once', async (engine, t) => {
    const server = await knownServer(t, '--ms', '20');
    const stop = new AbortController();
    let pid = 0;
    let abortedMs = 0;
    const { result } = await drive({
      engine, url: server.url, stage: stageOf(5, { durationS: 60 }), signal: stop.signal,
      onSpawn: (spawned) => { pid = spawned; },
      onRow: (rows) => {
        if (rows !== 5) return;
        abortedMs = performance.now();
        stop.abort(new Error('Ctrl-C'));
      },
    }, t);
    // Of the minute that it would have lasted; on a machine without other work it is a few hundred milliseconds.
    assert.ok(performance.now() - abortedMs < 15_000);
    assert.equal(result.status, 'interrupted');
    assert.ok(result.requests.completed >= 5);
    assert.throws(() => process.kill(pid, 0), 'the engine is gone');
  });

  counting('a server that dies mid-stage', async (engine, t) => {
    const server = await knownServer(t, '--ms', '20');
    const gone = new AbortController();
    const driven = await drive({
      engine, url: server.url, stage: stageOf(5, { durationS: 60 }), serverGone: gone.signal,
      onRow: (rows) => { if (rows === 5) void server.kill().then(() => { gone.abort(new Error('the server ended')); }); },
    }, t);
    assert.equal(driven.result.status, 'server-failed');
    assert.ok(driven.result.requests.completed > 0);
    assert.ok(driven.tookMs < 45_000);
    const late = await drive({ engine, url: server.url, stage: stageOf(5, { durationS: 60 }), serverGone: gone.signal }, t);
    assert.deepEqual([late.result.status, late.result.requests.started], ['not-started', 0]);
  });

  measuring('a stalled harness does not stop the load', async (engine, t) => {
    const arrivals: number[] = [];
    const server = await knownServer(t, '--ms', '5');
    let stalled = false;
    const stall = setInterval(() => {
      if (stalled) return;
      stalled = true;
      const until = performance.now() + 1500;
      while (performance.now() < until);
    }, 1500);
    const { result } = await drive({ engine, url: server.url, stage: stageOf(20, { durationS: 3 }) }, t);
    clearInterval(stall);
    for (const [startMs] of await server.truth()) arrivals.push(startMs);
    assert.equal(result.status, 'completed');
    arrivals.sort((x, y) => x - y);
    const widest = arrivals.reduce((gap, ms, i) => Math.max(gap, i === 0 ? 0 : ms - (arrivals[i - 1] ?? ms)), 0);
    assert.ok(widest < 1000, `no request for ${String(widest)} ms`);
  });

  counting('an engine that cannot read its bodies says so', async (engine, t) => {
    const server = await knownServer(t);
    const file = bodiesFile(['x'], t);
    const result = await engine.drive({
      stage: stageOf(2), target: { url: server.url, request: requestPlan, timeoutS: 1 },
      bodies: { file: `${file}.missing`, count: 1, expectations: [{ class: 'high', expect: 'answer' }] },
      golden: new Map(), tolerance: 0, seed: 1, logFile: '/dev/null', onSpawn: () => undefined, serverGone: new AbortController().signal,
    }, testContext());
    assert.equal(result.status, 'engine-failed');
    assert.match(result.why ?? '', engine.name === 'k6' ? /no such file/ : /\.missing: it is not there/);
    assert.equal(result.requests.started, 0);
    assert.ok(result.generator.messages.length > 0);
  });
}
