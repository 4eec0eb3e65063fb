/** Rates for which a table of replicas is shown. */

/** Round rates reach from what one replica is given to so many times as much, or so far around the rates that were asked. */
const upTo = 20;
const around = 4;

/** The asked rates and round ones (1, 2, 5 times a power of ten) around them; without any asked, around what one replica is given. Ascending, none twice. */
export function targetRates(askedRps: readonly number[], perReplicaRps: number): { targetRps: number; asked: boolean }[] {
  const asked = new Set(askedRps);
  const [from, to] = asked.size === 0 ? [perReplicaRps, upTo * perReplicaRps] : [Math.min(...asked) / around, Math.max(...asked) * around];
  return [...new Set([...asked, ...roundRates(from, to)])].sort((x, y) => x - y).map((targetRps) => ({ targetRps, asked: asked.has(targetRps) }));
}

/** 1, 2 and 5 times the powers of ten from `from` to `to`, both included; of a span of many decades the powers alone. */
function roundRates(from: number, to: number): number[] {
  const steps = to / from > 1e3 ? [1] : [1, 2, 5];
  const rates: number[] = [];
  for (let power = Math.floor(Math.log10(from)); 10 ** power <= to; power += 1) {
    rates.push(...steps.map((step) => Number((step * 10 ** power).toPrecision(1))).filter((rate) => rate >= from && rate <= to));
  }
  return rates;
}
