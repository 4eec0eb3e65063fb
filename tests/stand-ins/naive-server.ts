/**
 * The service people start with, to compare against: plain node:http, two single-text inferences a request, one after
 * the other, one inference process, no cache, no batching. Flags: --port (0 = any free one), --model mini|base, --cache-dir.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createInference } from '../../servers/reference/inference/index.js';
import { ensureModel } from '../../servers/reference/model/ensure-model.js';
import { cosine } from '../../servers/reference/similarity.js';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    model: { type: 'string', default: 'mini' },
    'cache-dir': { type: 'string', default: join(homedir(), '.cache', 'mgeo-bench') },
  },
});
const size = values.model === 'base' ? 'base' : 'mini';
const model = await ensureModel({ name: 'mgeo-shape', size }, values['cache-dir']);
const inference = await createInference({ model, workers: 1, intraThreads: 1 });

const embed = async (text: string): Promise<Float32Array> => {
  const { vectors } = await inference.run([{ ids: model.tokenizer.encode(text, model.info.maxTokens) }]);
  const [vector] = vectors;
  if (vector === undefined) throw new Error('no vector');
  return vector;
};

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

const answer = async (request: IncomingMessage): Promise<[status: number, body: unknown]> => {
  if (request.method === 'GET' && (request.url === '/health' || request.url === '/ready')) return [200, { status: 'ok' }];
  if (request.method !== 'POST' || request.url !== '/similarity') return [404, { detail: 'not found' }];
  let body: { addr1?: unknown; addr2?: unknown };
  try {
    body = JSON.parse(await readBody(request)) as typeof body;
  } catch {
    return [400, { detail: 'invalid JSON' }];
  }
  if (typeof body.addr1 !== 'string' || typeof body.addr2 !== 'string') return [400, { detail: 'addr1 and addr2 must be strings' }];
  const left = await embed(body.addr1);
  const right = await embed(body.addr2);
  const similarity = cosine(left, right);
  return [200, { similarity, label: similarity >= 0.9 ? 'match' : 'no_match' }];
};

const server = createServer((request, response) => {
  void answer(request)
    .catch((error: unknown): [number, unknown] => [500, { detail: String(error) }])
    .then(([status, body]) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
});
server.keepAliveTimeout = 75_000;
server.listen(Number(values.port), '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ event: 'listening', url: `http://127.0.0.1:${port}`, pid: process.pid })}\n`);
});
for (const signal of ['SIGTERM', 'SIGINT']) {
  // The inference process ends when its channel closes.
  process.on(signal, () => process.exit(0));
}
