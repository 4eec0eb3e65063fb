import { createServer, type RequestListener, type Server } from 'node:http';
import { refuseConnection } from './refusal.js';

/** How long a client may take, in ms. Idle connections are kept long enough for people who think between requests. */
export interface Patience {
  headersMs: number;
  requestMs: number;
  keepAliveMs: number;
}

export const patience: Patience = { headersMs: 15_000, requestMs: 30_000, keepAliveMs: 75_000 };

/** The listening side. */
export interface HttpServer {
  readonly server: Server;
  /** Rejects with the error of the system where it cannot listen. */
  listen(at: { host: string; port: number }): Promise<void>;
  /** Takes no more connections and closes the idle ones; resolves when the last has ended, also where it never listened. */
  close(): Promise<void>;
}

/** `onRefused` hears the status of what could not even be read as a request. */
export const createHttpServer = (limits: Patience, onRequest: RequestListener, onRefused: (status: number) => void): HttpServer => {
  const server = createServer(
    {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.keepAliveMs,
      connectionsCheckingInterval: Math.min(1000, limits.headersMs),
    },
    onRequest,
  );
  server.on('clientError', (error, socket) => {
    const problem = refuseConnection(error, socket);
    if (problem !== null) onRefused(problem.status);
  });
  return {
    server,
    listen: ({ host, port }) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        // Of the two addresses of this name clients try this one in any case.
        server.listen(host === 'localhost' ? { port, host: '127.0.0.1' } : { port, host }, () => {
          server.off('error', reject);
          resolve();
        });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
};
