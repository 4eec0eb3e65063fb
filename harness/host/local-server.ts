import { createServer } from 'node:http';
import type { LocalAnswer, LocalRequest, LocalServer } from './types.js';

/**
 * A server for this machine alone: it listens on 127.0.0.1, on a port that the system picks, takes GET only, and reads no body.
 * A request whose Host is not ours is refused before anybody sees it: a page elsewhere may have given its own name our address.
 */
export function serveLocally(answer: (request: LocalRequest) => LocalAnswer): Promise<LocalServer> {
  return new Promise((resolve, reject) => {
    let port = 0;
    const server = createServer({ maxHeaderSize: 8_192, requestTimeout: 5_000, headersTimeout: 5_000 }, (request, response) => {
      const ours = [`127.0.0.1:${String(port)}`, `localhost:${String(port)}`].includes(request.headers.host ?? '');
      const { status, headers, body } = request.method !== 'GET' ? refusal(405) : ours ? answer({ path: request.url ?? '/' }) : refusal(403);
      response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
      response.end(body);
      request.resume();
    });
    server.maxConnections = 32;
    server.keepAliveTimeout = 5_000;
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      port = address !== null && typeof address === 'object' ? address.port : 0;
      server.off('error', reject);
      resolve({
        port,
        close: () => new Promise((done) => {
          server.close(() => { done(); });
          server.closeAllConnections();
        }),
      });
    });
  });
}

function refusal(status: number): LocalAnswer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: '' };
}
