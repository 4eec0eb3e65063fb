/** One sample of a Prometheus text exposition. */
export interface PrometheusSample {
  name: string;
  labels: Readonly<Record<string, string>>;
  /** May be NaN or infinite: the format allows both. */
  value: number;
}

const namePattern = /^([a-zA-Z_:][a-zA-Z0-9_:]*)\s*/;
const labelPattern = /^\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*,?/;

/** Reads the text format of Prometheus (0.0.4) and OpenMetrics. Comments, exemplars, time stamps and lines that are no samples are passed over. */
export function parsePrometheus(text: string): PrometheusSample[] {
  return text.split('\n').flatMap((line) => parseSample(line.trim()) ?? []);
}

function parseSample(line: string): PrometheusSample | null {
  const name = namePattern.exec(line);
  if (name === null) return null;
  let rest = line.slice(name[0].length);
  const labels: Record<string, string> = {};
  if (rest.startsWith('{')) {
    rest = rest.slice(1);
    for (let label = labelPattern.exec(rest); label !== null; label = labelPattern.exec(rest)) {
      labels[label[1] ?? ''] = unescape(label[2] ?? '');
      rest = rest.slice(label[0].length);
    }
    if (!rest.trimStart().startsWith('}')) return null;
    rest = rest.trimStart().slice(1);
  }
  const word = rest.trim().split(/\s+/)[0] ?? '';
  const value = parseValue(word);
  return value === null ? null : { name: name[1] ?? '', labels, value };
}

function parseValue(word: string): number | null {
  const infinite = /^([+-]?)inf(?:inity)?$/i.exec(word);
  if (infinite !== null) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^nan$/i.test(word)) return Number.NaN;
  return word === '' || Number.isNaN(Number(word)) ? null : Number(word);
}

function unescape(text: string): string {
  return text.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter));
}

/** A counter by name; with `route`, only the samples in which one of the labels that name a route matches. */
export interface CounterName {
  name: string;
  route?: RegExp;
}

/** Labels under which HTTP frameworks name the route. */
const routeLabels = ['route', 'handler', 'path', 'endpoint', 'url', 'uri'];

/** How known servers count the requests they have answered, best first. Health checks and scrapes of the harness itself must not be among them. */
export const answerCounters: readonly CounterName[] = [
  { name: 'http_requests_total', route: /similarity/ },
  { name: 'http_request_duration_seconds_count', route: /similarity/ },
  { name: 'te_request_count' },
  { name: 'nv_inference_request_success' },
];

/** The same of a text that nothing else is read from. */
export function scrapeCounter(text: string, names: readonly CounterName[]): number | null {
  return sumOfFirst(parsePrometheus(text), names);
}

/** The sum over all matching samples of the first name that has any; null when none has, or when the sum is not a number. */
export function sumOfFirst(samples: readonly PrometheusSample[], names: readonly CounterName[]): number | null {
  for (const { name, route } of names) {
    const matching = samples.filter((sample) => sample.name === name && (route === undefined || routeLabels.some((label) => route.test(sample.labels[label] ?? ''))));
    if (matching.length === 0) continue;
    const total = matching.reduce((sum, sample) => sum + sample.value, 0);
    return Number.isFinite(total) ? total : null;
  }
  return null;
}
