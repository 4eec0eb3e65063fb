/**
 * The grammar of a gate, after k6's thresholds: `aggregation operator number[unit]`, for a metric `name` or `name{selector:value}`; in place of the
 * number also `baseline`, times a factor, plus or minus a quantity.
 * Unlike k6: durations and sizes need a unit, shares may be written in %, and == is for counts only, since no measured
 * duration or rate ever equals a number.
 */
import { metrics, gateOperators, type Aggregation, type GateOperator, type GatePlan, type MetricDefinition } from '../model/metric.js';
import { nearestWord } from '../model/nearest.js';
import { parseQuantity, type Dimension } from '../model/unit.js';

/** A gate, or the mistake in it: the part that is wrong, and the column inside that part, from 1. */
export type GateRead = { gate: GatePlan } | { error: string; hint?: string; part: 'metric' | 'expression'; column: number };

/** Aggregations whose value is a whole number that can equal another. */
const counts: ReadonlySet<string> = new Set(['count', 'flips', 'baselineFlips', 'oracleFailures', 'lines', 'malformed', 'unanswered']);

class Mistake extends Error {
  constructor(message: string, readonly part: 'metric' | 'expression', readonly column: number, readonly hint?: string) {
    super(message);
  }
}

/** Reads one gate. `id` of the result is its canonical form; two gates with one id ask the same. */
export function parseGate(metricKey: string, expression: string, level: 'error' | 'warn'): GateRead {
  try {
    const { metric, selector } = readMetric(metricKey);
    const { aggregation, name, operator, limit, baseline, unit, number } = readExpression(expression, metric);
    const keys = Object.keys(selector);
    const where = keys.length === 0 ? '' : `{${keys.map((key) => `${key}:${selector[key] ?? ''}`).join(',')}}`;
    return { gate: { id: `${metric.name}${where} ${name}${operator}${number}`, expression, metric: metric.name, selector, aggregation, operator, limit, ...(baseline === undefined ? {} : { baseline }), unit, level } };
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    return { error: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }), part: error.part, column: error.column };
  }
}

const quoteList = (words: readonly string[]): string => words.join(', ');

/** "did you mean …?" or the list of what is allowed. */
function hintFor(word: string, known: readonly string[]): string {
  const near = nearestWord(word, known);
  return near === undefined ? `known here: ${quoteList(known)}` : `did you mean "${near}"?`;
}

function readMetric(key: string): { metric: MetricDefinition; selector: Record<string, string> } {
  const form = /^(\s*)([^{}]*?)\s*(?:\{([^{}]*)\})?\s*$/.exec(key);
  if (!form) throw new Mistake(`"${key}" is no metric`, 'metric', 1, 'expected a name such as latency, or latency{users:200}');
  const [, space = '', name = '', inside] = form;
  const metric = Object.hasOwn(metrics, name) ? metrics[name] : undefined;
  if (!metric) throw new Mistake(`unknown metric "${name}"`, 'metric', space.length + 1, hintFor(name, Object.keys(metrics)));
  const selector: Record<string, string> = {};
  let column = key.indexOf('{') + 2;
  for (const part of inside === undefined ? [] : inside.split(',')) {
    readSelector(part, metric, selector, column);
    column += part.length + 1;
  }
  const { needs } = metric;
  if (needs !== undefined && !Object.hasOwn(selector, needs)) throw new Mistake(`${metric.name} needs a ${needs}`, 'metric', space.length + 1, `such as ${metric.name}{${needs}:auc}`);
  return { metric, selector };
}

function readSelector(part: string, metric: MetricDefinition, selector: Record<string, string>, column: number): void {
  const colon = part.indexOf(':');
  const name = part.slice(0, Math.max(0, colon)).trim();
  const value = part.slice(colon + 1).trim().replace(/^(["'])(.*)\1$/, '$2');
  const complain = (message: string, hint?: string): never => { throw new Mistake(message, 'metric', column, hint); };
  if (metric.selectors.length === 0) complain(`${metric.name} takes no selector: it is one number for the whole run`);
  if (colon < 0 || name === '' || value === '') complain('a selector is name:value', `such as ${metric.name}{${metric.selectors[0] ?? ''}:…}`);
  if (!metric.selectors.includes(name)) complain(`unknown selector "${name}" of ${metric.name}`, hintFor(name, metric.selectors));
  if (Object.hasOwn(selector, name)) complain(`the selector "${name}" is written twice`);
  if (name === 'burst' && !/^[1-9]\d*$/.test(value)) complain(`burst:${value} is no number of requests`);
  if (name === 'users' && !/^[1-9]\d*$/.test(value)) complain(`users:${value} is no number of users`);
  if (name === 'rate' && !(/^\d+(?:\.\d+)?$/.test(value) && Number(value) > 0)) complain(`rate:${value} is no number of requests a second`);
  selector[name] = value;
}

interface Expression { aggregation: Aggregation; name: string; operator: GateOperator; limit: number | null; baseline?: NonNullable<GatePlan['baseline']>; unit: string; number: string }

function readExpression(text: string, metric: MetricDefinition): Expression {
  const form = /^(\s*)([A-Za-z_]\w*(?:\s*\([^()]*\))?)(\s*)([<>=!]+)(\s*)(.*?)\s*$/s.exec(text);
  if (!form) throw new Mistake(`"${text}" is no gate`, 'expression', 1, `expected aggregation, operator, number, such as ${exampleOf(metric)}`);
  const [, lead = '', word = '', gap = '', sign = '', space = '', written = ''] = form;
  const column = lead.length + 1;
  const { aggregation, name, dimension, unit } = readAggregation(word, metric, column);
  const operator = gateOperators.find((each) => each === sign);
  const operatorColumn = column + word.length + gap.length;
  if (!operator) throw new Mistake(`unknown operator "${sign}"`, 'expression', operatorColumn, sign === '===' ? 'did you mean "=="?' : `known here: ${quoteList(gateOperators)}`);
  const equality = operator === '==' || operator === '!=';
  if (equality && !counts.has(name)) {
    throw new Mistake(`${operator} is for counts only: ${metric.name} ${name} is measured, and never equals a number`, 'expression', operatorColumn, 'use <, <=, > or >=');
  }
  const numberColumn = operatorColumn + sign.length + space.length;
  if (/^baseline\b/.test(written)) return { aggregation, name, operator, limit: null, unit, ...readRelative(written, dimension, unit, numberColumn) };
  const { limit, number } = readNumber(written, dimension, unit, numberColumn);
  if (equality && !Number.isInteger(limit)) throw new Mistake(`${name} is a count: ${written} is not a whole number`, 'expression', numberColumn);
  return { aggregation, name, operator, limit, unit, number };
}

function exampleOf(metric: MetricDefinition): string {
  if (metric.percentiles) return metric.percentiles.dimension === 'share' ? '"p(95)<5%"' : '"p(95)<800ms"';
  const [name = '', { dimension } = { dimension: 'number' as const }] = Object.entries(metric.aggregations)[0] ?? [];
  const number = { duration: '<800ms', bytes: '<24GiB', 'bytes-per-hour': '<10MiB/h', share: '<0.1%', ratio: '>=0.9', number: counts.has(name) ? '==0' : '>=100' }[dimension];
  return `"${name}${number}"`;
}

function readAggregation(word: string, metric: MetricDefinition, column: number): { aggregation: Aggregation; name: string; dimension: Dimension; unit: string } {
  const allowed = [...(metric.percentiles ? ['p(95)'] : []), ...Object.keys(metric.aggregations)];
  const percentile = /^p\s*\(\s*([^()]*?)\s*\)$/.exec(word);
  if (percentile) {
    const p = /^\d+(?:\.\d+)?$/.test(percentile[1] ?? '') ? Number(percentile[1]) : Number.NaN;
    if (!metric.percentiles) throw new Mistake(`${metric.name} has no percentiles`, 'expression', column, `known here: ${quoteList(allowed)}`);
    if (!(p > 0 && p < 100)) throw new Mistake(`p(${percentile[1] ?? ''}) is no percentile`, 'expression', column, 'expected a number between 0 and 100, such as p(95) or p(99.9)');
    const { dimension, unit, of } = metric.percentiles;
    if (of !== undefined && !of.includes(p)) throw new Mistake(`${metric.name} is not known of p(${String(p)})`, 'expression', column, `known here: ${quoteList(of.map((each) => `p(${String(each)})`))}`);
    return { aggregation: { kind: 'percentile', p }, name: `p(${String(p)})`, dimension, unit };
  }
  const found = Object.hasOwn(metric.aggregations, word) ? metric.aggregations[word] : undefined;
  if (found) return { aggregation: { kind: 'named', name: word }, name: word, dimension: found.dimension, unit: found.unit };
  const bare = /^p(\d{1,2}(?:\.\d+)?)$/.exec(word);
  const hint = bare && metric.percentiles ? `did you mean "p(${bare[1] ?? ''})"?` : hintFor(word, allowed);
  throw new Mistake(`unknown aggregation "${word}" of ${metric.name}`, 'expression', column, hint);
}

/** The limit in the unit of the metric; a unit that only repeats the metric's own ("400/s", "400 pairs/s", "2 cores") may be written. */
function readNumber(written: string, dimension: Dimension, unit: string, column: number): { limit: number; number: string } {
  const complain = (message: string, hint?: string): never => { throw new Mistake(message, 'expression', column, hint); };
  if (written === '') complain('the number is missing');
  const ending = dimension !== 'number' || unit === '' ? undefined : [unit, unit.replace(/^\w+(?=\/)/, '')].find((each) => written.endsWith(each));
  const bare = ending === undefined ? written : written.slice(0, -ending.length).trim();
  const read = parseQuantity(bare, dimension);
  if ('value' in read) return { limit: read.value, number: bare.replace(/\s+/g, '') };
  if (/^[A-Za-z]/.test(bare)) complain(`unknown word "${bare}" in place of the number`, nearestWord(/^[A-Za-z]+/.exec(bare)?.[0] ?? '', ['baseline']) === undefined ? read.error : 'did you mean "baseline"?');
  return complain(read.error, nearestNumber(bare, dimension));
}

const relativeForms = 'such as baseline*1.1, baseline+5% or baseline-0.02';

/** `baseline`, `baseline*1.1`, `baseline+20ms`, `baseline+5%`, `baseline*1.1+20ms`: a percentage of anything but a share or a ratio is one of the baseline. */
function readRelative(written: string, dimension: Dimension, unit: string, column: number): { baseline: NonNullable<GatePlan['baseline']>; number: string } {
  const complain = (message: string, hint?: string): never => { throw new Mistake(message, 'expression', column, hint); };
  const form = /^baseline\s*(?:\*\s*(\d+(?:\.\d+)?)\s*(%?))?\s*(?:([+-])\s*(\S.*))?$/.exec(written);
  if (!form) return complain(`"${written}" is no limit`, relativeForms);
  const [, times, percent, sign, added] = form;
  const factor = times === undefined ? 1 : Number(times) / (percent === '%' ? 100 : 1);
  if (!(factor > 0)) complain('the baseline cannot be multiplied by 0', relativeForms);
  const number = written.replace(/\s+/g, '');
  if (sign === undefined || added === undefined) return { baseline: { factor, offset: 0 }, number };
  const direction = sign === '-' ? -1 : 1;
  const share = /^(\d+(?:\.\d+)?)\s*%$/.exec(added)?.[1];
  if (share !== undefined && dimension !== 'share' && dimension !== 'ratio') {
    if (times !== undefined) complain(`"${written}" names two shares of the baseline`, relativeForms);
    const whole = Number((1 + (direction * Number(share)) / 100).toPrecision(12));
    return whole > 0 ? { baseline: { factor: whole, offset: 0 }, number } : complain('nothing of the baseline is left', relativeForms);
  }
  const { limit } = readNumber(added, dimension, unit, column + written.length - added.length);
  return { baseline: { factor, offset: direction * limit }, number };
}

/** What was meant by a bare number that lacks its unit. */
function nearestNumber(bare: string, dimension: Dimension): string | undefined {
  if (!/^\d+(\.\d+)?$/.test(bare)) return undefined;
  if (dimension === 'duration') return `did you mean ${bare}ms?`;
  if (dimension === 'bytes-per-hour') return `did you mean ${bare}MiB/h?`;
  return dimension === 'ratio' && Number(bare) > 1 && Number(bare) <= 100 ? `did you mean ${bare}%?` : undefined;
}
