import { setMaxListeners } from 'node:events';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectSecure } from 'node:tls';
import type { Connection, ConnectionEnd, Sockets } from './types.js';

/** What of the other side's bytes is kept of one connection; what comes after is read and dropped. */
const mostKeptBytes = 4 * 2 ** 20;

/** Connections whose bytes are the caller's own. */
export function createSockets(): Sockets {
  return {
    open: (url, options = {}) => new Promise<Connection>((resolve, reject) => {
      const { protocol, hostname, port } = new URL(url);
      const host = hostname.replace(/^\[|\]$/g, '');
      const secure = protocol === 'https:';
      const at = { host, port: port === '' ? (secure ? 443 : 80) : Number(port), ...(options.from === undefined ? {} : { localAddress: options.from }) };
      // Certificates are not checked, as nowhere else. Half-open: that the other side ends must not end this one.
      const socket = secure ? connectSecure({ ...at, rejectUnauthorized: false }) : connectPlain({ ...at, allowHalfOpen: true });
      const timer = setTimeout(() => {
        socket.destroy(Object.assign(new Error(`no connection within ${String(options.timeoutMs)} ms`), { code: 'TIMEOUT' }));
      }, options.timeoutMs ?? 10_000);
      socket.once('error', (error) => {
        clearTimeout(timer);
        reject(error);
      });
      socket.once(secure ? 'secureConnect' : 'connect', () => {
        clearTimeout(timer);
        resolve(connectionOf(socket, options.signal));
      });
    }),
  };
}

function connectionOf(socket: Socket, signal: AbortSignal | undefined): Connection {
  const chunks: Buffer[] = [];
  let [kept, ending] = [0, null as ConnectionEnd | null];
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const go of [...waiting]) go();
  };
  const end = (how: ConnectionEnd): void => {
    ending ??= how;
    wake();
  };
  const abort = (): void => void socket.destroy();
  socket.setNoDelay(true);
  socket.on('data', (chunk: Buffer) => {
    if (kept < mostKeptBytes) chunks.push(chunk);
    kept += chunk.length;
    wake();
  });
  socket.on('end', () => { end('closed'); });
  socket.on('error', (error: NodeJS.ErrnoException) => { end(error.code === 'ECONNRESET' || error.code === 'EPIPE' ? 'reset' : 'closed'); });
  socket.on('close', () => {
    signal?.removeEventListener('abort', abort);
    end('closed');
  });
  // One for each of thousands of connections is no leak.
  if (signal !== undefined) setMaxListeners(0, signal);
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted === true) abort();

  /** Resolves with the next bytes, the end, a drained buffer, or the time. */
  const changed = (ms: number, drained = false): Promise<void> => new Promise((resolve) => {
    const go = (): void => {
      clearTimeout(timer);
      waiting.delete(go);
      socket.off('drain', go);
      resolve();
    };
    const timer = setTimeout(go, ms);
    waiting.add(go);
    if (drained) socket.once('drain', go);
  });
  return {
    received: () => Buffer.concat(chunks),
    ending: () => ending,
    changed,
    write: async (data) => {
      if (ending === 'reset' || socket.destroyed || !socket.writable) return false;
      if (socket.write(data)) return true;
      await changed(1_000, true);
      return !socket.destroyed && socket.writableLength < data.length;
    },
    finish: () => void socket.end(),
    pause: () => void socket.pause(),
    reset: () => void socket.resetAndDestroy(),
    close: () => void socket.destroy(),
  };
}
