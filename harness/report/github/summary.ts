import type { Language } from '../report-input.js';
import { textOf } from '../text/index.js';

/** A step's summary may hold 1 MiB; more, and GitHub shows nothing of it. */
const mostBytes = 1_000_000;

const encoder = new TextEncoder();

/** Markdown as a step's summary: where it is too long its beginning, which holds the verdict, with a sentence that says so. */
export function fitSummary(markdown: string, language: Language, most = mostBytes): string {
  if (encoder.encode(markdown).length <= most) return markdown;
  const kept: string[] = [];
  let bytes = 0;
  let fence = '';
  let folded = 0;
  for (const line of markdown.split('\n')) {
    bytes += encoder.encode(line).length + 1;
    if (bytes > most - 1000) break;
    kept.push(line);
    const ticks = /^`{3,}/.exec(line)?.[0] ?? '';
    if (fence === '') fence = ticks;
    else if (ticks === fence) fence = '';
    if (line.startsWith('<details>')) folded += 1;
    if (line === '</details>') folded -= 1;
  }
  return [...kept, ...(fence === '' ? [] : [fence]), ...Array.from({ length: folded }, () => '\n</details>'), '', textOf(language).ci.cut, ''].join('\n');
}
