/**
 * What can be wrong with a file of pairs. `wrong` breaks a promise or cannot be used; `note` is worth knowing, and often meant so. Sentences never
 * quote a text: it may be an address of somebody.
 */
export const findingKinds = {
  // Lines and bytes.
  'unreadable': { level: 'wrong', title: 'lines that are no pair' },
  'undecodable': { level: 'wrong', title: 'bytes that are not UTF-8' },
  'surrogate': { level: 'wrong', title: 'half characters (lone surrogates)' },
  'zero-byte': { level: 'wrong', title: 'zero characters' },
  'control': { level: 'note', title: 'control characters' },
  'byte-order-mark': { level: 'note', title: 'byte order mark' },
  'encoding': { level: 'note', title: 'another encoding than UTF-8' },
  // Duplicates.
  'duplicate-pair': { level: 'note', title: 'pairs that stand twice' },
  'duplicate-swapped': { level: 'note', title: 'pairs that stand twice, sides swapped' },
  'contradiction': { level: 'wrong', title: 'pairs that stand twice with labels that exclude each other' },
  'duplicate-id': { level: 'wrong', title: 'ids that stand twice' },
  // Promises of the classes.
  'equal-texts': { level: 'wrong', title: 'two places that are written alike' },
  'same-text': { level: 'wrong', title: 'one place written twice without any difference' },
  'class': { level: 'wrong', title: 'unknown classes' },
  'label': { level: 'wrong', title: 'labels that do not fit the class' },
  'fields': { level: 'wrong', title: 'fields that do not fit the class' },
  'certificate': { level: 'wrong', title: 'low pairs without a sound certificate' },
  'operators': { level: 'wrong', title: 'operators that do not fit the class' },
  'token-identical': { level: 'wrong', title: 'sides that a tokenizer tells apart, though marked as identical' },
  'abnormal': { level: 'wrong', title: 'abnormal requests without a body' },
  // Two files.
  'leak-pair': { level: 'wrong', title: 'pairs that stand in both files' },
  'leak-swapped': { level: 'wrong', title: 'pairs that stand in both files, sides swapped' },
  'leak-address': { level: 'wrong', title: 'addresses that stand in both files' },
} as const satisfies Readonly<Record<string, { level: 'wrong' | 'note'; title: string }>>;
export type FindingKind = keyof typeof findingKinds;

export interface Finding {
  kind: FindingKind;
  file: string;
  /** From 1. */
  line: number;
  /** What is wrong here, as half a sentence. */
  why: string;
}

/** All findings counted, the first of each kind kept. */
export interface FindingList {
  add(finding: Finding): void;
  /** In the order of `findingKinds`; kinds that were not found are left out. */
  kinds(): { kind: FindingKind; level: 'wrong' | 'note'; title: string; count: number; first: readonly Finding[] }[];
}

/** @param keep how many of each kind */
export function collectFindings(keep: number): FindingList {
  const found = new Map<FindingKind, { count: number; first: Finding[] }>();
  return {
    add(finding) {
      const of = found.get(finding.kind) ?? { count: 0, first: [] };
      found.set(finding.kind, of);
      of.count += 1;
      if (of.first.length < keep) of.first.push(finding);
    },
    kinds: () => (Object.keys(findingKinds) as FindingKind[]).flatMap((kind) => {
      const of = found.get(kind);
      return of === undefined ? [] : [{ kind, ...findingKinds[kind], ...of }];
    }),
  };
}
