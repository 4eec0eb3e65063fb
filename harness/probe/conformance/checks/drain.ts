/** SIGTERM: what was under way is answered, what is new is refused, and the end is exit code 0. These checks end the server. */
import type { Connection } from '../../../host/index.js';
import type { Bench, Reply } from '../bench.js';
import { checksOf, fail, notApplicable, pass, type Finding } from '../check.js';
import { isAllowed, wrongStatus } from '../judge.js';
import { bytesOf } from '../message.js';

/** From the signal until it is looked at what the server does. */
const settleMs = 300;

interface Drain {
  /** Half of it was sent before the signal, the rest after. */
  underWay: Reply;
  fresh: Reply;
  ready: Reply | null;
  idleClosed: boolean;
  exit: { code: number | null; signal: string | null } | null;
}

const drains = new WeakMap<Bench, Promise<Drain>>();

function drainOf(bench: Bench): Promise<Drain> {
  const known = drains.get(bench);
  if (known !== undefined) return known;
  const made = drain(bench);
  drains.set(bench, made);
  return made;
}

async function drain(bench: Bench): Promise<Drain> {
  const { ctx: { host: { clock }, signal }, options: { terminate, readyPath } } = bench;
  const idle = await bench.open();
  await idle.write(bytesOf(bench.sound(1), bench.host));
  await bench.answers(idle, 1);
  const busy = await bench.open();
  const bytes = bytesOf(bench.sound(2), bench.host);
  await busy.write(bytes.subarray(0, bytes.length - 10));
  // Long enough for the head to have been read: from then on the request is under way.
  await clock.sleep(settleMs, signal);

  const exited = terminate?.() ?? Promise.resolve(null);
  await clock.sleep(settleMs, signal);
  const fresh = await bench.ask(bench.sound(3));
  const ready = readyPath === null ? null : await bench.ask(bench.get(readyPath));
  await busy.write(bytes.subarray(bytes.length - 10));
  const underWay = await replyOn(busy, bench);
  const exit = await Promise.race([exited, clock.sleep(bench.answerMs, signal).then(() => null)]);
  const idleClosed = idle.ending() !== null;
  idle.close();
  busy.close();
  return { underWay, fresh, ready, idleClosed, exit };
}

async function replyOn(connection: Connection, bench: Bench): Promise<Reply> {
  const { answers: [answer = null], ended, interim } = await bench.answers(connection, 1);
  return { answer, ended, interim };
}

/** Not there any more, or 503. */
function isRefused({ answer, ended }: Reply): Finding {
  if (answer === null) return ended === 'timeout' ? fail('no-answer', { ended, expected: '503' }) : pass(ended === 'refused' ? 'refused-connection' : ended);
  return isAllowed(answer.status, [503]) ? pass('status-seen', { got: answer.status }) : fail('status', { got: answer.status, expected: '503' });
}

export const drainChecks = checksOf('drain', [
  ['drain-under-way', 'must', async (bench) => wrongStatus((await drainOf(bench)).underWay, [200]) ?? pass(), 'own'],
  ['drain-new', 'must', async (bench) => isRefused((await drainOf(bench)).fresh), 'own'],
  ['drain-ready', 'must', async (bench) => {
    const { ready } = await drainOf(bench);
    return ready === null ? notApplicable('no-ready-path') : isRefused(ready);
  }, 'own'],
  ['drain-idle', 'should', async (bench) => ((await drainOf(bench)).idleClosed ? pass() : fail('idle-open')), 'own'],
  // From the answer of the last request on it has as long as an answer may take.
  ['drain-exit', 'must', async (bench) => {
    const { exit } = await drainOf(bench);
    if (exit === null) return fail('no-exit', { afterS: bench.answerMs / 1000 });
    return exit.code === 0 ? pass() : fail('exit', { how: exit.signal ?? String(exit.code) });
  }, 'own'],
]);
