/** The scenario that `init` writes: YAML with a comment at every choice. */
import type { Recognised } from '../../probe/index.js';
import { cut, line } from '../../report/index.js';
import type { CliText } from '../text/index.js';

export interface Draft {
  name: string;
  /** null: no server was named, so the one that ships is used. */
  url: string | null;
  found: Recognised | null;
}

const widest = 100;

/** Text of the whole file. What the server said stands in comments only, one line each, without control characters. */
export function scenarioText({ name, url, found }: Draft, { init: t }: CliText): string {
  const comment = (text: string): string => `# ${cut(line(text), widest)}`;
  const server = url === null
    ? [`# ${t.ownServer}`, '#   url: "http://127.0.0.1:8000"', 'server:', '  reference: { model: address-mini }']
    : [
        ...(found === null || found.model === null ? [] : [comment(t.model(found.model))]),
        `# ${t.running}`,
        'server:',
        `  url: ${quoted(withoutSecrets(url))}`,
        ...(found !== null && is2xx(found.pages['/ready']) ? [`  # ${t.ready}`, '  ready: /ready'] : []),
        ...(found === null ? [] : [`  # ${found.tells['/health'] ? t.health : t.noHealth(String(found.pages['/health'] ?? '—'))}`, `  # ${found.tells['/metrics'] ? t.metrics : t.noMetrics(String(found.pages['/metrics'] ?? '—'))}`]),
      ];
  return `${[
    '# yaml-language-server: $schema=./scenario.schema.json',
    `# ${t.head}`,
    `name: ${quoted(name)}`,
    'question:',
    '  en: How does my server behave as its load grows?',
    '  zh-CN: 随着负载增加，我的服务表现如何？',
    '',
    ...server,
    '',
    ...requestLines(found, t, comment),
    '',
    `# ${t.dataset}`,
    'dataset:',
    '  seed: 7',
    '  mix: { high: 2000, low: 2000, boundary: 2000, noisy: 2000 }',
    '',
    `# ${t.load}`,
    'load:',
    '  engine: auto',
    `  warmup: 5s                 # ${t.warmup}`,
    `  timeout: 10s               # ${t.timeout}`,
    '  closed:',
    `    users: [1, 4, 16, 32]    # ${t.users}`,
    `    think: 20ms..60ms        # ${t.think}`,
    `    duration: 20s            # ${t.duration}`,
    '',
    `# ${t.telemetry}`,
    'telemetry:',
    '  gpu: auto',
    '  interval: 200ms',
    '',
    `# ${t.answers}`,
    'answers:',
    '  golden: 300',
    '',
    `# ${t.gates}`,
    'gates:',
    '  latency: ["p(95)<2s"]',
    '  errors: ["rate<2%"]',
    '  answers: ["flips==0"]',
  ].join('\n')}\n`;
}

function requestLines(found: Recognised | null, t: CliText['init'], comment: (text: string) => string): string[] {
  const [format, ...others] = found?.spoken ?? [];
  if (found === null) return [`# ${t.similarity}`, 'request: similarity'];
  if (format === undefined) {
    return [
      `# ${nothingFits(found, t)}`,
      `# ${t.tried}`,
      ...found.attempts.map(({ name, path, status, said }) => comment(`  ${name}: POST ${path} → ${status === null ? '' : `${String(status)} `}${said}`)),
      `# ${t.fillIn}`,
      'request:',
      '  template:',
      '    path: /score',
      '    body: {"a": "{{a}}", "b": "{{b}}"}',
      `    score: score             # ${t.scorePath}`,
      `    range: [0, 1]            # ${t.range}`,
      `    threshold: 0.5           # ${t.threshold}`,
    ];
  }
  const { scores } = found;
  return [
    comment(t.recognised(format.name)),
    ...others.map((other) => comment(t.alsoSpeaks(other.name))),
    ...(scores === null ? [] : [comment(scores.same > scores.far ? t.scores(plain(scores.same), plain(scores.far)) : t.scoresTurned(plain(scores.same), plain(scores.far)))]),
    ...(format.caution === undefined ? [] : [`# ${t.cautions[format.caution]}`]),
    ...(format.word === undefined ? [
      'request:',
      '  template:',
      `    path: ${quoted(format.path)}`,
      `    body: ${JSON.stringify(format.body)}`,
      `    score: ${quoted(format.score)}   # ${t.scorePath}`,
      ...(format.label === undefined || format.caution === 'labels-unsorted' ? [] : [`    label: ${quoted(format.label)}`]),
      `    range: [${format.range.join(', ')}]   # ${t.range}`,
      `    threshold: ${String(format.threshold)}   # ${t.threshold}`,
    ] : [`request: ${format.word}`]),
  ];
}

/** Why no format fits, as far as the answers tell: a page for people is the answer of a proxy or of a login. */
export function nothingFits({ embeds, attempts }: Recognised, t: CliText['init']): string {
  if (embeds) return t.embeds;
  return attempts.length > 0 && attempts.every(({ status, said }) => status !== null && /^\s*<(?:!doctype|html)/i.test(said)) ? t.pages : t.nothingFits;
}

const is2xx = (status: number | null): boolean => status !== null && status >= 200 && status <= 299;
const plain = (score: number): string => String(Number(score.toPrecision(4)));

/** A JSON string is a YAML one; `${` would be read as a variable. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/\$\{(?!SERVER_)/g, '$$${');
}

/** A file that may be committed holds no password: the environment gives it. */
function withoutSecrets(url: string): string {
  return url.replace(/^(\w+:\/\/)[^/@]*@/, '$1${SERVER_USER:-user}:${SERVER_PASSWORD:-password}@');
}
