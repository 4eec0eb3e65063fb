import type { SearchProbe } from '../../model/search.js';
import { groupDigits, trim } from '../../model/unit.js';
import type { CliText } from '../text/index.js';

/** "pass, latency p(95)<100ms: 12 of 2,400 beyond it, fewer than 5 % may be". */
export function probeText({ state, purpose, reason: { code, params } }: SearchProbe, { search }: CliText): string {
  const { gate, bad, n, allowed, needed, why } = params;
  const word = `${search.states[state] ?? state}${purpose === 'confirm' ? search.confirming : ''}`;
  if (code === 'invalid') return `${word}${search.invalid(String(why))}`;
  if (code === 'unstable') return `${word}${search.unstable(trim(Number(params['endedRps'])), trim(Number(params['askedRps'])))}`;
  const counted = gate === undefined ? '' : search.counted(String(gate), groupDigits(String(bad)), groupDigits(String(n)), trim(Number(allowed) * 100));
  return `${word}${counted}${needed === undefined ? '' : search.needed(groupDigits(String(needed)))}`;
}
