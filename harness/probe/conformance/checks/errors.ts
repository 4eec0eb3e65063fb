/** Refusals: the right status, the field that is at fault, and nothing of what was sent. */
import { probeAbnormal } from '../../abnormal.js';
import { addressOf, type Bench } from '../bench.js';
import { checksOf, fail, notApplicable, pass, type Check, type Finding } from '../check.js';
import { allOf, objectIn, wrongStatus } from '../judge.js';

const [a, b] = [addressOf(0), addressOf(1)];
/** A word that no error text may repeat. */
const marked = '北京市海淀区泄露路77号';

/** A refused body: its status, and the field that the refusal names. */
function refuses(path: string, body: string | Uint8Array, field: string | null, status = 400): Check['run'] {
  return async ({ ask, post }) => {
    const reply = await ask(post(path, body));
    const wrong = wrongStatus(reply, [status]);
    if (wrong !== null) return wrong;
    return field === null || (reply.answer?.body ?? '').includes(field) ? pass() : fail('field-not-named', { field });
  };
}

const each = (...checks: readonly Check['run'][]): Check['run'] => async (bench) => {
  const found: Finding[] = [];
  for (const check of checks) found.push(await check(bench));
  return allOf(found);
};

const single = (body: string | Uint8Array, field: string | null): Check['run'] => refuses('/similarity', body, field);
const batch = (pairs: unknown, field: string): Check['run'] => refuses('/similarity/batch', JSON.stringify({ pairs }), field);
const asJson = (addr1: unknown, addr2: unknown): string => JSON.stringify({ addr1, addr2 });

/** RFC 9457. */
async function problemDetails({ ask, post }: Bench): Promise<Finding> {
  const { answer } = await ask(post('/similarity', '{'));
  const type = answer?.headers['content-type'] ?? '';
  if (!/^application\/problem\+json\b/i.test(type)) return fail('header-wrong', { header: 'Content-Type', got: type.slice(0, 60) });
  const said = objectIn(answer) ?? {};
  const missing = ['type', 'title', 'status', 'detail'].filter((name) => said[name] === undefined);
  if (missing.length > 0) return fail('fields-missing', { fields: missing.join(', ') });
  return said['status'] === answer?.status ? pass() : fail('problem-status');
}

/** Addresses are people's: an error text, which ends in logs, holds none. */
async function noEcho({ ask, sound, post }: Bench): Promise<Finding> {
  const broken = [`{"addr1":"${marked}"`, `{"addr1":"${marked}","addr2":5}`, `["${marked}"]`, `"${marked}"`, `{"addr1":"${marked.repeat(40)}","addr2":"x"}`];
  for (const body of broken) {
    const { answer } = await ask(post(sound().path.replace(/^.*(?=\/)/, ''), body, { path: sound().path }));
    if (answer !== null && answer.status >= 400 && answer.body.includes('泄露路')) return fail('echoes');
  }
  return pass();
}

/** Every abnormal kind of the dataset, as the scenario `abnormal` sends them. */
async function abnormalBodies({ options, ctx }: Bench): Promise<Finding> {
  if (options.kinds.length === 0) return notApplicable('no-kinds');
  const probe = await probeAbnormal(options, ctx);
  const answers = probe?.answers ?? [];
  if (probe?.diedAfter) return fail('died', { kind: probe.diedAfter });
  const wrong = answers.filter(({ failure }) => failure !== '').map(({ kind }) => kind);
  return wrong.length === 0 ? pass('kinds', { count: answers.length }) : fail('kinds-wrong', { count: wrong.length, of: answers.length, kinds: `${wrong.slice(0, 5).join(', ')}${wrong.length > 5 ? ', …' : ''}` });
}

export const errorChecks = checksOf('errors', [
  ['broken-json', 'must', each(single('{"addr1":"x"', 'body'), single('not json', 'body')), 'api'],
  ['empty-body', 'must', single('', 'body'), 'api'],
  ['broken-utf8', 'must', single(Buffer.concat([Buffer.from('{"addr1":"'), Buffer.from([0xff, 0xfe]), Buffer.from('","addr2":"x"}')]), 'body'), 'api'],
  ['not-an-object', 'must', each(single('[]', 'body'), single('null', 'body'), single('5', 'body')), 'api'],
  ['missing-field', 'must', each(single(JSON.stringify({ addr1: a }), 'addr2'), single(JSON.stringify({ addr2: b }), 'addr1')), 'api'],
  ['wrong-type', 'must', each(single(asJson(7, b), 'addr1'), single(asJson(a, null), 'addr2'), single(asJson([a], b), 'addr1')), 'api'],
  ['blank', 'must', each(single(asJson('', b), 'addr1'), single(asJson(a, ' \u3000\t'), 'addr2')), 'api'],
  ['too-long', 'must', each(single(asJson('长'.repeat(5_000), b), 'addr1'), single(asJson(a, '长'.repeat(5_000)), 'addr2')), 'api'],
  ['batch-errors', 'must', each(batch(undefined, 'pairs'), batch('x', 'pairs'), batch([], 'pairs'), batch([[a, b], [a]], 'pairs[1]'), batch([[a, b], [a, 5]], 'pairs[1][1]')), 'api'],
  ['problem-details', 'must', problemDetails, 'api'],
  ['no-echo', 'must', noEcho],
  ['not-found', 'must', async ({ ask, get }) => wrongStatus(await ask(get('/no-such-path')), [404]) ?? pass()],
  ['broken-path', 'should', async ({ ask, get }) => wrongStatus(await ask(get('/%zz')), [4]) ?? pass()],
  ['wrong-method', 'must', async ({ ask, sound }) => {
    const reply = await ask({ method: 'DELETE', path: sound().path, headers: [] });
    return wrongStatus(reply, [405]) ?? (/\bPOST\b/.test(reply.answer?.headers['allow'] ?? '') ? pass() : fail('header-missing', { header: 'Allow' }));
  }, 'api'],
  ['media-type', 'should', async ({ ask, sound }) => wrongStatus(await ask(sound(0, { headers: [['content-type', 'text/plain']] })), [415]) ?? pass(), 'api'],
  ['compressed-body', 'should', async ({ ask, sound }) => wrongStatus(await ask(sound(0, { headers: [['content-type', 'application/json'], ['content-encoding', 'gzip']] })), [4]) ?? pass(), 'api'],
  ['deep-json', 'must', async ({ ask, sound }) => wrongStatus(await ask(sound(0, { body: '['.repeat(60_000) })), [4]) ?? pass()],
  ['abnormal-bodies', 'must', abnormalBodies],
]);
