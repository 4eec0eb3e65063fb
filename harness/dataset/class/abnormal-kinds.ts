import type { AbnormalRequest } from '../../model/dataset.js';
import type { Side, Wire } from './wire.js';

/** A kind of abnormal request: its name and how its body is built for a wire format. */
export interface AbnormalKind {
  readonly kind: string;
  readonly expect: AbnormalRequest['expect'];
  /** Which of the two fields a rejecting server should name; absent where the fault lies in the whole body. */
  readonly fault?: Side;
  /** null where the wire format has nothing that could be wrong in this way. */
  body(wire: Wire, address: string): AbnormalRequest['body'] | null;
}

type Expect = AbnormalRequest['expect'];

/** A value of one side, given as JSON text, with a sound address on the other. */
const side = (name: Side, kind: string, expect: Expect, value: string | ((address: string) => string)): AbnormalKind => ({
  kind,
  expect,
  ...(expect === 'reject' ? { fault: name } : {}),
  body: (wire, address) => {
    const [odd, sound] = [typeof value === 'string' ? value : value(address), JSON.stringify(address)];
    return { text: name === 'left' ? wire.fill(odd, sound) : wire.fill(sound, odd) };
  },
});

const left = (kind: string, expect: Expect, value: string | ((address: string) => string)): AbnormalKind => side('left', kind, expect, value);
const right = (kind: string, expect: Expect, value: string): AbnormalKind => side('right', kind, expect, value);
const string = (kind: string, expect: Expect, value: string): AbnormalKind => left(kind, expect, JSON.stringify(value));

/** Free text in the place of the body. */
const raw = (kind: string, expect: Expect, write: (wire: Wire, address: string) => string | null, fault?: Side): AbnormalKind => ({
  kind,
  expect,
  ...(fault === undefined ? {} : { fault }),
  body: (wire, address) => {
    const text = write(wire, address);
    return text === null ? null : { text };
  },
});

/** A sound pair of equal addresses, as the wire format writes it. */
const equal = (wire: Wire, address: string): string => wire.fill(quoted(address), quoted(address));

/** Bytes that are not UTF-8, in the place of the left address: the whole body cannot be read, so no field is expected to be named. */
const bytes = (kind: string, inside: readonly number[]): AbnormalKind => ({
  kind,
  expect: 'reject',
  body: (wire, address) => {
    const parts = wire.fill('"\u0000"', quoted(address)).split('\u0000').map((part) => Buffer.from(part));
    return { base64: Buffer.concat(parts.flatMap((part, i) => (i === 0 ? [part] : [Buffer.from(inside), part]))).toString('base64') };
  },
});

/** Well-formed request, as long as asked, cut from the address repeated. */
const length = (characters: number, expect: Expect): AbnormalKind =>
  left(`length-${characters}`, expect, (address) => JSON.stringify(repeatTo(address, characters)));

const repeatTo = (text: string, characters: number): string => text.repeat(Math.ceil(characters / text.length)).slice(0, characters);

const quoted = (address: string): string => JSON.stringify(address);

/** Longest body that is made, bytes: larger ones say nothing more and fill disks. */
export const largestBodyBytes = 1_000_000;

/** Every kind, in the order in which they are made. Short addresses of up to 64 characters are within what any server should take. */
export const abnormalKinds: readonly AbnormalKind[] = [
  // Nothing to compare.
  string('empty-left', 'reject', ''),
  right('empty-right', 'reject', '""'),
  raw('empty-both', 'reject', (wire) => wire.fill('""', '""'), 'left'),
  string('blanks', 'reject', '    '),
  string('ideographic-blanks', 'reject', '\u3000\u3000'),
  string('line-breaks-only', 'reject', '\n\t\r\n'),
  string('invisible-only', 'either', '\u200b\u200d\ufeff'),
  // Too little to be an address.
  string('one-character', 'either', '京'),
  string('digits-only', 'either', '8'),
  string('long-digits', 'either', '13800000000'),
  string('punctuation-only', 'either', '，。；：！？-/#'),
  string('emoji-only', 'either', '🏠📍'),
  string('not-an-address', 'either', '今天天气不错，我们去吃饭吧'),
  string('word-null', 'either', 'null'),
  string('word-undefined', 'either', 'undefined'),
  // Lengths around the limits that tokenizers and servers have.
  length(63, 'answer'),
  length(64, 'answer'),
  ...[65, 127, 128, 129, 509, 510, 511, 512, 513, 1000, 10_000].map((n) => length(n, 'either')),
  left('length-1-megabyte', 'either', (address) => JSON.stringify(repeatTo(address, 330_000))),
  left('repeated-address', 'either', (address) => JSON.stringify(address.repeat(20))),
  // The wrong type.
  left('null', 'reject', 'null'),
  left('number', 'reject', '8'),
  left('boolean', 'reject', 'true'),
  left('array', 'reject', (address) => `[${quoted(address)}]`),
  left('object', 'reject', (address) => `{"text":${quoted(address)}}`),
  left('huge-number', 'reject', '1e999'),
  left('deep-nesting', 'reject', `${'['.repeat(2000)}${']'.repeat(2000)}`),
  // The wrong fields.
  raw('missing-left', 'reject', (wire, address) => wire.without(['left'], quoted(address)), 'left'),
  raw('missing-right', 'reject', (wire, address) => wire.without(['right'], quoted(address)), 'right'),
  raw('missing-both', 'reject', (wire, address) => wire.without(['left', 'right'], quoted(address)), 'left'),
  raw('misspelt-key', 'reject', (wire, address) => wire.misspelt(quoted(address)), 'left'),
  raw('extra-key', 'either', (wire, address) => wire.extended('"extra":1', quoted(address))),
  raw('duplicate-key', 'either', (wire, address) => wire.doubled(quoted(address))),
  raw('prototype-key', 'either', (wire, address) => wire.extended('"__proto__":{"admin":true}', quoted(address))),
  raw('many-keys', 'either', (wire, address) => wire.extended(Array.from({ length: 5000 }, (_, i) => `"k${i}":${i}`).join(','), quoted(address))),
  // Not the JSON object that was asked for.
  raw('no-body', 'reject', () => ''),
  raw('plain-text', 'reject', (_wire, address) => address),
  raw('json-string', 'reject', (_wire, address) => quoted(address)),
  raw('json-null', 'reject', () => 'null'),
  raw('json-array', 'reject', (wire, address) => (wire.object ? `[${quoted(address)},${quoted(address)}]` : null)),
  raw('cut-off', 'reject', (wire, address) => equal(wire, address).slice(0, -4)),
  raw('single-quotes', 'reject', (wire, address) => equal(wire, address).replaceAll('"', "'")),
  raw('trailing-comma', 'reject', (wire, address) => equal(wire, address).replace(/[}\]]$/, (end) => `,${end}`)),
  raw('not-a-number', 'reject', (wire, address) => wire.fill('NaN', quoted(address))),
  raw('form-encoded', 'reject', ({ keys }, address) => `${keys.left}=${encodeURIComponent(address)}&${keys.right}=${encodeURIComponent(address)}`),
  raw('two-documents', 'reject', (wire, address) => equal(wire, address).repeat(2)),
  raw('raw-line-break', 'reject', (wire, address) => wire.fill(`"${address.slice(0, 3)}\n${address.slice(3)}"`, quoted(address))),
  // Legal JSON that few writers make: it has to be read.
  raw('pretty-printed', 'answer', (wire, address) => JSON.stringify(JSON.parse(equal(wire, address)), null, 2)),
  left('escaped', 'answer', (address) => `"${Array.from(address, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`),
  raw('equal', 'answer', equal),
  raw('keys-swapped', 'answer', (wire, address) => wire.reversed(quoted(address), quoted(address))),
  // Not UTF-8.
  bytes('utf8-cut-off', [0xe5, 0x8c]),
  bytes('utf8-overlong', [0xc0, 0xaf]),
  bytes('utf8-surrogate', [0xed, 0xa0, 0x80]),
  bytes('utf8-stray-byte', [0xff, 0xfe]),
  bytes('gb18030', [0xb1, 0xb1, 0xbe, 0xa9, 0xca, 0xd0]),
  {
    kind: 'utf16',
    expect: 'reject',
    body: (wire, address) => ({ base64: Buffer.from(equal(wire, address), 'utf16le').toString('base64') }),
  },
  raw('byte-order-mark', 'either', (wire, address) => `\ufeff${equal(wire, address)}`),
  // Odd but legal characters.
  left('lone-surrogate', 'either', '"\\ud83c北京市朝阳区"'),
  left('nul', 'either', '"北京市\\u0000朝阳区"'),
  string('control-characters', 'either', '\u0007北京市\u001b[31m朝阳区\u007f'),
  string('private-use', 'either', '北京市\ue000朝阳区\uf8ff'),
  string('rare-characters', 'either', '北京市𠀀𪚥区甪直路8号'),
  string('combining-marks', 'either', `北京市${'\u0301'.repeat(500)}朝阳区`),
  string('right-to-left', 'either', '\u202e号8路国建区阳朝市京北\u202c'),
  // Other ways to write an address.
  string('traditional', 'answer', '臺北市信義區市府路45號'),
  string('english', 'answer', 'No.8 Jianguo Road, Chaoyang District, Beijing'),
  string('pinyin', 'answer', 'beijingshi chaoyangqu jianguolu 8 hao'),
  string('mojibake', 'either', '鍖椾含甯傛湞闃冲尯'),
  // What is never to be run, logged raw or shown unescaped.
  string('sql', 'either', "北京市朝阳区'; DROP TABLE address;--"),
  string('template', 'either', '北京市{{7*7}}${7*7}<%= 7*7 %>朝阳区'),
  string('markup', 'either', '<script>alert(1)</script><b>北京市朝阳区</b>'),
  string('path', 'either', '../../../../etc/passwd'),
  string('lookup', 'either', '${jndi:ldap://127.0.0.1/a}北京市'),
  string('shell', 'either', '北京市$(reboot)`reboot`|reboot'),
  string('log-forging', 'either', '北京市\n{"level":"info","msg":"forged"}'),
  string('percent-escapes', 'either', '%E5%8C%97%E4%BA%AC%00%0d%0a'),
  string('entity-escapes', 'either', '&#21271;&#20140;&amp;#24066;'),
  string('format-string', 'either', '%s%s%n北京市%d'),
  // The same faults where a server may have looked at the first address alone.
  right('null-right', 'reject', 'null'),
  right('number-right', 'reject', '8'),
  right('blanks-right', 'reject', '"    "'),
  raw('length-513-both', 'either', (wire, address) => wire.fill(quoted(repeatTo(address, 513)), quoted(repeatTo(address, 513)))),
  // Empty and wrong at once.
  left('empty-array', 'reject', '[]'),
  left('empty-object', 'reject', '{}'),
];

const sample = '北京市朝阳区建国路88号';

/** The kinds that this wire format can have, in their order. */
export function abnormalKindsOf(wire: Wire): readonly AbnormalKind[] {
  return abnormalKinds.filter((kind) => kind.body(wire, sample) !== null);
}
