import type { HttpServer } from './http/http-server.js';
import type { ServerState } from './service.js';

const pollMs = 25;
/** A batch whose requests were cut off may still run; the processes end by themselves once this one is gone. */
const inferenceCloseMs = 2000;

const within = async (work: Promise<unknown>, limitMs: number): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => {
      resolve(false);
    }, limitMs);
  });
  const done = await Promise.race([work.then(() => true), late]);
  clearTimeout(timer);
  return done;
};

/**
 * Stops taking connections, lets the requests under way end for at most `drainS`, then stops the inference.
 * Returns how many requests were cut off.
 */
export const drain = async (http: HttpServer, state: ServerState, drainS: number): Promise<number> => {
  state.phase = 'draining';
  const closed = http.close();
  // A connection whose answer went out before the drain began stays idle for ever unless it is closed here.
  const sweep = setInterval(() => {
    http.server.closeIdleConnections();
  }, pollMs);
  await within(closed, drainS * 1000);
  clearInterval(sweep);
  const cutOff = state.inFlight;
  state.service?.fallback.stop();
  state.service?.scheduler.stop();
  http.server.closeAllConnections();
  await within(state.service?.inference.close() ?? Promise.resolve(), inferenceCloseMs);
  return cutOff;
};
