import { parse } from 'yaml';
import { pathText, type Located, type LocatedScalar, type Path, type Problem } from './located.js';

/** `$${` is a literal `${`; else `${NAME}` or `${NAME:-default}`; anything else after `${` is a mistake. */
const reference = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}|\$\{/g;

/** One value of the environment, and the path of the text it was put into. */
export interface PutValue {
  value: string;
  path: string;
}

/**
 * Puts environment variables into every text, and notes in `values` what was put where; a default is not noted. As in a shell,
 * `:-` also stands in for an empty variable.
 */
export function substitute(node: Located, variable: (name: string) => string | undefined, problems: Problem[], values: PutValue[], path: Path = []): Located {
  if (node.kind === 'list') return { ...node, items: node.items.map((item, i) => substitute(item, variable, problems, values, [...path, i])) };
  if (node.kind === 'map') {
    const entries = new Map([...node.entries].map(([key, entry]) => [key, { ...entry, node: substitute(entry.node, variable, problems, values, [...path, key]) }] as const));
    return { ...node, entries };
  }
  if (typeof node.value !== 'string' || !node.value.includes('${')) return node;
  let put = false;
  const complain = (sentence: string): string => {
    problems.push({ place: node.place, path: pathText(path), sentence });
    return '';
  };
  const value = node.value.replace(reference, (whole, name: string | undefined, otherwise: string | undefined) => {
    if (whole === '$${') return '${';
    if (name === undefined) return complain('expected ${NAME} or ${NAME:-default}; write $${ for a literal ${');
    put = true;
    const found = variable(name);
    if (found !== undefined && (found !== '' || otherwise === undefined)) {
      values.push({ value: found, path: pathText(path) });
      return found;
    }
    return otherwise ?? complain(`the environment variable ${name} is not set; give it, or a default as in \${${name}:-default}`);
  });
  return { ...node, value, textPlace: null, fromEnvironment: put };
}

/** Where the schema knows only numbers, durations and words of its own: nothing there can be a secret, and hiding it would hide the question. */
const withoutSecrets = /^(?!load\.job\.(?:command|cwd|env)\b)(?:(?:extends|load|dataset|telemetry|answers|gates|policy|record)(?:$|[.[])|request$|request\.\w+\.(?:range|threshold)\b|server\.(?:simulated\b|(?:\w+\.)?readyTimeout$|reference\.(?:simulated\b|(?:precision|execution|batching|bucket|maxBatch|maxDelay|tokenBudget|intraThreads|cache|workers|port|normalize|maxChars|deadline|inferLimit|fallback|fault)\b|(?:\w+\.)?restart\b)))/;
/** Shorter values stand in many texts by chance. */
const leastCharacters = 4;

/** The distinct values that came from the environment into free text and may be secrets, in the order of the scenario. */
export function valuesPut(values: readonly PutValue[]): string[] {
  return [...new Set(values.filter(({ value, path }) => value.length >= leastCharacters && !withoutSecrets.test(path)).map(({ value }) => value))];
}

/** A substituted text read as YAML would have read it unquoted, where that is a number or a truth value. */
export function retyped(node: LocatedScalar): LocatedScalar {
  if (!node.fromEnvironment || typeof node.value !== 'string' || !/^\s*(?:[-+.\d][\d.eE+-]*|true|false)\s*$/.test(node.value)) return node;
  const value: unknown = parse(node.value);
  return typeof value === 'number' || typeof value === 'boolean' ? { ...node, value } : node;
}
