/** Clients that take their time: others are served meanwhile, and nobody may hold a connection for ever. */
import type { Connection } from '../../../host/index.js';
import type { Bench } from '../bench.js';
import { checksOf, fail, notApplicable, pass, type Finding } from '../check.js';
import { bytesOf, headOf } from '../message.js';

/** Slow clients at once. */
const crowd = 100;

/** Opens a crowd that sends `start` and no more, and asks a sound question beside it. */
async function besides(bench: Bench, start: string | Uint8Array, then: (connection: Connection) => void = () => undefined): Promise<Finding> {
  const connections = await Promise.all(Array.from({ length: crowd }, () => bench.open()));
  try {
    for (const connection of connections) {
      await connection.write(start);
      then(connection);
    }
    return (await bench.lives()) ? pass('answered-besides', { count: crowd }) : fail('not-answered-besides', { count: crowd });
  } finally {
    for (const connection of connections) connection.close();
  }
}

const halfHead = (bench: Bench): string => headOf(bench.sound(), bench.host).slice(0, 40);
const halfBody = (bench: Bench): Uint8Array => {
  const bytes = bytesOf(bench.sound(), bench.host);
  return bytes.subarray(0, bytes.length - 10);
};

/** A byte every half second: a limit on silence alone never sees it. */
const trickleMs = 500;

/** How long a client that trickles can hold a connection: until an answer or an end comes. */
async function cutOff(bench: Bench, start: string | Uint8Array, more: string): Promise<Finding> {
  const { patienceS } = bench.options;
  if (patienceS === 0) return notApplicable('not-waited-for');
  const { clock } = bench.ctx.host;
  const connection = await bench.open();
  const fromMs = clock.nowMs();
  await connection.write(start);
  while (connection.ending() === null && connection.received().length === 0 && clock.nowMs() - fromMs < patienceS * 1000) {
    await connection.changed(trickleMs);
    bench.ctx.signal.throwIfAborted();
    await connection.write(more);
  }
  const { answers: [answer] } = await bench.answers(connection, 1, 0);
  const cut = connection.ending() !== null || answer !== undefined;
  connection.close();
  if (!cut) return fail('never-cut-off', { afterS: patienceS });
  if (answer !== undefined && (answer.status < 400 || answer.status >= 500)) return fail('status', { got: answer.status, expected: '408' });
  return pass('cut-off', { afterS: Math.round((clock.nowMs() - fromMs) / 100) / 10 });
}

/** Asks again and again and never reads: the answers fill the pipe, and must not fill the server. */
async function neverReads(bench: Bench): Promise<Finding> {
  // Answers that cost no inference: what others wait for is the pipe, not the model.
  const bytes = Buffer.concat(Array.from({ length: 1_000 }, () => bytesOf(bench.get('/health'), bench.host)));
  const connections = await Promise.all(Array.from({ length: 4 }, () => bench.open()));
  try {
    for (const connection of connections) connection.pause();
    for (const connection of connections) await connection.write(bytes);
    return (await bench.lives()) ? pass() : fail('not-answered-besides', { count: connections.length });
  } finally {
    for (const connection of connections) connection.reset();
  }
}

export const slowChecks = checksOf('slow', [
  ['slow-headers', 'must', (bench) => besides(bench, halfHead(bench))],
  ['slow-bodies', 'must', (bench) => besides(bench, halfBody(bench))],
  ['never-reads', 'must', neverReads],
  ['slow-headers-cut', 'must', (bench) => cutOff(bench, headOf(bench.sound(), bench.host).slice(0, -2), 'x')],
  ['slow-bodies-cut', 'must', (bench) => cutOff(bench, headOf({ ...bench.sound(), claimedLength: 100_000 }, bench.host) + '{', ' ')],
]);
