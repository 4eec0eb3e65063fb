/** More than it can do: 429 with Retry-After, nothing lost, and sound again afterwards. */
import { addressOf, type Bench, type Reply } from '../bench.js';
import { checksOf, fail, notApplicable, pass, type Finding } from '../check.js';
import type { Message } from '../message.js';

/** Sizes of burst that are tried, until one is refused. */
const bursts = [64, 256, 1_024];
const pairsARequest = 200;
/** What was let into the queue may take so many times as long as an answer otherwise may. */
const queueFactor = 4;

/** Sizes up to the connections that the scenario allows. */
function sizesUpTo(connections: number): number[] {
  const most = Math.min(connections, ...bursts.slice(-1));
  return [...bursts.filter((size) => size < most), most];
}

function batchOf(bench: Bench, from: number, pairs: number): Message {
  const message = bench.post('/similarity/batch', JSON.stringify({ pairs: Array.from({ length: pairs }, (_, i) => [addressOf(from + i), addressOf(from + i + 1)]) }));
  return { ...message, headers: [...message.headers, ['cache-control', 'no-store']] };
}

/** A batch is more work a request; a server of the same API without that path is asked single questions. */
async function takesBatches(bench: Bench): Promise<boolean> {
  if (bench.options.request.format !== 'similarity') return false;
  const { answer } = await bench.ask(batchOf(bench, 0, 1));
  return answer === null || ![404, 405, 501].includes(answer.status);
}

/** Every request is another question, past every cache. */
function burst(bench: Bench, requests: number, batches: boolean): Promise<Reply[]> {
  const limitMs = queueFactor * bench.answerMs;
  return Promise.all(Array.from({ length: requests }, (_, i) => bench.ask(batches ? batchOf(bench, i * pairsARequest, pairsARequest) : bench.sound(i), limitMs)));
}

interface Overload {
  replies: Reply[];
  refused: Reply[];
}

const found = new WeakMap<Bench, Promise<Overload>>();

/** Made once: three checks look at it. */
function overloadOf(bench: Bench): Promise<Overload> {
  const known = found.get(bench);
  if (known !== undefined) return known;
  const made = (async (): Promise<Overload> => {
    let last: Overload = { replies: [], refused: [] };
    const batches = await takesBatches(bench);
    for (const size of sizesUpTo(bench.options.connections)) {
      const replies = await burst(bench, size, batches);
      last = { replies, refused: replies.filter(({ answer }) => answer?.status === 429) };
      bench.ctx.signal.throwIfAborted();
      if (last.refused.length > 0 || replies.some(({ answer }) => answer === null)) break;
    }
    return last;
  })();
  found.set(bench, made);
  return made;
}

/** Each got 200, 429 or 503, and none hung. */
async function allAnswered(bench: Bench): Promise<Finding> {
  const { replies } = await overloadOf(bench);
  const silent = replies.filter(({ answer }) => answer === null);
  if (silent.length > 0) return fail('unanswered', { count: silent.length, of: replies.length, ended: silent[0]?.ended ?? '' });
  const other = replies.find(({ answer }) => answer !== null && ![200, 429, 503].includes(answer.status));
  return other === undefined ? pass('answered', { count: replies.length }) : fail('status', { got: other.answer?.status ?? 0, expected: '200, 429, 503' });
}

async function retryAfter(bench: Bench): Promise<Finding> {
  const { refused, replies } = await overloadOf(bench);
  if (refused.length === 0) return notApplicable('never-full', { count: replies.length });
  const wrong = refused.find(({ answer }) => !/^[1-9]\d{0,4}$/.test(answer?.headers['retry-after'] ?? ''));
  if (wrong === undefined) return pass('refused', { count: refused.length, of: replies.length });
  const said = wrong.answer?.headers['retry-after'];
  return said === undefined ? fail('header-missing', { header: 'Retry-After' }) : fail('header-wrong', { header: 'Retry-After', got: said.slice(0, 60) });
}

/** Some time after the burst, the next sound question is answered as always. */
async function recovers(bench: Bench): Promise<Finding> {
  await overloadOf(bench);
  return (await bench.lives()) ? pass() : fail('not-answered-after');
}

export const overloadChecks = checksOf('overload', [
  ['overload-answered', 'must', allAnswered],
  ['queue-full', 'should', async (bench) => {
    const { refused, replies } = await overloadOf(bench);
    return refused.length > 0 ? pass('refused', { count: refused.length, of: replies.length }) : fail('never-full', { count: replies.length });
  }, 'api'],
  ['retry-after', 'must', retryAfter],
  ['overload-recovers', 'must', recovers],
]);
