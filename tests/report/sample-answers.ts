/** Golden answers, probes and abnormal requests of a run with known numbers: a matcher that is good, weak on neighbours, and ignorant of renamed districts. */
import type { AbnormalProbe, GoldenAnswer, ProbeAnswer } from '../../harness/model/golden.js';
import { createRandom } from '../../harness/model/random.js';

/** [class, expected, operators in turn, mean score, spread] */
const makers = [
  ['high', ['exact'], [['omit-city', 'dashes'], ['homophone'], ['name-before-road'], ['number-in-words']], 0.9, 0.12],
  ['low', ['not'], [['far-district'], ['same-road-far-district'], ['same-brand']], 0.2, 0.25],
  ['boundary', ['partial', 'not'], [['door-near'], ['building-next'], ['phase']], 0.68, 0.3],
  ['noisy', ['exact'], [['invisible', 'note'], ['phone'], ['emoji', 'stutter']], 0.88, 0.16],
] as const;

export const sampleFamilies: Record<string, string> = {
  'omit-city': 'region', 'dashes': 'number', 'homophone': 'typo', 'name-before-road': 'name', 'number-in-words': 'number', 'far-district': 'apart', 'same-road-far-district': 'apart', 'same-brand': 'apart',
  'door-near': 'neighbour', 'building-next': 'neighbour', 'phase': 'neighbour', 'invisible': 'layout', 'note': 'around', 'phone': 'around', 'emoji': 'around', 'stutter': 'typo',
};

/** The exact threshold is 0.8 and the partial one 0.45; labels follow the score, so that what is expected can be read off it. */
export function sampleGolden(count: number, word = ''): GoldenAnswer[] {
  const random = createRandom(7);
  return Array.from({ length: count }, (_, i): GoldenAnswer => {
    const [name, expected, operators, mean, spread] = makers[i % makers.length]!;
    const score = Math.round(1e4 * Math.min(1, Math.max(0, mean + spread * (random.next() + random.next() - 1)))) / 1e4;
    const wrong = expected.some((label) => label === 'exact') ? score < 0.8 : score >= 0.8;
    const length = 9 + random.below(30);
    return {
      index: i, class: `${name}${word}`, operators: [...operators[(i >> 2) % operators.length]!].map((one) => `${one}${word}`), ...(i % 5 === 0 ? { hard: true } : {}), lengths: [length, length + (i % 4)], expected: [...expected],
      score, label: score >= 0.8 ? 'exact' : score >= 0.45 ? 'partial' : 'not',
      ...(wrong ? { text: { a: `虚构市甲区长街${String(i + 1)}号${word}`, b: `虚构市乙区长街${String(i + 1)}号附近${word}` } } : {}),
    };
  });
}

export function sampleProbes(word = ''): ProbeAnswer[] {
  const probe = (group: ProbeAnswer['group'], n: number, expected: ProbeAnswer['expected'], label: ProbeAnswer['label'], score: number): ProbeAnswer =>
    ({ id: `${group}-${String(n)}`, group, expected, label, score, text: { a: `虚构县${String(n)}号${word}`, b: `虚构区${String(n)}号${word}` } });
  return [
    probe('rename', 1, ['exact'], 'exact', 0.83), probe('rename', 2, ['exact'], 'partial', 0.61), probe('rename', 3, ['exact'], 'partial', 0.58),
    probe('polyphone', 1, ['exact'], 'exact', 0.97), probe('alias', 1, ['exact'], 'not', 0.22), probe('alias-trap', 1, ['not'], 'not', 0.31), probe('alias-trap', 2, ['partial', 'not'], 'exact', 0.86),
  ];
}

export function sampleAbnormal(word = ''): AbnormalProbe {
  const one = (kind: string, expect: AbnormalProbe['answers'][number]['expect'], field: string | null, status: number, failure: string, named: boolean | null): AbnormalProbe['answers'][number] =>
    ({ kind: `${kind}${word}`, expect, field: field === null ? null : `${field}${word}`, status, failure, named, latencyMs: status === 0 ? null : 4.2 });
  return {
    kinds: 6, diedAfter: null, stopped: null,
    answers: [
      one('empty-left', 'reject', 'addr1', 422, '', true), one('missing-right', 'reject', 'addr2', 400, '', false), one('cut-off', 'reject', null, 400, '', null),
      one('null', 'reject', 'addr1', 500, 'http-500', null), one('length-10000', 'either', null, 0, 'timeout', null), one('equal', 'answer', null, 200, '', null),
    ],
  };
}
