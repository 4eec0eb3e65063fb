/** Servers that do one thing wrong, each in a line or two. */
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createRawServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What a handler answers; headers replace the usual ones. `hang`: nothing. `destroy`: the connection is cut. */
export type Wrong = { status?: number; headers?: Record<string, string>; body?: string } | 'hang' | 'destroy';

export interface WrongServer {
  url: string;
  close(): Promise<void>;
}

const usual = { 'content-type': 'application/json' };

function listening(server: Server, sockets: Set<Socket>): Promise<WrongServer> {
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve({
        url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
        close: () => new Promise((done) => {
          server.close(() => { done(); });
          for (const socket of sockets) socket.destroy();
        }),
      });
    });
  });
}

/** An HTTP server whose framing is Node's and whose answers are the handler's. */
export function wrongHttp(handler: (request: IncomingMessage, body: string) => Wrong | Promise<Wrong>): Promise<WrongServer> {
  const server = createServer({ requireHostHeader: false, maxHeaderSize: 4 * 2 ** 20, headersTimeout: 0, requestTimeout: 0 }, (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('error', () => undefined);
    request.on('end', () => {
      void (async () => {
        const said = await handler(request, Buffer.concat(parts).toString('utf8'));
        if (said === 'hang') return;
        if (said === 'destroy') return void request.socket.destroy();
        response.writeHead(said.status ?? 200, said.headers ?? usual).end(said.body ?? '{"similarity":0.5,"label":"partial"}');
      })();
    });
  });
  server.maxHeadersCount = 0;
  return listening(server, new Set());
}

/** A server without any idea of HTTP: what it does with bytes is the test's. Half-closed connections stay open. */
export function wrongRaw(onData: (socket: Socket, bytes: Buffer) => void, onOpen: (socket: Socket) => void = () => undefined): Promise<WrongServer> {
  return listening(createRawServer({ allowHalfOpen: true }, (socket) => {
    onOpen(socket);
    socket.on('data', (bytes: Buffer) => { onData(socket, bytes); });
  }), new Set());
}

/** An answer as bytes. */
export function rawAnswer(status = 200, body = '{"similarity":0.5,"label":"partial"}', headers = ''): string {
  return `HTTP/1.1 ${String(status)} X\r\ncontent-type: application/json\r\ncontent-length: ${String(Buffer.byteLength(body))}\r\n${headers}\r\n${body}`;
}
