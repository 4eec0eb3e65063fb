import { withoutFolder } from '../model/dataset.js';
import { hidden } from '../model/hidden.js';
import type { Plan, ServerPlan } from '../model/plan.js';
import { withHiddenCredentials } from '../model/url.js';
import { hashOf } from './hash.js';

/** Headers that say what is sent, not who sends it. */
const openHeader = /^(?:accept|content-type|user-agent)$/i;

/**
 * sha256, hex, of what a plan asks. Header values (but for accept, content-type and user-agent), values of server.process.env and load.job.env,
 * credentials in a URL and everything in `fromEnvironment` count as `(hidden)`: the same question with another token is the same
 * question, and nobody can try tokens against the hash.
 */
export function planHash(plan: Omit<Plan, 'hash'>, fromEnvironment: readonly string[]): string {
  const { server, request, dataset, load, ...rest } = withoutValues(plan, anyOf(fromEnvironment));
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, openHeader.test(name) ? value : hidden]));
  return hashOf({ ...rest, load: load.job === undefined ? load : { ...load, job: { ...load.job, env: hiddenValues(load.job.env) } }, dataset: withoutFolder(dataset), server: withoutCredentials(server), request: { ...request, headers } });
}

function withoutCredentials(server: ServerPlan): ServerPlan {
  if (server.kind !== 'url' && server.kind !== 'process') return server;
  const url = withHiddenCredentials(server.url);
  if (server.kind === 'url') return { ...server, url };
  return { ...server, url, env: hiddenValues(server.env) };
}

function hiddenValues(env: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.keys(env).map((name) => [name, hidden]));
}

/** Each value as it is and as it stands inside the JSON text of a body; the longest first, for one may be part of another. */
function anyOf(values: readonly string[]): RegExp | null {
  const forms = values.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]).sort((a, b) => b.length - a.length);
  return forms.length === 0 ? null : new RegExp(forms.map((form) => form.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|'), 'g');
}

/** The same value with every such text in it hidden; keys and numbers stay. */
function withoutValues<T>(value: T, values: RegExp | null): T {
  if (values === null) return value;
  const visit = (part: unknown): unknown => {
    if (typeof part === 'string') return part.replace(values, hidden);
    if (Array.isArray(part)) return part.map(visit);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, child]) => [key, visit(child)]));
  };
  return visit(value) as T;
}
