/**
 * As little of an HTTP/1.1 server as a known latency needs: keep-alive, bodies with a Content-Length, one request at a time on a
 * connection. Made so that the moment of arrival is true: what the sockets hold is read and stamped first, all of it, and only
 * then is anything parsed or answered; Node's own server parses and answers one request before it looks at the next.
 */
import { STATUS_CODES } from 'node:http';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** One request, and the ways to end it. */
export interface Exchange {
  /** Its first bytes were read, on the clock of `performance.now()`. */
  arrivedMs: number;
  /** Method and path. */
  route: string;
  body: Buffer;
  /** The connection is gone: no answer can leave. */
  gone(): boolean;
  /** Called once when the client goes before the exchange is over. */
  onGone(then: () => void): void;
  /** `headers`: further header lines, each with its CRLF. */
  answer(status: number, type: string, body: Buffer, headers?: string): void;
  /** Ends the connection without an answer, in good order or by RST. */
  hangUp(how: 'fin' | 'rst'): void;
}

const headEnd = Buffer.from('\r\n\r\n');

/** Listens on loopback; `port` 0 = any free one. Resolves with the port. */
export function listenPlain(port: number, keepAlive: boolean, onRequest: (exchange: Exchange) => void): Promise<number> {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => undefined);
    const read = createReader(socket, keepAlive, onRequest);
    socket.on('data', (bytes: Buffer) => {
      const readMs = performance.now();
      // After everything that has arrived has been read.
      setImmediate(read, bytes, readMs);
    });
  });
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function createReader(socket: Socket, keepAlive: boolean, onRequest: (exchange: Exchange) => void): (bytes: Buffer, readMs: number) => void {
  let held: Buffer = Buffer.alloc(0);
  let arrivedMs = 0;
  let leave: (() => void) | null = null;
  socket.once('close', () => leave?.());

  const exchangeOf = (route: string, body: Buffer): Exchange => ({
    arrivedMs,
    route,
    body,
    gone: () => socket.destroyed,
    onGone: (then) => {
      leave = then;
    },
    answer: (status, type, content, headers = '') => {
      leave = null;
      const head = `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}\r\ncontent-type: ${type}\r\ncontent-length: ${String(content.length)}\r\n${headers}${keepAlive ? '' : 'connection: close\r\n'}\r\n`;
      // One write, one packet.
      socket.write(Buffer.concat([Buffer.from(head, 'latin1'), content]));
      if (!keepAlive) socket.end();
    },
    hangUp: (how) => {
      leave = null;
      if (how === 'rst') socket.resetAndDestroy();
      else socket.end();
    },
  });

  return (bytes, readMs) => {
    if (held.length === 0) arrivedMs = readMs;
    held = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
    const end = held.indexOf(headEnd);
    if (end < 0) return;
    const head = held.toString('latin1', 0, end);
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
    const bodyFrom = end + headEnd.length;
    if (held.length < bodyFrom + length) return;
    const [method = '', path = ''] = head.split(' ', 2);
    const body = held.subarray(bodyFrom, bodyFrom + length);
    held = held.subarray(bodyFrom + length);
    onRequest(exchangeOf(`${method} ${path}`, body));
  };
}
