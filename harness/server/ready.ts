import type { Context } from '../host/index.js';
import { BenchError } from '../model/error.js';
import { faultOf } from '../model/system-failure.js';
import { formatDuration } from '../model/unit.js';
import { withoutCredentials } from '../model/url.js';

const pollMs = 50;

/** Asks the readiness address until it answers 2xx. Ends early when the server dies or the run is interrupted. `hint` says what a user should look at when it never does. */
export async function waitUntilReady(
  options: { address: () => string | null; timeoutS: number; gone: AbortSignal; lastLines: () => string[]; hint?: string },
  ctx: Context,
): Promise<void> {
  const { clock, http } = ctx.host;
  const until = clock.nowMs() + options.timeoutS * 1000;
  const stop = AbortSignal.any([ctx.signal, options.gone]);
  let last = 'it did not listen';
  while (clock.nowMs() < until) {
    stop.throwIfAborted();
    const address = options.address();
    if (address !== null) {
      try {
        const answer = await http.request(address, { timeoutMs: 2_000, signal: stop });
        if (answer.status >= 200 && answer.status < 300) return;
        last = `${withoutCredentials(address)} answered ${String(answer.status)}`;
      } catch (error) {
        stop.throwIfAborted();
        last = `${withoutCredentials(address)}: ${faultOf(error)}`;
      }
    }
    await clock.sleep(pollMs, stop);
  }
  const details = options.lastLines();
  // A server of another owner, or a silent one, has no lines to point at.
  const lines = details.length === 0 ? '' : ' Its last lines stand above.';
  throw new BenchError('server-not-ready', `The server was not ready after ${formatDuration(options.timeoutS * 1000)}: ${last}.`, {
    hint: `${options.hint ?? 'Is the readiness path right, and is the model small enough to load in that time?'}${lines}`,
    details,
  });
}
