import type { Context } from '../host/index.js';
import { BenchError, messageOf } from '../model/error.js';
import type { EngineName, ServerPlan } from '../model/plan.js';
import { createAutocannon } from './autocannon/index.js';
import type { Engine } from './engine.js';
import { createK6 } from './k6/index.js';
import { findGo, findK6, installK6, pinnedK6 } from './k6/install.js';
import { createSimulated } from './simulated.js';

/**
 * The engine of a run. `auto`: k6 from the cache or the PATH, else k6 built now when Go is there, else autocannon with the reason.
 * Throws engine-missing or engine-build-failed when the engine asked for cannot be had.
 */
export async function resolveEngine(choice: 'auto' | EngineName, server: ServerPlan, ctx: Context): Promise<Engine> {
  if (server.kind === 'simulated') {
    if (choice !== 'auto' && choice !== 'simulated') throw new BenchError('scenario-invalid', `A simulated server has no address that ${choice} could send to.`, { hint: 'Leave the engine at auto, or name a real server.' });
    return createSimulated(server, choice === 'auto' ? 'simulated server' : 'asked');
  }
  if (choice === 'simulated') throw new BenchError('scenario-invalid', 'The simulated engine needs a simulated server.', { hint: 'Set server: {simulated: …}, or choose k6 or autocannon.' });
  if (choice === 'autocannon') return createAutocannon('asked');
  const found = await findK6(ctx);
  if (found !== null) return createK6(found.path, found.version, choice === 'k6' ? 'asked' : found.source);
  if (choice === 'k6') return build('asked', ctx);
  const go = await findGo(ctx);
  if ('why' in go) return fallBack(`there is no k6, and it cannot be built: ${go.why}`, ctx);
  try {
    return await build('built', ctx);
  } catch (error) {
    ctx.signal.throwIfAborted();
    return fallBack(messageOf(error), ctx);
  }
}

async function build(why: string, ctx: Context): Promise<Engine> {
  ctx.onEvent({ kind: 'note', level: 'info', code: 'engine-building', text: `Building k6 ${pinnedK6} once, about two minutes.` });
  const built = await installK6(ctx);
  return createK6(built.path, built.version, why);
}

function fallBack(reason: string, ctx: Context): Engine {
  ctx.onEvent({ kind: 'note', level: 'warn', code: 'engine-fallback', text: `Using autocannon: ${reason}` });
  return createAutocannon(`fallback: ${reason}`);
}
