/** A line of a job's stdout: words for people, or a JSON object with numbers in it. */

/** `values`: each numeric field by name; null = it was NaN or infinite. */
export type JobLine = { kind: 'text' } | { kind: 'malformed' } | { kind: 'values'; values: (readonly [string, number | null])[] };

/** Maps inside maps are read down to here: deeper ones are data, not figures. */
const deepest = 4;
const longestName = 80;

/** Stands for NaN while the line is read; a control character, so that no text of a program is it. */
const notFinite = '\u0000not finite';

/**
 * Reads one line. What does not begin with `{` is text. Numbers inside maps are named by their path, with dots; texts, truth values, nulls and
 * lists are no figures. NaN and Infinity, which Python writes although JSON has neither, are read as what they are.
 */
export function readJobLine(line: string): JobLine {
  const text = line.trim();
  if (!text.startsWith('{')) return { kind: 'text' };
  // The closing quote is optional: a text without one is then passed over once, not tried again from each quote in it.
  const read = parse(text) ?? parse(text.replace(/"(?:[^"\\]|\\[^])*"?|-?\b(?:NaN|Infinity)\b/g, (word) => (word.startsWith('"') ? word : JSON.stringify(notFinite))));
  if (read === null) return { kind: 'malformed' };
  const values: [string, number | null][] = [];
  collect(read, '', 1, values);
  return { kind: 'values', values };
}

function parse(text: string): object | null {
  try {
    return JSON.parse(text) as object;
  } catch {
    return null;
  }
}

function collect(map: object, prefix: string, depth: number, values: [string, number | null][]): void {
  for (const [key, value] of Object.entries(map) as [string, unknown][]) {
    const name = `${prefix}${key}`.replace(/\p{Cc}/gu, '').slice(0, longestName);
    if (typeof value === 'number') values.push([name, Number.isFinite(value) ? value : null]);
    else if (value === notFinite) values.push([name, null]);
    else if (typeof value === 'object' && value !== null && !Array.isArray(value) && depth < deepest) collect(value, `${name}.`, depth + 1, values);
  }
}
