/**
 * A server whose latency is known and that needs little CPU, to calibrate load engines with: POST /similarity is answered after
 * `--ms` (10), each time up to `--vary-ms` (1) sooner or later, drawn by `--seed` (1), so that users do not fall into step. How long it really took, from the
 * first bytes read to the answer given to the kernel, is in the answer's own header: `Server-Timing: total;dur=10.43`, ms.
 * That is the truth to compare with: timers of Node keep a nominal time to about a millisecond.
 *
 * Loopback only. `--port` 0 = any free one. First line of stdout: {"event":"listening","url":…,"pid":…}. GET /ready answers 200.
 * It ends on SIGTERM.
 */
import { parseArgs } from 'node:util';
import { listenPlain, type Exchange } from './plain-http.js';

const { values } = parseArgs({
  options: { port: { type: 'string', default: '0' }, ms: { type: 'string', default: '10' }, 'vary-ms': { type: 'string', default: '1' }, seed: { type: 'string', default: '1' } },
});
const numbers = { port: Number(values.port), ms: Number(values.ms), varyMs: Number(values['vary-ms']), seed: Number(values.seed) };
if (Object.values(numbers).some((value) => !(value >= 0)) || numbers.varyMs > numbers.ms) {
  process.stderr.write('--port, --ms, --vary-ms and --seed take numbers of 0 and more; --vary-ms is at most --ms.\n');
  process.exit(2);
}

/** Linear congruential (Numerical Recipes): good enough to keep users apart. */
let state = numbers.seed >>> 0;
const random = (): number => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
};

const score = Buffer.from('{"similarity":0.5,"label":"no_match"}');
const ready = Buffer.from('{"status":"ok"}');
const json = 'application/json';

/** Answers whose time has come, one a turn of the event loop, so that requests which arrive meanwhile are stamped in between. */
const due: Exchange[] = [];
const answerNext = (): void => {
  const exchange = due.shift();
  if (exchange !== undefined && !exchange.gone()) exchange.answer(200, json, score, `server-timing: total;dur=${(performance.now() - exchange.arrivedMs).toFixed(3)}\r\n`);
  if (due.length > 0) setImmediate(answerNext);
};

const port = await listenPlain(numbers.port, true, (exchange) => {
  if (exchange.route === 'GET /ready') exchange.answer(200, json, ready);
  else if (exchange.route !== 'POST /similarity') exchange.answer(404, json, Buffer.from('{}'));
  else {
    const wantedMs = numbers.ms + (2 * random() - 1) * numbers.varyMs;
    setTimeout(() => {
      if (due.push(exchange) === 1) setImmediate(answerNext);
    }, Math.max(0, exchange.arrivedMs + wantedMs - performance.now()));
  }
});
process.once('SIGTERM', () => process.exit(0));
process.stdout.write(`${JSON.stringify({ event: 'listening', url: `http://127.0.0.1:${String(port)}`, pid: process.pid })}\n`);
