import type { Context } from '../host/index.js';
import type { ServerRecord } from '../model/record.js';

type HealthFacts = Pick<ServerRecord, 'model' | 'modelSha256' | 'scoresMeaningful' | 'health'>;

const largestHealth = 65_536;

/** What the server says of itself under /health, as far as it says anything. */
export async function readHealth(url: string, ctx: Context): Promise<HealthFacts> {
  const nothing: HealthFacts = { model: null, modelSha256: null, scoresMeaningful: null, health: null };
  try {
    const answer = await ctx.host.http.request(`${url}/health`, { timeoutMs: 5_000, signal: ctx.signal });
    if (answer.status < 200 || answer.status > 299 || answer.body.length > largestHealth) return nothing;
    const health: unknown = JSON.parse(answer.body);
    if (health === null || typeof health !== 'object') return nothing;
    const model = (health as { model?: unknown }).model;
    const facts = (typeof model === 'object' && model !== null ? model : { name: model }) as Record<string, unknown>;
    return {
      model: typeof facts['name'] === 'string' ? facts['name'] : null,
      modelSha256: typeof facts['sha256'] === 'string' ? facts['sha256'] : null,
      scoresMeaningful: typeof facts['scoresMeaningful'] === 'boolean' ? facts['scoresMeaningful'] : null,
      health,
    };
  } catch {
    ctx.signal.throwIfAborted();
    return nothing;
  }
}
