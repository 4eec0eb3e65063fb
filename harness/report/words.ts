/**
 * Codes into words. A record may be younger than this program, so an unknown code is shown as it is, with its values:
 * never dropped, never `undefined`.
 */
import type { Insight } from '../model/insight.js';
import type { ValidityReason } from '../model/validity.js';
import type { RunRecord } from '../model/record.js';
import type { Series } from '../model/series.js';
import type { Check } from '../model/verdict.js';
import { factWords } from './fact-words.js';
import { count, plain, type Raw } from './number.js';
import type { Text } from './text/index.js';
import { listEvidence, type Evidence, type Sentence } from './text/text-code.js';
import { validityFigure } from './validity-figure.js';

/** The entry of a table, and nothing inherited: keys come from outside. */
export function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** Name of a class, an oracle, a phase of the server, … or the word itself. */
export function nameIn(table: Readonly<Record<string, string>>, key: string): string {
  return own(table, key) ?? key;
}

/** `http-503` → "HTTP status 503"; unknown kinds as they are. */
export function errorWords(text: Text, kind: string): string {
  const status = /^http-(\d{3})$/.exec(kind)?.[1];
  return own(text.codes.errorKinds, kind) ?? (status === undefined ? kind : text.codes.httpStatus(status));
}

/** A reason in the record: a code, or prose of which the language may have its own version; other prose stands as a quotation where it is in another language. */
export function reasonWords(text: Text, why: string | null, otherwise: string): string {
  if (why === null || why === '') return otherwise;
  return own<Sentence>(text.codes.absence, why)?.({}) ?? own(text.codes.gpuAbsent, why) ?? own(text.codes.prose, why) ?? (/\s/.test(why) ? text.codes.said(why) : why);
}

/** What ended the run early: the record's own sentence, which has the detail; in another language after what the code means. Without a final stop. */
export function failureWords(text: Text, { code, message }: { code: string; message: string }): string {
  const known = own(text.codes.failures, code);
  if (message === '') return known?.what ?? code;
  return known === undefined || text.codes.native ? text.codes.said(message) : text.codes.withOriginal(known.what, message);
}

/** What to do about it; '' where nothing is known. */
export function hintWords(text: Text, { code, hint }: { code: string; hint: string }): string {
  const known = own(text.codes.failures, code)?.hint;
  if (hint === '') return known ?? '';
  return known === undefined || text.codes.native ? hint : text.codes.withOriginal(known, hint);
}

const withDetail: ReadonlySet<string> = new Set(['container-left', 'bad-lines', 'own-pairs-drawn', 'rate-unbearable', 'users-unbearable', 'budget-too-small']);

/** A note of the run: its code in words, or its own text. */
export function warningWords(text: Text, warning: RunRecord['warnings'][number]): string {
  const known = own(text.codes.warnings, warning.code);
  // Its own text names lines and numbers, which no code can.
  if (known !== undefined && withDetail.has(warning.code)) return text.codes.native ? warning.text : text.codes.withOriginal(known, warning.text);
  return known ?? reasonWords(text, warning.text, warning.code);
}

/** Why there are no GPU figures; null when there are. */
export function gpuAbsenceWords(text: Text, record: RunRecord): string | null {
  if (record.gpu === null) return text.notMeasured;
  return record.gpu.status === 'present' ? null : gpuWhy(text, record.gpu.code, record.gpu.why);
}

/** Why there are no CPU and memory of the server; null where there may be. */
export function serverAbsenceWords(text: Text, record: RunRecord): string | null {
  return record.plan.server.kind === 'url' ? text.caption.serverNotOurs : null;
}

/** What the driver itself said is kept where the code alone does not tell what to mend. */
function gpuWhy(text: Text, code: string, why: string): string {
  const known = own(text.codes.gpuAbsent, code);
  if (known === undefined) return why;
  return code === 'failed' || code === 'no-driver' ? `${known}${text.aside(why)}` : known;
}

/** Evidence as it is spoken: kinds of errors, oracles, states and codes by their names, numbers untouched. */
function spoken(text: Text, { id, evidence }: Insight): Evidence {
  const words: Record<string, Raw> = { ...evidence };
  const { kind, oracle, status, code, why, family, group, what } = evidence;
  if (typeof family === 'string') words['family'] = nameIn(text.codes.families, family);
  if (typeof group === 'string') words['group'] = nameIn(text.codes.probeGroups, group);
  if (typeof what === 'string') words['what'] = nameIn(text.shapes.quantities, what);
  if (typeof kind === 'string') words['kind'] = errorWords(text, kind);
  if (typeof oracle === 'string') words['oracle'] = nameIn(text.codes.oracles, oracle);
  if (typeof status === 'string') words['status'] = nameIn(text.outcome.stageStatus, status);
  if (id === 'no-gpu' && typeof code === 'string') words['why'] = gpuWhy(text, code, String(why));
  if (id === 'capacity-machine' && typeof code === 'string') words['code'] = own(text.codes.validity, code)?.name ?? code;
  if (id === 'generator-limit' && typeof code === 'string') {
    Object.assign(words, { code: own(text.codes.validity, code)?.name ?? code }, validityFigure({ code, value: evidence['value'], limit: evidence['limit'] }));
  }
  return words;
}

/** CPU and memory are read where the server's processes are ours: not behind a URL, not in a simulation. */
function serverMeasured(series: readonly Series[]): boolean {
  return series.some(({ source, metric, v }) => source === 'server' && metric === 'cpuS' && v.some((value) => value !== null));
}

/** A finding's sentence and advice. `series` are the record's: what a finding may promise of other numbers depends on them. */
export function findingWords(text: Text, insight: Insight, series: readonly Series[]): { sentence: string; advice: string } {
  const known = own(text.codes.findings, insight.id);
  if (known) {
    const promise = insight.id === 'no-gpu' && serverMeasured(series) ? `${text.sentenceSpace}${text.codes.cpuMeasured}` : '';
    return { sentence: known.sentence(spoken(text, insight)), advice: `${known.advice}${promise}` };
  }
  return { sentence: `${insight.id}${text.colon}${listEvidence(insight.evidence, plain)}`, advice: text.codes.unknownAdvice };
}

/** Why a stage is suspect or invalid. */
export function validityWords(text: Text, { code, params, value, limit }: ValidityReason): string {
  const { why } = params;
  const all: Evidence = { ...params, value, limit, ...(typeof why === 'string' ? { why: reasonWords(text, why, text.notMeasured) } : {}) };
  return own(text.codes.validity, code)?.sentence(all) ?? `${code}${text.colon}${listEvidence(all, plain)}`;
}

/** Why a check came out as it did. */
export function checkWords(text: Text, { reason: { code, params } }: Pick<Check, 'reason'>): string {
  const { oracle, why, kinds: named } = params;
  const kinds = Object.entries(params).flatMap(([name, n]) => (name.startsWith('kind:') ? [`${errorWords(text, name.slice('kind:'.length))} × ${count(n)}`] : []));
  const known = own<Sentence>(text.codes.checks, code);
  if (known) {
    return known({ ...params, facts: factWords(text, params), kinds: typeof named === 'string' ? named : kinds.join(text.listSeparator), ...(typeof oracle === 'string' ? { oracleName: nameIn(text.codes.oracles, oracle) } : {}), ...(typeof why === 'string' ? { why: reasonWords(text, why, text.notMeasured) } : {}) });
  }
  return Object.keys(params).length === 0 ? code : `${code}${text.colon}${listEvidence(params, plain)}`;
}

/** Why a stage is invalid, in a headline that holds only the reason's code, value and limit. */
export function invalidWords(text: Text, code: string, value: Raw, limit: Raw): string {
  const name = own(text.codes.validity, code)?.name ?? code;
  const figure = validityFigure({ code, value, limit });
  if (typeof value !== 'number') return name;
  return `${name}${text.colon}${figure.value}${typeof limit === 'number' ? `${text.listSeparator}${text.gates.limitOf(figure.limit)}` : ''}`;
}
