/** A strict reader of XML elements, for tests: throws where a document is not well-formed. */
export interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decode(text: string): string {
  if (/[<]|&(?!(amp|lt|gt|quot|apos|#\d+|#x[0-9a-f]+);)/i.test(text)) throw new Error(`raw < or & in ${text.slice(0, 80)}`);
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u.test(text)) throw new Error('character that XML cannot hold');
  return text.replace(/&(#x?)?(\w+);/g, (_, number: string | undefined, name: string) => (number === undefined ? (entities[name] ?? '') : String.fromCodePoint(parseInt(name, number === '#x' ? 16 : 10))));
}

/** The root element. */
export function parseXml(source: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open: Element[] = [root];
  const tokens = source.replace(/^<\?xml[^?]*\?>\s*/, '').split(/(<[^>]*>)/).filter((token) => token !== '');
  for (const token of tokens) {
    const top = open.at(-1)!;
    if (!token.startsWith('<')) {
      top.text += decode(token);
      continue;
    }
    if (token.startsWith('</')) {
      if (top.name !== token.slice(2, -1).trim()) throw new Error(`</${token.slice(2, -1)}> closes <${top.name}>`);
      open.pop();
      continue;
    }
    const match = /^<([\w:-]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>$/.exec(token);
    if (!match) throw new Error(`not a tag: ${token.slice(0, 120)}`);
    const attributes: Record<string, string> = {};
    for (const [, name = '', value = ''] of (match[2] ?? '').matchAll(/([\w:-]+)="([^"]*)"/g)) {
      if (name in attributes) throw new Error(`${name} twice in ${token}`);
      attributes[name] = decode(value);
    }
    const element: Element = { name: match[1] ?? '', attributes, children: [], text: '' };
    top.children.push(element);
    if (match[3] !== '/') open.push(element);
  }
  if (open.length !== 1 || root.children.length !== 1) throw new Error('not one root element');
  return root.children[0]!;
}

/** All elements of a name, at any depth. */
export function all(element: Element, name: string): Element[] {
  return [...(element.name === name ? [element] : []), ...element.children.flatMap((child) => all(child, name))];
}
