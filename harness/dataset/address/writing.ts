import type { Address } from '../../model/dataset.js';

/** A piece of a written address: a field of the place, or a mark that stands between fields. */
export interface Part {
  kind: keyof Address | 'mark';
  text: string;
  /** `made`: mistyped already, and nobody mistypes one name twice. `barred`: nothing else tells the place, so it has to stay right. */
  slip?: 'made' | 'barred';
}

/** A part with all its fields, so that every part is alike to the engine. */
export const createPart = (kind: Part['kind'], text: string, slip?: Part['slip']): Part => ({ kind, text, slip });

/** Words a writer keeps to through one address. */
export interface Wording {
  building: '号楼' | '栋' | '幢' | '座';
  floor: '层' | '楼';
}

/** One way of writing a place. Operators take a writing and give another; `place` stays what it is. */
export interface Writing {
  readonly place: Address;
  readonly wording: Wording;
  readonly parts: readonly Part[];
}

/** The writing as one text. */
export const textOf = (writing: Writing): string => {
  let text = '';
  for (const part of writing.parts) text += part.text;
  return text;
};

/** Place of the first part of this kind; -1 where there is none. */
export function indexOfKind(writing: Writing, kind: Part['kind']): number {
  for (let i = 0; i < writing.parts.length; i += 1) if (writing.parts[i]?.kind === kind) return i;
  return -1;
}

/** Whether any part is of this kind. */
export const hasKind = (writing: Writing, kind: Part['kind']): boolean => indexOfKind(writing, kind) >= 0;

/** The writing with part `index` saying `text`; `slip`: where that is a slip. */
export function withText(writing: Writing, index: number, text: string, slip?: Part['slip']): Writing {
  const parts = writing.parts.slice();
  const part = parts[index];
  if (part === undefined) throw new RangeError(`no part ${index}`);
  parts[index] = createPart(part.kind, text, slip ?? part.slip);
  return withParts(writing, parts);
}

/** The writing of the same place with other parts. */
export const withParts = (writing: Writing, parts: readonly Part[]): Writing => ({ place: writing.place, wording: writing.wording, parts });

/** The writing without the parts of these kinds; `undefined` when it has none of them. */
export function without(writing: Writing, kinds: readonly Part['kind'][]): Writing | undefined {
  const parts: Part[] = [];
  for (const part of writing.parts) if (!kinds.includes(part.kind)) parts.push(part);
  return parts.length === writing.parts.length ? undefined : withParts(writing, parts);
}
