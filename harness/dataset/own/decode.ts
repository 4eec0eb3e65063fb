import { isAscii, isUtf8 } from 'node:buffer';
import { unusable } from './fail.js';

export type OwnEncoding = 'utf-8' | 'gb18030';

/** Bytes to text, piece by piece. */
export interface TextDecoding {
  push(piece: Uint8Array): string;
  /** What the last piece left over. */
  end(): string;
  /** What the bytes turned out to be; plain ASCII counts as UTF-8. */
  encoding(): OwnEncoding;
}

/** Bytes that open files which are no text, and what to do with such a file. */
const signatures: readonly (readonly [readonly number[], string, string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'is an Excel workbook or another zip archive, not text', 'Save the sheet as CSV (UTF-8).'],
  [[0x1f, 0x8b], 'is compressed', 'Unpack it first: gunzip FILE.'],
  [[0x50, 0x41, 0x52, 0x31], 'is a Parquet file, not text', 'Export it as CSV or JSON Lines.'],
  [[0xff, 0xfe], 'is UTF-16 (little-endian) text', 'Save it as UTF-8.'],
  [[0xfe, 0xff], 'is UTF-16 (big-endian) text', 'Save it as UTF-8.'],
];

/** So many bytes beyond ASCII are valid UTF-8 by chance in less than one GB18030 text of a million. */
const tellingBytes = 24;

/**
 * Decodes UTF-8 or GB18030. `auto` decides at the first piece that holds more than ASCII: UTF-8 where it is valid, else what leaves fewer
 * holes. An encoding that was asked for is checked there, too. What cannot be read later on becomes U+FFFD. Throws dataset-unusable.
 */
export function createDecoding(name: string, wanted: 'auto' | OwnEncoding): TextDecoding {
  let decided: OwnEncoding | null = null;
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  let first = true;
  let lines = 0;
  return {
    push(piece) {
      if (first) checkSignature(name, piece);
      first = false;
      if (decoder === null) {
        if (isAscii(piece)) {
          if (piece.includes(0)) throw unusable(name, lines + 1, 'holds zero bytes, so it is no text', 'Save it as UTF-8 text.');
          const text = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).toString('latin1');
          lines += text.split('\n').length - 1;
          return text;
        }
        decided = decide(name, piece, wanted, lines);
        decoder = new TextDecoder(decided);
      }
      return decoder.decode(piece, { stream: true });
    },
    end: () => decoder?.decode() ?? '',
    encoding: () => decided ?? (wanted === 'auto' ? 'utf-8' : wanted),
  };
}

function checkSignature(name: string, piece: Uint8Array): void {
  const found = signatures.find(([bytes]) => bytes.every((byte, i) => piece[i] === byte));
  if (found !== undefined) throw unusable(name, 1, found[1], found[2]);
  const order = byteOrderOf(piece);
  if (order !== null) throw unusable(name, 1, `is UTF-16 (${order}) text without a byte order mark`, 'Save it as UTF-8.');
  if (isBinary(piece)) throw unusable(name, 1, 'is no text', 'Give a CSV, TSV or JSON Lines file, in UTF-8 or GB18030.');
}

/** Of random or compressed bytes every ninth is a control character; of text, with all its dirt, hardly one in a hundred, in UTF-8 and in GB18030. */
const binaryShare = 0.05;
/** Fewer may be dirt in a short text. */
const leastControls = 8;

function isBinary(piece: Uint8Array): boolean {
  const controls = piece.reduce((sum, byte) => sum + ((byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) || byte === 0x7f ? 1 : 0), 0);
  return controls >= leastControls && controls > piece.length * binaryShare;
}

/**
 * UTF-16 without a mark: its commas, digits and line breaks are ASCII characters with a zero byte beside each, always on the same side. Two zeros
 * at least, and no other: a single one is dirt.
 */
function byteOrderOf(piece: Uint8Array): 'little-endian' | 'big-endian' | null {
  const zeros = [0, 0];
  for (let at = piece.indexOf(0); at >= 0; at = piece.indexOf(0, at + 1)) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (even + odd < 2 || (even > 0 && odd > 0)) return null;
  const beside = (at: number): boolean => (piece[at] ?? 0) > 0 && (piece[at] ?? 0) < 0x80;
  for (let at = piece.indexOf(0); at >= 0; at = piece.indexOf(0, at + 1)) if (!beside(odd > 0 ? at - 1 : at + 1)) return null;
  return odd > 0 ? 'little-endian' : 'big-endian';
}

function decide(name: string, piece: Uint8Array, wanted: 'auto' | OwnEncoding, linesBefore: number): OwnEncoding {
  const utf8 = [0, 1, 2, 3].some((cut) => isUtf8(piece.subarray(0, Math.max(0, piece.length - cut))));
  if (wanted === 'utf-8' && !utf8 && holes(piece, 'gb18030') < holes(piece, 'utf-8')) {
    throw unusable(name, linesBefore + firstBad(piece), 'is not UTF-8 text', 'It looks like GB18030 (GBK): say encoding: gb18030, or leave encoding out.');
  }
  if (wanted === 'gb18030' && utf8 && piece.reduce((sum, byte) => sum + (byte > 0x7f ? 1 : 0), 0) >= tellingBytes) {
    throw unusable(name, linesBefore + 1 + firstBeyondAscii(piece), 'is UTF-8 text, not GB18030', 'Say encoding: utf-8, or leave encoding out.');
  }
  if (wanted !== 'auto') return wanted;
  return utf8 || holes(piece, 'utf-8') <= holes(piece, 'gb18030') ? 'utf-8' : 'gb18030';
}

/** Characters that could not be read. */
const holes = (piece: Uint8Array, encoding: OwnEncoding): number => new TextDecoder(encoding).decode(piece, { stream: true }).split('\ufffd').length - 1;

/** Line of the piece, from 1, that is the first not to be UTF-8. */
function firstBad(piece: Uint8Array): number {
  let line = 1;
  for (let from = 0; ; line += 1) {
    const end = piece.indexOf(0x0a, from);
    if (end < 0 || !isUtf8(piece.subarray(from, end))) return line;
    from = end + 1;
  }
}

function firstBeyondAscii(piece: Uint8Array): number {
  const at = piece.findIndex((byte) => byte > 0x7f);
  return piece.subarray(0, at).reduce((sum, byte) => sum + (byte === 0x0a ? 1 : 0), 0);
}
