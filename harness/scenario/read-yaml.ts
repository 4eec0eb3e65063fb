import { isAlias, isMap, isScalar, isSeq, LineCounter, parseAllDocuments, Scalar, type Document, type Node, type YAMLError } from 'yaml';
import type { Located, Place, Problem } from './located.js';
import { mergeLocated } from './merge.js';

/** More parts than any scenario has: anchors that multiply themselves stop here. */
const mostParts = 20_000;

/** What a YAML text says, and every mistake in its form. `root` is undefined when there is nothing usable; a key written twice leaves it usable. */
export interface YamlRead {
  root?: Located;
  problems: Problem[];
}

const lostItsWay = /token in YAML stream/;

/** Reads one YAML document. Places are made by `where`, so that a file and an argument can both be the source. */
export function readYaml(text: string, where: (line: number, column: number) => Place): YamlRead {
  const lines = new LineCounter();
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return where(Math.max(1, line), Math.max(1, col));
  };
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true, strict: true });
  const problems: Problem[] = [];
  const duplicates: Problem[] = [];
  const [document, second] = 'empty' in documents ? [] : documents;
  for (const each of 'empty' in documents ? [] : documents) {
    // One slip makes the parser complain again and again about the rest of its line and, where it has lost its way, about every key below: the first
    // complaint is the true one.
    const complained = new Set<number>();
    for (const error of [...each.errors, ...each.warnings]) {
      if (error.code === 'DUPLICATE_KEY') {
        duplicates.push({ place: placeAt(error.pos[0]), path: '', sentence: 'this key is written twice in the same map' });
        continue;
      }
      if (complained.size > 0 && lostItsWay.test(error.message)) continue;
      const { line } = lines.linePos(error.pos[0]);
      if (!complained.has(line)) problems.push({ place: placeAt(error.pos[0]), path: '', sentence: yamlSentence(error, text.split('\n')[line - 1] ?? '') });
      complained.add(line);
    }
  }
  if (second !== undefined) problems.push({ place: placeAt(second.range[0]), path: '', sentence: 'a second document begins here: one file holds one scenario' });
  const root = problems.length > 0 || !document ? undefined : locate(document, text, placeAt, problems);
  const all = [...problems, ...duplicates];
  return root === undefined || problems.length > 0 ? { problems: all } : { root, problems: all };
}

/** Tabs in plain words; the rest as the parser says it. */
function yamlSentence(error: YAMLError, line: string): string {
  if (error.code === 'TAB_AS_INDENT') return 'a tab cannot indent YAML: use spaces';
  const [first = ''] = error.message.split('\n');
  const quote = /[[{].*\$\{/.test(line) ? '; inside { } and [ ] a ${…} must stand in quotes' : '';
  return `not valid YAML: ${first.charAt(0).toLowerCase()}${first.slice(1)}${quote}`;
}

function locate(document: Document.Parsed, text: string, placeAt: (offset: number) => Place, problems: Problem[]): Located | undefined {
  let parts = 0;
  const open = new Set<Node>();
  const visit = (node: unknown, fallback: Place): Located | undefined => {
    if (parts > mostParts) return undefined;
    parts += 1;
    if (parts > mostParts) problems.push({ place: fallback, path: '', sentence: `more than ${String(mostParts)} values: anchors repeat themselves too often` });
    if (isAlias(node)) {
      const target = node.resolve(document);
      if (target !== undefined && !open.has(target)) return visit(target, fallback);
      problems.push({ place: fallback, path: '', sentence: target === undefined ? `there is no anchor &${node.source} above` : `the anchor &${node.source} contains itself` });
      return undefined;
    }
    const place = hasRange(node) ? placeAt(node.range[0]) : fallback;
    if (isScalar(node)) return scalarOf(node, place, text);
    if (isSeq(node)) {
      open.add(node);
      const items = node.items.map((item) => visit(item, place)).filter((item) => item !== undefined);
      open.delete(node);
      return { kind: 'list', items, place };
    }
    if (!isMap(node)) return { kind: 'scalar', value: null, place, textPlace: null, fromEnvironment: false };
    open.add(node);
    const entries = new Map<string, { key: Place; node: Located }>();
    for (const pair of node.items) {
      const key = hasRange(pair.key) ? placeAt(pair.key.range[0]) : place;
      if (!isScalar(pair.key) || pair.key.value === null || typeof pair.key.value === 'object') {
        problems.push({ place: key, path: '', sentence: 'a key must be a word' });
        continue;
      }
      const child = visit(pair.value, key);
      if (!child) continue;
      const name = String(pair.key.value);
      const earlier = entries.get(name);
      // A key written twice: both values stay in sight where both are maps, so that the mistakes in the first are found too.
      entries.set(name, { key, node: earlier ? mergeLocated(earlier.node, child, [name]) : child });
    }
    open.delete(node);
    return { kind: 'map', entries, place };
  };
  return visit(document.contents, placeAt(0));
}

function hasRange(node: unknown): node is { range: [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
}

function scalarOf(node: Scalar, place: Place, text: string): Located {
  const raw = node.value;
  const value = raw === null || typeof raw === 'string' || typeof raw === 'number' || typeof raw === 'boolean' ? raw : String(raw);
  const quoted = node.type === Scalar.QUOTE_DOUBLE || node.type === Scalar.QUOTE_SINGLE;
  const start = (node.range?.[0] ?? 0) + (quoted ? 1 : 0);
  // Escapes and folded lines shift columns: only text that stands in the file as it is can be pointed into.
  const asWritten = (quoted || node.type === Scalar.PLAIN) && typeof value === 'string' && text.startsWith(value, start);
  const textPlace = asWritten && 'file' in place ? { ...place, column: place.column + (quoted ? 1 : 0) } : null;
  return { kind: 'scalar', value, place, textPlace, fromEnvironment: false };
}
