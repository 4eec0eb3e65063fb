/** Headers of answers, and what of a client's own is repeated in them. */
import type { Bench } from '../bench.js';
import { checksOf, fail, pass, type Finding } from '../check.js';

const missing = (header: string): Finding => fail('header-missing', { header });

async function answerHeaders({ ask, sound }: Bench, more: readonly (readonly [string, string])[] = []): Promise<Readonly<Record<string, string>>> {
  const message = sound();
  return (await ask({ ...message, headers: [...message.headers, ...more] })).answer?.headers ?? {};
}

/** `tokenize;dur=0.1, queue;dur=3.2, infer;dur=8`. */
const timing = (header: string, phase: string): boolean => new RegExp(`(?:^|,)\\s*${phase}\\s*;[^,]*\\bdur=\\d`).test(header);

export const headerChecks = checksOf('headers', [
  ['request-id', 'must', async (bench) => ((await answerHeaders(bench))['x-request-id'] === undefined ? missing('X-Request-Id') : pass()), 'api'],
  ['request-id-kept', 'must', async (bench) => {
    const id = 'conformance-7.a:b_c';
    const said = (await answerHeaders(bench, [['x-request-id', id]]))['x-request-id'];
    return said === undefined ? missing('X-Request-Id') : said === id ? pass() : fail('id-not-kept');
  }, 'api'],
  ['request-id-sane', 'must', async (bench) => {
    const id = `<script>${'x'.repeat(2_000)}`;
    const said = (await answerHeaders(bench, [['x-request-id', id]]))['x-request-id'] ?? '';
    return said.includes('<') || said.length > 256 ? fail('id-unchecked') : pass();
  }, 'api'],
  ['request-id-on-errors', 'should', async ({ ask, get }) => ((await ask(get('/no-such-path'))).answer?.headers['x-request-id'] === undefined ? missing('X-Request-Id') : pass()), 'api'],
  ['server-timing', 'must', async (bench) => {
    const said = (await answerHeaders(bench))['server-timing'];
    if (said === undefined) return missing('Server-Timing');
    const lacking = ['tokenize', 'queue', 'infer'].filter((phase) => !timing(said, phase));
    return lacking.length === 0 ? pass() : fail('fields-missing', { fields: lacking.join(', ') });
  }, 'api'],
  ['batch-size', 'must', async (bench) => {
    const said = (await answerHeaders(bench))['x-batch-size'];
    return said === undefined ? missing('X-Batch-Size') : /^\d+$/.test(said) ? pass() : fail('header-wrong', { header: 'X-Batch-Size', got: said.slice(0, 60) });
  }, 'api'],
  ['cache', 'should', async (bench) => {
    const said = (await answerHeaders(bench))['x-cache'];
    return said === undefined ? missing('X-Cache') : /^(hit|partial|miss|off)$/.test(said) ? pass() : fail('header-wrong', { header: 'X-Cache', got: said.slice(0, 60) });
  }, 'api'],
]);
