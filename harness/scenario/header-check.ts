import type { Path } from './located.js';

/** RFC 9110 §5.1: a name is a token. */
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** §5.5: visible characters, spaces and tabs within one byte each; nothing else can be written into a head. */
const carried = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Headers that no request can carry, which would fail each of them as if the server were at fault. The value is not told: it may be a secret. */
export function checkHeaders(valueAt: (path: Path) => unknown, complain: (path: Path, sentence: string) => void): void {
  const at = ['request', 'template', 'headers'];
  const headers = valueAt(at);
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) return;
  for (const [name, value] of Object.entries(headers as Record<string, unknown>)) {
    if (!token.test(name)) complain([...at, name], 'no header can have this name: letters, digits and - are expected');
    else if (typeof value === 'string' && /[\r\n]/.test(value)) complain([...at, name], 'the value has a line break, which no header can hold');
    else if (typeof value === 'string' && !carried.test(value)) complain([...at, name], 'the value has characters that no header can hold; write them in ASCII, such as %E5%9C%B0');
  }
}
