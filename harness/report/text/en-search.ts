/** A search for the highest rate, in English. This file is the type of its words in every language. */
import type { SearchEnd } from '../../model/search.js';
import { count, percent, plain, rps, seconds } from '../number.js';
import type { Evidence, Sentence } from './text-code.js';

const from = (v: Evidence): string => `${plain(v['lowRps'])} requests/s`;
const times = (n: Evidence[string]): string => (n === 1 ? 'once' : `${count(n)} times`);
const shares = (v: Evidence): string => `${plain(v['gate'])}: ${count(v['bad'])} of ${count(v['n'])} requests lie beyond the limit`;

/** How a search ended, without a final stop. */
const ends: Readonly<Record<SearchEnd['kind'], Sentence>> = {
  'found': (v) => `Highest rate within the SLO: ${from(v)} (between ${plain(v['lowRps'])} and ${plain(v['highRps'])}), confirmed ${times(v['confirmed'])}`,
  'machine': (v) => `At least ${from(v)} are within the SLO, confirmed ${times(v['confirmed'])}; above that the load generator could not keep to its schedule on this machine, so the machine and not the server set the end${typeof v['highRps'] === 'number' ? ` (${plain(v['highRps'])} failed)` : ''}`,
  'unbounded': (v) => `At least ${from(v)} are within the SLO, confirmed ${times(v['confirmed'])}; above that nothing could be shown to fail, so the upper end is not known`,
  'highest-passes': (v) => `Even the highest rate of the search, ${from(v)}, is within the SLO: give a higher load.search.to`,
  'lowest-fails': () => 'The lowest rate of the search is not within the SLO: give a lower load.search.from',
  'lowest-undecided': () => 'The lowest rate of the search could not be decided, so nothing was found',
  'budget': (v) => `The budget was spent before the search ended: ${typeof v['lowRps'] === 'number' ? `${from(v)} passed${typeof v['highRps'] === 'number' ? ` and ${plain(v['highRps'])} failed` : ''}, confirmed ${times(v['confirmed'])}` : 'no rate had passed'}; load.search.budget: ${plain(v['neededS'])}s would have been enough`,
};

export const search = {
  title: 'Search for the highest rate',
  probe: 'Probe', rate: 'Rate (req/s)', purpose: 'Purpose', state: 'State', why: 'Why', requests: 'Requests', window: 'Window',
  terminal: 'probe',
  chartX: 'probe', chartY: 'requests/s asked (logarithmic)',
  purposes: { bracket: 'upwards', bisect: 'between', confirm: 'confirming' },
  states: { pass: 'pass', fail: 'fail', undecided: 'undecided' },
  reasons: {
    'within': (v: Evidence) => `${shares(v)}, fewer than the ${percent(v['allowed'])} that may`,
    'beyond': (v: Evidence) => `${shares(v)}, more than the ${percent(v['allowed'])} that may`,
    'unstable': (v: Evidence) => `arrivals exceed service: ${rps(v['askedRps'])} asked, ${rps(v['endedRps'])} ended`,
    'too-few': (v: Evidence) => (v['gate'] === undefined ? 'no gate could be counted' : `${shares(v)}; ${percent(v['allowed'])} may, and that cannot be told apart${typeof v['needed'] === 'number' ? `: ${count(v['needed'])} requests would` : ''}`),
    'invalid': (v: Evidence) => `the measurement is not valid: ${plain(v['why'])}`,
  },
  ends,
  unended: 'The run ended before the search did.',
  summary: (probes: string, sent: string, took: string) => `${probes} probes, ${sent} requests in all, ${took}.`,
  note: 'Each probe is a stage of open load at one rate. It passes or fails where the share of bad requests (slower than the limit, failed or never ended) is shown to be small enough or too large at 99% confidence (the early-stopping rule of MLPerf LoadGen); all else is undecided and never counts as a pass. Gates and findings speak of the found rate alone.',
  load: (low: string, high: string, resolution: string, process: string) => `search: the highest rate from ${low} to ${high} requests/s to ${resolution}, ${process}`,
  tip: (probe: string, rate: string, state: string, purpose: string) => `probe ${probe}: ${rate} requests/s, ${state} (${purpose})`,
  took: seconds,
};

/** The words of a search. */
export type SearchText = typeof search;
