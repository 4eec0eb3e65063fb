/** English that a Chinese reader would meet: words that are no name, no key, no flag and no unit. */
import { metrics } from '../../../harness/model/metric.js';
import { scenarioJsonSchema, type JsonSchema } from '../../../harness/scenario/json-schema.js';

/** Every key of a scenario, and every word that can be its value. */
function wordsOf(schema: JsonSchema): string[] {
  const children = [...Object.values(schema.properties ?? {}), ...Object.values(schema.patternProperties ?? {}), ...(schema.anyOf ?? []), ...(schema.items === undefined ? [] : [schema.items]), ...(typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : [])];
  return [...Object.keys(schema.properties ?? {}), ...(schema.enum ?? []).map(String), ...children.flatMap(wordsOf)];
}

/** Names of programs, formats, protocols and units, which are the same in every language. */
const names = `
  mgeo bench address mini shape base bi node go linux macos debian docker compose github gitlab jenkins ci nvidia smi gpu gpus cpu vram cuda mib gib kib mb gb us ms min rps auc f1 ai vllm cohere jina kserve modelscope text embeddings inference rerank
  json jsonl yaml csv tsv xml html http https url tls grpc sigterm sigkill posix utf gb18030 gbk excel zip parquet gunzip tf idf mgeo stderr stdout shell bash zsh fish tmpdir path lang dir file log run runs out arm arms other target action first second gates wait
  fit serve report gate compare history doctor init completion install source torch git
  true false null must should
  xeon epyc synthetic openmetrics bencher junit markdown benchmark e divisive post get health ready similarity pairs
`;

const known: ReadonlySet<string> = new Set([
  ...wordsOf(scenarioJsonSchema()), ...Object.keys(metrics), ...Object.values(metrics).flatMap(({ aggregations, selectors }) => [...Object.keys(aggregations), ...selectors]),
  ...names.trim().split(/\s+/), 'p', 's', 'h', 'm', 'x',
].map((word) => word.toLowerCase()));

/** The words that are left, but for those of `also`. What is quoted, a path, a flag, a number with its unit and code in braces is a name. */
export function leftoverEnglish(text: string, also: readonly string[] = []): string[] {
  const plain = text
    .replace(/\u001b\[[\d;]*m/g, '')
    .replace(/\b[0-9a-f]{8,}\b/g, ' ')
    .replace(/“[^”]*”|"[^"]*"|`[^`]*`|'[^']*'/g, ' ')
    .replace(/\$?\{[^{}]*\}|\[[^[\]]*\]|<[^<>]*>/g, ' ')
    .replace(/https?:\/\/[^\s，。；）]+/g, ' ')
    .replace(/[A-Za-z]+(?:-[A-Za-z0-9]+)+/g, ' ')
    .replace(/-{1,2}[a-z][\w-]*(?:[ =][A-Za-z][\w.:/,{}|-]*)?/g, ' ')
    .replace(/[\w$&*.-]*[./_=<>()[\]{}:@+*|][\w./=<>()[\]{}:@%+*|-]*/g, ' ');
  return (plain.match(/[A-Za-z][A-Za-z0-9]*/g) ?? []).filter((word) => word.length > 1 && !known.has(word.toLowerCase()) && !also.includes(word) && word !== word.toUpperCase());
}
