import type { Centre } from './lexicon.js';

const earthRadiusKm = 6371.0088;
const radians = Math.PI / 180;

/** Great-circle distance in km (haversine formula, mean earth radius of the IUGG). */
export function distanceKm(a: Centre, b: Centre): number {
  const dLatitude = (b.latitude - a.latitude) * radians;
  const dLongitude = (b.longitude - a.longitude) * radians;
  const h =
    Math.sin(dLatitude / 2) ** 2 +
    Math.cos(a.latitude * radians) * Math.cos(b.latitude * radians) * Math.sin(dLongitude / 2) ** 2;
  return 2 * earthRadiusKm * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Two addresses in these areas are more than this far apart, km. */
export const certifiedKm = 5;

/**
 * The certificate of a low pair: distance of the centres > 5 km + both radii. `undefined` when it does not hold.
 * A different district alone proves nothing: one in ten pairs of districts of a city have their seats within 5 km.
 */
export function certifyFar(a: Centre | undefined, b: Centre | undefined): number | undefined {
  if (a?.radiusKm === undefined || b?.radiusKm === undefined) return undefined;
  const km = distanceKm(a, b);
  // Rounded first, so that the stored figure itself fulfils the rule and no platform's last bit can change a pair.
  const rounded = Math.round(km * 10) / 10;
  return rounded > certifiedKm + a.radiusKm + b.radiusKm ? rounded : undefined;
}
