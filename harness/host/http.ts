import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { createServer } from 'node:net';
import { serveLocally } from './local-server.js';
import type { Http, HttpAnswer } from './types.js';

const defaultTimeoutMs = 30_000;

/** HTTP/1.1 on kept-alive connections, and free ports. */
export function createHttp(): Http {
  const plain = new HttpAgent({ keepAlive: true });
  // Certificates are not checked, as the engines do not: a server with one of its own making must not fail at the probe.
  const secure = new HttpsAgent({ keepAlive: true, rejectUnauthorized: false });
  return {
    request: (url, options = {}) => new Promise<HttpAnswer>((resolve, reject) => {
      const target = new URL(url);
      const startedMs = performance.now();
      const body = options.body;
      const open = target.protocol === 'https:' ? httpsRequest : httpRequest;
      const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
      const request = open(target, {
        method: options.method ?? 'GET',
        agent: target.protocol === 'https:' ? secure : plain,
        headers: { ...options.headers, ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }) },
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', fail);
        response.on('end', () => {
          clearTimeout(timer);
          const headers: Record<string, string> = {};
          for (const [name, value] of Object.entries(response.headers)) headers[name] = Array.isArray(value) ? value.join(', ') : (value ?? '');
          resolve({ status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks).toString('utf8'), latencyMs: performance.now() - startedMs });
        });
      });
      const fail = (error: Error): void => {
        clearTimeout(timer);
        reject(error);
      };
      const timer = setTimeout(() => {
        // Where not even a connection came about, nobody has to be there who could answer.
        const connected = request.socket?.connecting === false;
        request.destroy(Object.assign(new Error(`no ${connected ? 'answer' : 'connection'} within ${String(timeoutMs)} ms`), { code: connected ? 'TIMEOUT' : 'ETIMEDOUT' }));
      }, timeoutMs);
      request.on('error', fail);
      request.end(body);
    }),
    serveLocally,
    freePort: () => new Promise<number>((resolve, reject) => {
      const server = createServer();
      server.once('error', reject);
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        server.close(() => {
          if (address !== null && typeof address === 'object') resolve(address.port);
          else reject(new Error('no port'));
        });
      });
    }),
  };
}
