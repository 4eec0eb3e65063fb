/** An HTTP request as bytes, right or wrong on purpose. */

export interface Message {
  method: string;
  path: string;
  /** In this order; `host` comes first where it is not among them. */
  headers: readonly (readonly [string, string])[];
  body?: string | Uint8Array;
  version?: '1.0' | '1.1';
  /** Leaves `host` out. */
  hostless?: boolean;
  /** Chunks of so many bytes instead of a Content-Length. */
  chunkBytes?: number;
  /** Says so much instead of the body's own length. */
  claimedLength?: number;
}

/** The head alone, with its empty line. */
export function headOf({ method, path, headers, body, version = '1.1', hostless = false, chunkBytes, claimedLength }: Message, host: string): string {
  const length = claimedLength ?? (body === undefined ? undefined : Buffer.byteLength(body));
  const framing = chunkBytes !== undefined ? [['transfer-encoding', 'chunked']] : length === undefined ? [] : [['content-length', String(length)]];
  const lines = [...(hostless ? [] : [['host', host]]), ...headers, ...framing].map(([name = '', value = '']) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/${version}\r\n${lines.join('')}\r\n`;
}

/** The whole message. */
export function bytesOf(message: Message, host: string): Buffer {
  const body = Buffer.from(message.body ?? '');
  const head = Buffer.from(headOf(message, host), 'latin1');
  if (message.chunkBytes === undefined) return Buffer.concat([head, body]);
  const parts: Buffer[] = [head];
  for (let at = 0; at < body.length; at += message.chunkBytes) {
    const chunk = body.subarray(at, at + message.chunkBytes);
    parts.push(Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n'));
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]);
}
