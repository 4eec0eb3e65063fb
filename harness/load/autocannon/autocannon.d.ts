/**
 * What we use of autocannon 9.0.0, its insides included (which is why the version is pinned exactly): it has no types of its own,
 * and those of others do not know the insides.
 */
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events';
  import type { Socket } from 'node:net';

  interface Client extends EventEmitter {
    conn?: Socket;
    parser: {
      type: string;
      execute(chunk: Buffer): number | Error;
      finish(): Error | undefined;
      reinitialize(type: string): void;
    };
    pipelinedRequests: { terminateRequest(): unknown };
    requestIterator: { recordBody(request: unknown, status: number, body: string, headers: string[]): void };
    _connect(): void;
    _doRequest(): void;
    _destroyConnection(): void;
    getRequestBuffer(): Buffer;
  }

  interface Options {
    url: string;
    method: string;
    connections: number;
    pipelining: 1;
    /** Seconds. */
    duration: number;
    /** Seconds. */
    timeout: number;
    /** Milliseconds. */
    sampleInt: number;
    setupClient(client: Client): void;
  }

  function autocannon(options: Options): EventEmitter & PromiseLike<unknown>;
  namespace autocannon {
    export { Client, Options };
  }
  export = autocannon;
}
