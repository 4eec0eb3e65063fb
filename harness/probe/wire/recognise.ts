/** Asks a server at an address what it speaks: two pairs in every format that is known, until one brings scores for both. */
import type { Context, HttpAnswer } from '../../host/index.js';
import { readScore, withinRange } from '../../model/answer.js';
import { faultOf } from '../../model/system-failure.js';
import { unreachable } from '../../model/unreachable.js';
import { kserveFormat, wireFormats, type WireFormat } from './formats.js';
import { asText, isObject, listedModel, tritonModel } from './listed-model.js';

export interface Attempt {
  /** The format that was tried. */
  name: string;
  path: string;
  /** HTTP status; null where there was no answer. */
  status: number | null;
  /** What the server said, its first characters; or why there was no answer. */
  said: string;
  fits: boolean;
}

export interface Recognised {
  /** Formats that brought a score, the surest first. `{{model}}` is put in. */
  spoken: WireFormat[];
  attempts: Attempt[];
  /** Status of what servers tell of themselves; null where nothing came back. */
  pages: Readonly<Record<'/health' | '/ready' | '/metrics', number | null>>;
  /** Whether /health holds an object of JSON and /metrics figures of Prometheus, which a run reads there: a page for people answers 200 too. */
  tells: Readonly<Record<'/health' | '/metrics', boolean>>;
  model: string | null;
  /** Scores of one address with itself and of two far apart, in the first format; the first should be the larger. */
  scores: { same: number; far: number } | null;
  /** It gives vectors, of which no score can be read from one answer. */
  embeds: boolean;
}

/** A sample of Prometheus' text format, or of OpenMetrics. */
const figure = /^[a-z_:][\w:]*(?:\{[^\n]*\})?[ \t]+[+-]?(?:\.?\d|inf|nan)/im;
const isSound = ({ status }: HttpAnswer): boolean => status >= 200 && status <= 299;
const withinMs = 5_000;
const shownCharacters = 160;
const same = ['浙江省杭州市余杭区文一西路969号', '浙江省杭州市余杭区文一西路969号'] as const;
const far = ['浙江省杭州市余杭区文一西路969号', '广东省深圳市南山区科技园路1号'] as const;

/** Throws server-unreachable where nothing answers at all. Sends about twenty small requests, one after the other. */
export async function recogniseServer(address: string, ctx: Context): Promise<Recognised> {
  const url = address.replace(/\/+$/, '');
  const ask = (path: string, body?: unknown): Promise<HttpAnswer> => ctx.host.http.request(url + path, {
    timeoutMs: withinMs, signal: ctx.signal, ...(body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const first = await ask('/health').catch((error: unknown) => {
    ctx.signal.throwIfAborted();
    throw unreachable(url, error, 'Start the server first, and give its address with --url.');
  });
  const tryOne = (path: string, body?: unknown): Promise<HttpAnswer | null> => ask(path, body).catch(() => {
    ctx.signal.throwIfAborted();
    return null;
  });
  const [ready, metrics] = [await tryOne('/ready'), await tryOne('/metrics')];
  const listed = listedModel((await tryOne('/v1/models'))?.body);
  const triton = listed ?? tritonModel((await tryOne('/v2/repository/index', {}))?.body);
  const described = triton === null ? null : await tryOne(`/v2/models/${triton}`);
  const kserve = triton === null || described?.status !== 200 ? null : kserveOf(triton, described.body);

  const found: Recognised = {
    spoken: [], attempts: [], model: asText(first.body) ?? triton, scores: null, embeds: false,
    pages: { '/health': first.status, '/ready': ready?.status ?? null, '/metrics': metrics?.status ?? null },
    tells: { '/health': isSound(first) && isObject(first.body), '/metrics': metrics !== null && isSound(metrics) && figure.test(metrics.body) },
  };
  for (const format of [...wireFormats, ...(kserve === null ? [] : [kserve])]) {
    const named = withModel(format, triton);
    if (named !== null) await tryFormat(named, found, ask, ctx);
  }
  if (found.spoken.length === 0) found.embeds = await gives('/v1/embeddings', { model: triton ?? 'model', input: same[0] }, ['data', 0, 'embedding', 0], tryOne) || await gives('/embed', { inputs: same[0] }, [0, 0], tryOne);
  return found;
}

async function tryFormat(format: WireFormat, found: Recognised, ask: (path: string, body: unknown) => Promise<HttpAnswer>, ctx: Context): Promise<void> {
  const attempt = (status: number | null, said: string, fits: boolean): void => void found.attempts.push({ name: format.name, path: format.path, status, said: said.slice(0, shownCharacters), fits });
  const steps = format.score.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  const scores: number[] = [];
  for (const [a, b] of [same, far]) {
    let answer: HttpAnswer;
    try {
      answer = await ask(format.path, filled(format.body, a, b));
    } catch (error) {
      ctx.signal.throwIfAborted();
      attempt(null, faultOf(error), false);
      return;
    }
    const { score, fault } = readScore(answer.body, steps);
    if (!isSound(answer) || fault !== '' || !withinRange(score, format.range)) {
      attempt(answer.status, answer.body, false);
      return;
    }
    scores.push(score);
    if (scores.length === 2) attempt(answer.status, answer.body, true);
  }
  found.scores ??= { same: scores[0] ?? NaN, far: scores[1] ?? NaN };
  found.spoken.push(format);
}

async function gives(path: string, body: unknown, steps: readonly (string | number)[], ask: (path: string, body: unknown) => Promise<HttpAnswer | null>): Promise<boolean> {
  const answer = await ask(path, body);
  return answer !== null && answer.status === 200 && readScore(answer.body, steps).fault === '';
}

/** null where the format needs a model's name and the server tells none. */
function withModel(format: WireFormat, model: string | null): WireFormat | null {
  const text = JSON.stringify(format);
  if (!text.includes('{{model}}')) return format;
  return model === null ? null : JSON.parse(text.replaceAll('{{model}}', model)) as WireFormat;
}

function filled(body: unknown, a: string, b: string): unknown {
  return JSON.parse(JSON.stringify(body).replaceAll('{{a}}', a).replaceAll('{{b}}', b));
}

function kserveOf(model: string, text: string): WireFormat | null {
  try {
    const { inputs } = JSON.parse(text) as { inputs?: unknown };
    if (!Array.isArray(inputs)) return null;
    const sound = inputs.filter((one): one is { name: string; datatype: string; shape: number[] } => {
      const { name, datatype, shape } = (one ?? {}) as Record<string, unknown>;
      return typeof name === 'string' && /^[\w.-]{1,200}$/.test(name) && typeof datatype === 'string' && Array.isArray(shape) && shape.every((size) => Number.isInteger(size));
    });
    return sound.length === inputs.length ? kserveFormat(model, sound) : null;
  } catch {
    return null;
  }
}
