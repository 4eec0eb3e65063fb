/** Names of models, as servers tell them. A name goes into paths and into a file, so only plain ones are taken. */
const plainName = /^[\w][\w./:@-]{0,199}$/;

const sound = (name: unknown): string | null => (typeof name === 'string' && plainName.test(name) && !name.includes('..') ? name : null);

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}

/** Whether a text is an object of JSON. */
export function isObject(text: string): boolean {
  const value = parsed(text);
  return typeof value === 'object' && value !== null;
}

/** The first of `GET /v1/models`: OpenAI's `{data: [{id}]}`, KServe's `{models: [name]}`. */
export function listedModel(text: string | undefined): string | null {
  const { data, models } = (parsed(text) ?? {}) as { data?: unknown; models?: unknown };
  const first: unknown = Array.isArray(data) ? (data[0] as { id?: unknown } | undefined)?.id : Array.isArray(models) ? models[0] : null;
  return sound(first);
}

/** The first of Triton's repository index. */
export function tritonModel(text: string | undefined): string | null {
  const list = parsed(text);
  return Array.isArray(list) ? sound((list[0] as { name?: unknown } | undefined)?.name) : null;
}

/** `model` or `model.name` of `/health`. */
export function asText(health: string): string | null {
  const { model } = (parsed(health) ?? {}) as { model?: unknown };
  return sound(typeof model === 'object' && model !== null ? (model as { name?: unknown }).name : model);
}
