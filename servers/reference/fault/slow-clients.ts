/**
 * Slow clients, played by the server against itself: connections that announce a body and send it a byte at a time, as a telephone in a lift does. A client that
 * the server gives up on comes back, until the time is over.
 */
import { connect, type Socket } from 'node:net';
import type { Clock } from '../batching/clock.js';

const byteEveryMs = 500;
const comeBackMs = 200;

const head = ['POST /similarity HTTP/1.1', 'Host: slow', 'Content-Type: application/json', 'Content-Length: 4096', '', ''].join('\r\n');

/** Starts `clients` of them on a port of the loopback; they go when `forMs` is over. The result ends them at once. */
export const startSlowClients = (clients: number, port: number, forMs: number, clock: Clock): (() => void) => {
  const open = new Set<Socket>();
  const disarms = new Set<() => void>();
  let isOver = false;
  const after = (delayMs: number, action: () => void): void => {
    const disarm = clock.after(delayMs, () => {
      disarms.delete(disarm);
      action();
    });
    disarms.add(disarm);
  };
  const come = (): void => {
    if (isOver) return;
    const socket = connect(port, '127.0.0.1');
    open.add(socket);
    const drip = (): void => {
      if (socket.destroyed) return;
      socket.write(' ');
      after(byteEveryMs, drip);
    };
    socket.once('connect', () => {
      socket.write(head);
      drip();
    });
    // What the server answers is of no interest; unread it would keep the connection open.
    socket.resume();
    socket.on('error', () => undefined);
    socket.once('close', () => {
      open.delete(socket);
      if (!isOver) after(comeBackMs, come);
    });
  };
  const end = (): void => {
    isOver = true;
    for (const disarm of disarms) disarm();
    disarms.clear();
    for (const socket of open) socket.destroy();
  };
  for (let client = 0; client < clients; client += 1) come();
  if (Number.isFinite(forMs)) after(forMs, end);
  return end;
};
