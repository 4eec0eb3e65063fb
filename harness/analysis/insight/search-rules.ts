/** What a search for the highest rate found. */
import { insight, type Rule } from './rule.js';

/** Both ends of the interval are known and the lower one is confirmed. */
export const capacity: Rule = ({ record, search }) => {
  const end = search?.end;
  if (!search || end?.kind !== 'found' || end.lowRps === null || end.highRps === null) return null;
  return insight('capacity', 'good', null, { lowRps: end.lowRps, highRps: end.highRps, confirmed: end.confirmed, sent: search.sent, probes: record.search?.probes.length ?? 0 });
};

/** This machine could not drive rates above: the lowest of them, why, and how many probes that cost. */
export const capacityMachine: Rule = ({ record, search }) => {
  const { kind, lowRps } = search?.end ?? {};
  if (kind !== 'machine' || lowRps === undefined || lowRps === null) return null;
  const lost = (record.search?.probes ?? []).filter(({ rateRps, reason }) => rateRps > lowRps && reason.code === 'invalid');
  const [first] = lost.toSorted((x, y) => x.rateRps - y.rateRps);
  if (first === undefined) return null;
  return insight('capacity-machine', 'warn', null, { lowRps, rateRps: first.rateRps, code: String(first.reason.params['why'] ?? ''), probes: lost.length });
};

/** The server does not grow slower towards its limit: it falls. */
export const capacityCliff: Rule = ({ search }) => {
  const { lowRps, highRps } = search?.end ?? { lowRps: null, highRps: null };
  if (!search?.cliff || lowRps === null || highRps === null) return null;
  const { gate, limitMs, lowMs, highMs } = search.cliff;
  return insight('capacity-cliff', 'warn', null, { lowRps, highRps, lowMs, highMs: highMs ?? '∞', limitMs, gate });
};
