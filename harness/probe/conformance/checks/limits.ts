/** Bodies, batches and heads that are too large: refused early, and never with a server error. */
import type { Bench } from '../bench.js';
import { checksOf, fail, pass, type Finding } from '../check.js';
import { isAllowed, refusedOrClosed, statusText, wrongStatus } from '../judge.js';
import { headOf } from '../message.js';

const mebibyte = 2 ** 20;
/** More than any server of address pairs takes. */
const hugeBytes = 64 * mebibyte;

/** Claims a huge body and sends a little of it: the refusal must not wait for the rest. */
async function claimedBody(bench: Bench): Promise<Finding> {
  const connection = await bench.open();
  await connection.write(headOf({ ...bench.sound(), body: '', claimedLength: hugeBytes }, bench.host) + ' '.repeat(1_000));
  const read = await bench.answers(connection, 1);
  connection.close();
  return wrongStatus({ answer: read.answers[0] ?? null, ended: read.ended, interim: [] }, [413]) ?? pass();
}

/** Chunks without end: the server has to count itself. */
async function endlessBody(bench: Bench): Promise<Finding> {
  const connection = await bench.open();
  await connection.write(headOf({ ...bench.sound(), body: '', chunkBytes: 1 }, bench.host));
  const chunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(65_536, 0x20), Buffer.from('\r\n')]);
  for (let sent = 0; sent < hugeBytes && connection.ending() === null && connection.received().length === 0; sent += 65_536) if (!(await connection.write(chunk))) break;
  const { answers: [answer], ended } = await bench.answers(connection, 1);
  connection.close();
  if (answer === undefined) return ended === 'timeout' ? fail('no-answer', { ended, expected: '413' }) : pass(ended);
  return isAllowed(answer.status, [413]) ? pass() : fail('status', { got: answer.status, expected: statusText([413]) });
}

/** 5,000 pairs of two letters: few bytes, many pairs. */
const manyPairs = (): string => JSON.stringify({ pairs: Array.from({ length: 5_000 }, () => ['a', 'b']) });

export const limitChecks = checksOf('limits', [
  ['large-body', 'must', claimedBody, 'api'],
  ['endless-body', 'must', endlessBody],
  ['many-pairs', 'must', async ({ ask, post }) => wrongStatus(await ask(post('/similarity/batch', manyPairs())), [413]) ?? pass(), 'api'],
  ['huge-header', 'must', async (bench) => {
    const message = bench.sound();
    return refusedOrClosed(await bench.ask({ ...message, headers: [...message.headers, ['x-huge', 'x'.repeat(mebibyte)]] }), [4]);
  }],
  ['huge-header-431', 'should', async (bench) => {
    const message = bench.sound();
    return wrongStatus(await bench.ask({ ...message, headers: [...message.headers, ['x-huge', 'x'.repeat(256 * 1024)]] }), [431]) ?? pass();
  }],
  ['many-headers', 'must', async (bench) => {
    const message = bench.sound();
    const many = Array.from({ length: 20_000 }, (_, i) => [`x-${String(i)}`, 'y'] as const);
    return refusedOrClosed(await bench.ask({ ...message, headers: [...message.headers, ...many] }), [4]);
  }],
  ['long-path', 'must', async ({ ask, get }) => refusedOrClosed(await ask(get(`/${'x'.repeat(mebibyte)}`)), [4])],
]);
