/** HTTP/1.1 on the wire: keep-alive, pipelining, pieces, half-closed and abandoned connections. */
import type { Connection } from '../../../host/index.js';
import type { Bench } from '../bench.js';
import { checksOf, fail, notApplicable, pass, type Finding } from '../check.js';
import { refusedOrClosed, wrongStatus } from '../judge.js';
import { bytesOf, headOf } from '../message.js';

/** Waits until the other side ends; whether it did. */
async function isClosed(connection: Connection, limitMs: number, bench: Bench): Promise<boolean> {
  const until = bench.ctx.host.clock.nowMs() + limitMs;
  while (connection.ending() === null && bench.ctx.host.clock.nowMs() < until) {
    await connection.changed(until - bench.ctx.host.clock.nowMs());
    bench.ctx.signal.throwIfAborted();
  }
  return connection.ending() !== null;
}

async function keepAlive(bench: Bench): Promise<Finding> {
  const connection = await bench.open();
  for (let turn = 1; turn <= 5; turn += 1) {
    await connection.write(bytesOf(bench.sound(turn), bench.host));
    const { answers, ended } = await bench.answers(connection, turn);
    if (answers.length < turn) {
      connection.close();
      return turn > 1 && ended !== 'timeout' ? fail('closed-between') : fail('no-answer', { ended, expected: '200' });
    }
  }
  connection.close();
  return pass();
}

/** Sound questions and unknown paths in turn, in one piece: as many answers, in this order. */
async function pipelining(bench: Bench): Promise<Finding> {
  const nowhere = (await bench.ask(bench.get('/no-such-path'))).answer?.status ?? 0;
  const pattern = Array.from({ length: 16 }, (_, i) => i % 3 === 1);
  const connection = await bench.open();
  await connection.write(Buffer.concat(pattern.map((unknown, i) => bytesOf(unknown ? bench.get('/no-such-path') : bench.sound(i), bench.host))));
  const { answers } = await bench.answers(connection, pattern.length);
  connection.close();
  if (answers.length < pattern.length) return fail('pipeline-lost', { got: answers.length, of: pattern.length });
  return answers.every(({ status }, i) => status === (pattern[i] === true ? nowhere : 200)) ? pass('answered', { count: answers.length }) : fail('pipeline-order');
}

/** The same bytes in pieces: cut in the middle of names, lines and characters. */
async function inPieces(bench: Bench): Promise<Finding> {
  const bytes = bytesOf(bench.sound(), bench.host);
  const connection = await bench.open();
  for (let at = 0; at < bytes.length; at += 7) {
    await connection.write(bytes.subarray(at, at + 7));
    await bench.ctx.host.clock.sleep(1, bench.ctx.signal);
  }
  const { answers: [answer = null], ended } = await bench.answers(connection, 1);
  connection.close();
  return wrongStatus({ answer, ended, interim: [] }, [200]) ?? pass();
}

/** The whole request, then FIN. So does a client look that has gone away, and whose question nobody needs to compute: an end without an answer will do, a hanging connection will not. */
async function halfClosed(bench: Bench): Promise<Finding> {
  const connection = await bench.open();
  await connection.write(bytesOf(bench.sound(), bench.host));
  connection.finish();
  const { answers: [answer = null], ended } = await bench.answers(connection, 1);
  connection.close();
  if (answer !== null) return wrongStatus({ answer, ended, interim: [] }, [200]) ?? pass('answered', { count: 1 });
  return ended === 'timeout' ? fail('no-answer', { ended, expected: '200' }) : pass(ended);
}

/** Half a body, then FIN: nothing can come of it. */
async function halfRequest(bench: Bench): Promise<Finding> {
  const connection = await bench.open();
  const bytes = bytesOf(bench.sound(), bench.host);
  await connection.write(bytes.subarray(0, bytes.length - 5));
  connection.finish();
  const closed = await isClosed(connection, bench.answerMs, bench);
  const { answers: [answer] } = await bench.answers(connection, 1, 0);
  connection.close();
  if (answer !== undefined && answer.status >= 500) return fail('status', { got: answer.status, expected: '4xx' });
  return closed ? pass('closed') : fail('not-closed', { afterS: bench.answerMs / 1000 });
}

async function closeAsked(bench: Bench): Promise<Finding> {
  const message = bench.sound();
  const connection = await bench.open();
  await connection.write(bytesOf({ ...message, headers: [...message.headers, ['connection', 'close']] }, bench.host));
  const { answers: [answer = null], ended } = await bench.answers(connection, 1);
  const wrong = wrongStatus({ answer, ended, interim: [] }, [200]);
  const closed = wrong === null && (await isClosed(connection, bench.answerMs, bench));
  connection.close();
  return wrong ?? (closed ? pass() : fail('not-closed', { afterS: bench.answerMs / 1000 }));
}

/** Requests whose client resets the connection at once; afterwards nothing of them is under way any more. */
async function abandoned(bench: Bench): Promise<Finding> {
  const count = 200;
  for (let i = 0; i < count; i += 1) {
    const connection = await bench.open();
    await connection.write(bytesOf(bench.sound(i), bench.host));
    // Reset at once it would never have been seen: every second one is, the others are read first.
    if (i % 2 === 0) await bench.ctx.host.clock.sleep(2, bench.ctx.signal);
    connection.reset();
  }
  return (await bench.lives()) ? pass('answered', { count }) : fail('not-answered-after');
}

/** What this machine has no more of, by the system's word for it: that is not the server's fault. */
const ownLimits: Readonly<Record<string, 'files' | 'ports' | 'memory'>> = { EMFILE: 'files', ENFILE: 'files', EADDRNOTAVAIL: 'ports', ENOBUFS: 'memory', ENOMEM: 'memory' };

/** The loopback has many addresses, and each has ports of its own: to a server there, the next one goes on where the ports of one are used up. */
const sourcesTo = (url: string): (string | undefined)[] => (new URL(url).hostname.startsWith('127.') ? [undefined, '127.0.0.2', '127.0.0.3'] : [undefined]);

/** Opens up to `asked` connections, some at a time; why there are no more, where there are fewer. */
async function openMany(bench: Bench, asked: number, open: Connection[]): Promise<string> {
  const sources = sourcesTo(bench.options.url);
  for (;;) {
    const outcomes = await Promise.allSettled(Array.from({ length: Math.min(250, asked - open.length) }, () => bench.open(sources[0])));
    for (const outcome of outcomes) if (outcome.status === 'fulfilled') open.push(outcome.value);
    bench.ctx.signal.throwIfAborted();
    if (open.length === asked) return '';
    const refused = outcomes.find((outcome) => outcome.status === 'rejected');
    if (refused === undefined) continue;
    const why = (refused.reason as { code?: string }).code ?? 'refused';
    // Something of our own is needed to ask with; reset, a port is free at once.
    if (why in ownLimits) for (const connection of open.splice(-8)) connection.reset();
    if (why !== 'EADDRNOTAVAIL' || sources.length === 1) return why;
    sources.shift();
  }
}

/** Many connections at once: a sound question is answered while they are open, and after they were left. */
async function manyConnections(bench: Bench): Promise<Finding> {
  const asked = bench.options.connections;
  const open: Connection[] = [];
  try {
    const why = await openMany(bench, asked, open);
    const own = ownLimits[why];
    const during = await bench.lives();
    const kept = open.filter((connection) => connection.ending() === null).length;
    const opened = open.length;
    if (!during) return fail('not-answered-during', { opened, asked });
    open.forEach((connection, i) => { if (i % 2 === 0) connection.reset(); else connection.close(); });
    open.length = 0;
    if (!(await bench.lives())) return fail('not-answered-after');
    if (own !== undefined) return opened > 0 ? pass('connections-limited', { opened, kept, asked, of: own }) : notApplicable('no-descriptors', { of: own });
    return why === '' ? pass('connections', { opened, kept, asked }) : fail('connections-refused', { opened, asked, why });
  } finally {
    for (const connection of open) connection.close();
  }
}

const length = (bench: Bench): number => Buffer.byteLength(bench.sound().body ?? '');
const raw = async (bench: Bench, bytes: string | Uint8Array): Promise<{ reply: Parameters<typeof wrongStatus>[0]; closed: boolean }> => {
  const connection = await bench.open();
  await connection.write(bytes);
  const { answers: [answer = null], ended, interim } = await bench.answers(connection, 1);
  const closed = answer !== null && answer.status < 400 ? await isClosed(connection, Math.min(1_000, bench.answerMs), bench) : true;
  connection.close();
  return { reply: { answer, ended, interim }, closed };
};

/** A head with two lengths, or a length and chunks, is how requests are smuggled past a proxy (RFC 9112 §6.3). */
async function smuggled(bench: Bench, more: (bytes: number) => readonly (readonly [string, string])[]): Promise<Finding> {
  const message = bench.sound();
  const head = headOf({ ...message, body: '', headers: [...message.headers, ...more(length(bench))], claimedLength: length(bench) }, bench.host);
  const { reply, closed } = await raw(bench, head + String(message.body ?? ''));
  return reply.answer !== null && reply.answer.status < 400 && !closed ? fail('smuggled', { got: reply.answer.status }) : reply.answer !== null && reply.answer.status >= 500 ? fail('status', { got: reply.answer.status, expected: '4xx' }) : reply.ended === 'timeout' ? fail('no-answer', { ended: 'timeout', expected: '4xx' }) : pass();
}

export const socketChecks = checksOf('sockets', [
  ['keep-alive', 'must', keepAlive],
  ['connection-close', 'must', closeAsked],
  ['pipelining', 'must', pipelining],
  ['in-pieces', 'must', inPieces],
  ['chunked', 'must', async ({ ask, sound }) => wrongStatus(await ask(sound(0, { chunkBytes: 2 })), [200]) ?? pass()],
  ['expect-continue', 'should', async (bench) => {
    const message = bench.sound();
    const reply = await bench.ask({ ...message, headers: [...message.headers, ['expect', '100-continue']] });
    return wrongStatus(reply, [200, 417]) ?? pass();
  }],
  ['http-1.0', 'should', async ({ ask, sound }) => wrongStatus(await ask(sound(0, { version: '1.0' })), [200]) ?? pass()],
  ['no-host', 'should', async ({ ask, sound }) => wrongStatus(await ask(sound(0, { hostless: true })), [400]) ?? pass()],
  ['two-lengths', 'must', (bench) => smuggled(bench, (bytes) => [['content-length', String(bytes - 1)]])],
  ['length-and-chunks', 'must', (bench) => smuggled(bench, () => [['transfer-encoding', 'chunked']])],
  ['not-http', 'must', async (bench) => {
    const { reply } = await raw(bench, Buffer.from([0x16, 3, 1, 0, 0xa5, 1, 0, 0, 0xa1, 3, 3, 0x0d, 0x0a, 0x0d, 0x0a]));
    return refusedOrClosed(reply, [4]);
  }],
  ['half-closed', 'must', halfClosed],
  ['half-a-request', 'must', halfRequest],
  ['abandoned', 'must', abandoned],
  ['many-connections', 'must', manyConnections],
]);
