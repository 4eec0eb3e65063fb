/** What a sound request brings. */
import { addressOf, type Bench } from '../bench.js';
import { checksOf, fail, pass, type Finding } from '../check.js';
import { objectIn, wrongStatus } from '../judge.js';

/** How far the batch endpoint may be from the single one: int8 and other orders of summing included. */
const tolerance = 1e-3;

const pairs = [0, 1, 2, 3].map((index): [string, string] => [addressOf(index), addressOf(index * 7 + 1)]);

/** Singles and the batch say the same, in the same order. */
async function batchAgrees(bench: Bench): Promise<Finding> {
  const singles: number[] = [];
  for (const [a, b] of pairs) {
    const { answer } = await bench.ask(bench.sound(0, { body: bench.options.encode(a, b) }));
    const read = answer === null ? { wrong: 'none' } : bench.options.read(answer.status, answer.body);
    if (!('score' in read)) return fail('no-score');
    singles.push(read.score);
  }
  const reply = await bench.ask(bench.post('/similarity/batch', JSON.stringify({ pairs })));
  const wrong = wrongStatus(reply, [200]);
  if (wrong !== null) return wrong;
  const said = objectIn(reply.answer)?.['similarities'];
  if (!Array.isArray(said) || said.length !== pairs.length || said.some((value) => typeof value !== 'number')) return fail('fields-missing', { fields: 'similarities' });
  const most = Math.max(...singles.map((score, i) => Math.abs(score - (said[i] as number))));
  return most <= tolerance ? pass() : fail('batch-differs', { delta: Number(most.toPrecision(3)) });
}

export const apiChecks = checksOf('api', [
  ['answer', 'must', async ({ ask, sound, isScored }) => {
    const reply = await ask(sound());
    return wrongStatus(reply, [200]) ?? (isScored(reply.answer) ? pass() : fail('no-score'));
  }],
  ['answer-label', 'must', async ({ ask, sound }) => {
    const { answer } = await ask(sound());
    return typeof objectIn(answer)?.['label'] === 'string' ? pass() : fail('fields-missing', { fields: 'label' });
  }, 'api'],
  ['answer-json', 'must', async ({ ask, sound }) => {
    const { answer } = await ask(sound());
    const type = answer?.headers['content-type'] ?? '';
    return /^application\/json\b/i.test(type) ? pass() : type === '' ? fail('header-missing', { header: 'Content-Type' }) : fail('header-wrong', { header: 'Content-Type', got: type.slice(0, 60) });
  }],
  ['unknown-keys', 'should', async ({ ask, sound }) => wrongStatus(await ask(sound(0, { body: JSON.stringify({ addr1: addressOf(0), addr2: addressOf(1), trace: 'x' }) })), [200]) ?? pass(), 'api'],
  ['escaped-text', 'must', async ({ ask, sound, options, isScored }) => {
    const escaped = options.encode(addressOf(0), addressOf(1)).replace(/[^\0-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
    const [plain, other] = [await ask(sound()), await ask(sound(0, { body: escaped }))];
    if (!isScored(other.answer)) return wrongStatus(other, [200]) ?? fail('no-score');
    const [x, y] = [plain, other].map(({ answer }) => options.read(answer?.status ?? 0, answer?.body ?? ''));
    return x !== undefined && y !== undefined && 'score' in x && 'score' in y && Math.abs(x.score - y.score) <= tolerance ? pass() : fail('escaped-differs');
  }],
  ['batch', 'must', batchAgrees, 'api'],
  ['head', 'should', async ({ ask, get }) => {
    const reply = await ask(get('/health', { method: 'HEAD' }));
    return wrongStatus(reply, [200]) ?? pass();
  }, 'api'],
]);
