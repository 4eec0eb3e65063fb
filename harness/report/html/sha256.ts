/**
 * SHA-256 (FIPS 180-4) of a UTF-8 text as base64, for the page's own Content-Security-Policy.
 *
 * Written out because this half of the program imports nothing from Node: the hash has to follow the style sheet by itself,
 * or the browser would silently drop the style.
 */

/** First 32 bits of the fractional parts of the n-th roots of the first primes (FIPS 180-4 §4.2.2, §5.3.3). */
function rootBits(count: number, power: number): Uint32Array {
  const words: number[] = [];
  for (let candidate = 2; words.length < count; candidate += 1) {
    let prime = true;
    for (let divisor = 2; divisor * divisor <= candidate; divisor += 1) if (candidate % divisor === 0) prime = false;
    if (prime) words.push(fractionBits(candidate, power));
  }
  return Uint32Array.from(words);
}

/** Exact: integer root of candidate · 2^(32·power), low 32 bits. Floating point would depend on the machine's `pow`. */
function fractionBits(value: number, power: number): number {
  const target = BigInt(value) << BigInt(32 * power);
  let low = 0n;
  let high = 1n << 40n;
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if (middle ** BigInt(power) <= target) low = middle;
    else high = middle - 1n;
  }
  return Number(low & 0xffffffffn);
}

const roundConstants = rootBits(64, 3);
const initialState = rootBits(8, 2);

const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

function padded(bytes: Uint8Array): DataView {
  const length = Math.ceil((bytes.length + 9) / 64) * 64;
  const block = new Uint8Array(length);
  block.set(bytes);
  block[bytes.length] = 0x80;
  const view = new DataView(block.buffer);
  view.setUint32(length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(length - 4, (bytes.length * 8) >>> 0);
  return view;
}

function compress(state: Uint32Array, view: DataView, at: number): void {
  const schedule = new Uint32Array(64);
  const word = (i: number): number => schedule[i] ?? 0;
  for (let i = 0; i < 64; i += 1) {
    if (i < 16) schedule[i] = view.getUint32(at + 4 * i);
    else {
      const s0 = rotate(word(i - 15), 7) ^ rotate(word(i - 15), 18) ^ (word(i - 15) >>> 3);
      const s1 = rotate(word(i - 2), 17) ^ rotate(word(i - 2), 19) ^ (word(i - 2) >>> 10);
      schedule[i] = word(i - 16) + s0 + word(i - 7) + s1;
    }
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let i = 0; i < 64; i += 1) {
    const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const t1 = (h + sum1 + ((e & f) ^ (~e & g)) + (roundConstants[i] ?? 0) + word(i)) | 0;
    const t2 = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((value, i) => {
    state[i] = (state[i] ?? 0) + value;
  });
}

/** base64 of the SHA-256 of `text` in UTF-8. */
export function sha256Base64(text: string): string {
  const view = padded(new TextEncoder().encode(text));
  const state = Uint32Array.from(initialState);
  for (let at = 0; at < view.byteLength; at += 64) compress(state, view, at);
  return btoa(Array.from(state, (word) => String.fromCharCode(word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255)).join(''));
}
