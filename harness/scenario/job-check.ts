/** What must fit together where a command takes the place of requests, and gates that only one of the two can answer. */
import { comparedMetrics, metricsOfJob } from '../model/comparison.js';
import { metrics, type GatePlan } from '../model/metric.js';
import { splitCommand } from './command-line.js';
import { keyPlaceAt, nodeAt, pathText, placeAt, plainOf, type Located, type Path, type Problem } from './located.js';

/** Keys of `load` that speak of requests. */
const ofRequests = ['engine', 'warmup', 'timeout', 'onEngineFailure'];

/** Complaints about a job, or about what only a job has. */
export function checkJob(root: Located, gates: readonly GatePlan[]): Problem[] {
  const has = (path: Path): boolean => nodeAt(root, path) !== undefined;
  const onKey = (path: Path, key: string, sentence: string): Problem => ({ place: keyPlaceAt(root, path, key), path: pathText([...path, key]), sentence });
  const job = has(['load', 'job']);
  const offline = has(['load', 'offline']) || has(['load', 'mix']);
  const wrongGates = gates.filter(({ metric }) => metrics[metric]?.load === (job ? 'requests' : 'job'))
    .map(({ metric, selector }) => onKey(['gates'], keyOf(root, metric, selector), job ? `${metric} is of requests, and a job sends none: known here: ${namesFor('job')}` : `${metric} is of a job: it needs load.job`));
  const compared = nodeAt(root, ['compare', 'metric']);
  const metric = comparedMetrics.find((each) => compared !== undefined && plainOf(compared) === each);
  const wrongMetric = metric === undefined || compared === undefined || (job ? metricsOfJob.includes(metric) : (metric !== 'time' && (metric !== 'pairs' || offline))) ? []
    : [{ place: compared.place, path: 'compare.metric', sentence: job ? `${metric} is of requests, and a job sends none: known here: ${metricsOfJob.join(', ')}` : metric === 'pairs' ? 'pairs are of an offline load: it needs load.offline' : 'time is how long a job takes: it needs load.job' }];
  if (!job) return [...wrongGates, ...wrongMetric];
  const keysOf = (path: Path): string[] => { const node = nodeAt(root, path); return node?.kind === 'map' ? [...node.entries.keys()] : []; };
  return [
    ...wrongGates, ...wrongMetric, ...checkCommand(root),
    ...keysOf(['load']).filter((key) => ofRequests.includes(key)).map((key) => onKey(['load'], key, key === 'timeout' ? 'is of one request, and a job sends none; the time a job may take is load.job.timeout' : 'is of requests, and a job sends none')),
    ...['request', 'answers'].filter((key) => has([key])).map((key) => onKey([], key, 'is of requests, and a job sends none')),
    ...keysOf(['dataset']).filter((key) => key !== 'seed').map((key) => onKey(['dataset'], key, 'is what requests hold, and a job sends none')),
    ...(has(['record', 'requests']) ? [onKey(['record'], 'requests', 'a job sends no requests')] : []),
    ...(has(['server', 'simulated']) ? [onKey(['server'], 'simulated', 'a simulated server answers nobody: leave the server out, or name a real one')] : []),
  ];
}

function checkCommand(root: Located): Problem[] {
  const at: Path = ['load', 'job', 'command'];
  const node = nodeAt(root, at);
  const complain = (path: Path, sentence: string): Problem => ({ place: placeAt(root, path), path: pathText(path), sentence });
  const command = node && plainOf(node);
  const problems: Problem[] = [];
  if (typeof command === 'string' && command !== '') {
    const words = splitCommand(command);
    if (words === null) problems.push(complain(at, 'a quote is left open'));
    else if (words.length === 0) problems.push(complain(at, 'must not be empty'));
  }
  if (nodeAt(root, ['server']) !== undefined) return problems;
  const env = nodeAt(root, ['load', 'job', 'env']);
  for (const [path, value] of [[at, command], [['load', 'job', 'env'], env && plainOf(env)]] as const) {
    if (JSON.stringify(value ?? '').includes('{url}')) problems.push(complain(path, '{url} is the address of the server beside the job: name one under server'));
  }
  return problems;
}

function namesFor(load: 'job' | 'requests'): string {
  return Object.values(metrics).filter((metric) => metric.load === undefined || metric.load === load).map(({ name }) => name).join(', ');
}

/** How the gate's metric is written. */
function keyOf(root: Located, metric: string, selector: Readonly<Record<string, string>>): string {
  const section = nodeAt(root, ['gates']);
  const keys = section?.kind === 'map' ? [...section.entries.keys()] : [];
  const selectors = Object.values(selector);
  return keys.find((key) => key.trim().startsWith(metric) && selectors.every((value) => key.includes(value))) ?? metric;
}
