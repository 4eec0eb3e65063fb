/** HTTP/1.1 answers out of the bytes of a connection: strict where a client would be, so that broken framing is seen. */

export interface RawAnswer {
  status: number;
  /** Names in lower case; of a header that comes twice both values, with a comma between them. */
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** Whole answers in the order in which they came, and whether bytes are left that make no answer (yet). `interim` are statuses 1xx. */
export interface RawAnswers {
  answers: RawAnswer[];
  interim: number[];
  rest: number;
}

const headEnd = Buffer.from('\r\n\r\n');
const bodiless = (status: number): boolean => status === 204 || status === 304;

/** `ended`: no more bytes will come, so a body without a length ends here. `head`: these answers are to HEAD and have no body. */
export function readAnswers(bytes: Uint8Array, ended: boolean, head = false): RawAnswers {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: RawAnswers = { answers: [], interim: [], rest: data.length };
  let at = 0;
  for (;;) {
    const end = data.indexOf(headEnd, at);
    if (end < 0) break;
    const lines = data.toString('latin1', at, end).split('\r\n');
    const status = Number(/^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(lines[0] ?? '')?.[1] ?? NaN);
    if (Number.isNaN(status)) break;
    const bodyAt = end + headEnd.length;
    if (status < 200) {
      found.interim.push(status);
      at = bodyAt;
      found.rest = data.length - at;
      continue;
    }
    const headers = headersOf(lines.slice(1));
    const body = head || bodiless(status) ? { text: '', to: bodyAt } : bodyOf(data, bodyAt, headers, ended);
    if (body === null) break;
    found.answers.push({ status, headers, body: body.text });
    at = body.to;
    found.rest = data.length - at;
  }
  return found;
}

function headersOf(lines: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] = Object.hasOwn(headers, name) ? `${headers[name] ?? ''}, ${value}` : value;
  }
  return headers;
}

/** null while it is not whole. */
function bodyOf(data: Buffer, from: number, headers: Readonly<Record<string, string>>, ended: boolean): { text: string; to: number } | null {
  if (/\bchunked\b/i.test(headers['transfer-encoding'] ?? '')) return chunksOf(data, from);
  const length = headers['content-length'];
  if (length === undefined) return ended ? { text: data.toString('utf8', from), to: data.length } : null;
  const to = from + Number(length);
  return to <= data.length ? { text: data.toString('utf8', from, to), to } : null;
}

function chunksOf(data: Buffer, from: number): { text: string; to: number } | null {
  const parts: Buffer[] = [];
  let at = from;
  for (;;) {
    const lineEnd = data.indexOf('\r\n', at);
    if (lineEnd < 0) return null;
    const size = Number.parseInt(data.toString('latin1', at, lineEnd), 16);
    if (!(size >= 0)) return null;
    const chunkAt = lineEnd + 2;
    if (size === 0) {
      const last = data.indexOf('\r\n', chunkAt);
      // Trailers are nobody's; none of ours sends them.
      return last < 0 ? null : { text: Buffer.concat(parts).toString('utf8'), to: last + 2 };
    }
    if (chunkAt + size + 2 > data.length) return null;
    parts.push(data.subarray(chunkAt, chunkAt + size));
    at = chunkAt + size + 2;
  }
}
