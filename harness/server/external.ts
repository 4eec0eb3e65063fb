import type { Context } from '../host/index.js';
import { unreachable } from '../model/unreachable.js';
import { withoutCredentials } from '../model/url.js';
import type { ServerPlan } from '../model/plan.js';
import { readHealth } from './health.js';
import { waitUntilReady } from './ready.js';
import type { RunningServer } from './running-server.js';

/** A server that runs already: waits for its readiness path where one is given, else makes sure that something answers. */
export async function meetExternal(plan: Extract<ServerPlan, { kind: 'url' }>, ctx: Context): Promise<RunningServer> {
  const url = plan.url.replace(/\/+$/, '');
  const never = new AbortController().signal;
  try {
    // Any answer will do, a 404 too: it only has to be there.
    await ctx.host.http.request(`${url}/health`, { timeoutMs: plan.readyTimeoutS * 1000, signal: ctx.signal });
  } catch (error) {
    ctx.signal.throwIfAborted();
    throw unreachable(url, error, 'Start the server first, or let the harness start it with server: {process: {command, url}}.');
  }
  const ready = plan.ready;
  if (ready !== null) await waitUntilReady({ address: () => url + ready, timeoutS: plan.readyTimeoutS, gone: never, lastLines: () => [] }, ctx);
  const facts = await readHealth(url, ctx);
  return {
    url,
    pid: null,
    gone: never,
    terminate: null,
    beginFaults: () => Promise.resolve(),
    restarts: () => 0,
    record: { kind: 'url', url: withoutCredentials(url), pid: null, readyAfterS: null, ...facts },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
