/** A search in words and cells, the same in every output. */
import type { RunRecord } from '../model/record.js';
import type { SearchProbe } from '../model/search.js';
import { count, plain, seconds } from './number.js';
import type { ReportInput } from './report-input.js';
import type { Text } from './text/index.js';
import { own } from './words.js';

export const probeSymbol = { pass: '✓', fail: '✗', undecided: '?' } as const;

/** "✓ pass" */
export function probeState({ state }: SearchProbe, text: Text): string {
  return `${probeSymbol[state]} ${text.search.states[state]}`;
}

/** Why a probe came out as it did. */
export function probeWhy({ reason: { code, params } }: SearchProbe, text: Text): string {
  const { why } = params;
  return text.search.reasons[code]({ ...params, ...(typeof why === 'string' ? { why: own(text.codes.validity, why)?.name ?? why } : {}) });
}

/** One row a probe: number, rate, purpose, state, requests, window, why. */
export function probeRows({ search }: RunRecord, text: Text): string[][] {
  return (search?.probes ?? []).map((probe, i) => [
    String(i + 1), plain(probe.rateRps), text.search.purposes[probe.purpose], probeState(probe, text), count(probe.due), seconds(probe.durationS), probeWhy(probe, text),
  ]);
}

/** Titles of `probeRows`. */
export function probeHead({ search: s }: Text): string[] {
  return [s.probe, s.rate, s.purpose, s.state, s.requests, s.window, s.why];
}

/** How the search ended, one sentence with its stop, and what it took. */
export function searchSentence({ record: { search }, analysis }: ReportInput, text: Text): string {
  const end = search?.end ? `${text.search.ends[search.end.kind]({ ...search.end })}${text.stop}` : text.search.unended;
  return `${end}${text.sentenceSpace}${text.search.summary(count(search?.probes.length ?? 0), count(analysis.search?.sent ?? 0), seconds(analysis.search?.tookS ?? 0))}`;
}
