import type { LabelRule } from '../../inference/types.js';
import type { Assessment, Share } from './assess.js';
import { count, decimals } from './card-number.js';
import { spreadLines } from './card-spread.js';
import type { TrainingFacts } from './training-facts.js';

export interface CardFacts {
  name: string;
  kind: 'cross-encoder' | 'bi-encoder';
  labels: LabelRule;
  bytes: { fp32: number; fp16: number; int8: number };
  /** Largest difference of a logit or a similarity between the two precisions. */
  largestMove: number;
  fp32: Assessment;
  int8: Assessment;
  flips: number;
  facts: TrainingFacts;
}

const mega = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const minutes = (seconds: number | null): string => (seconds === null ? 'not recorded' : `${decimals(seconds / 60, 0)} minutes`);

const what: Record<CardFacts['kind'], string> = {
  'cross-encoder':
    'A cross-encoder that reads both addresses together: every token of one side looks for its like on the other, what was found and what was not is compared in its surroundings, and three logits come out, *not*, *partial* and *exact*: MGeo\'s own labels. It answers the same for (a, b) and (b, a), but for rounding.',
  'bi-encoder':
    'A bi-encoder: every address becomes a vector, and the signed cosine of two vectors says how alike they are: a cosine in which some components count negatively, so that what both sides name and name differently can cost more than what only one of them names. Convolutions over characters learn a part of the vector; the rest are sketches of the characters and their bigrams in frozen random signs, one for each of a few learnt fields. Vectors can be cached, which a cross-encoder\'s answers to new pairs cannot.',
};

const ruleLines = (labels: LabelRule): string =>
  'logitBias' in labels
    ? `The label is the one whose logit is largest after ${labels.logitBias.join(', ')} have been added to not, partial, exact. \`similarity\` is P(exact) + P(partial) / 2.`
    : `The label is \`exact\` from a similarity of ${labels.exact} on, \`partial\` from ${labels.partial} on, else \`not\`. \`similarity\` is the signed cosine.`;

const shareTable = (title: string, shares: readonly Share[]): string[] => [`| ${title} | pairs | right |`, '|---|---|---|', ...shares.map(({ name, pairs, right }) => `| ${name} | ${count(pairs)} | ${percent(right)} |`)];

/** The least number of pairs that a family needs to be called the worst. */
const leastPairs = 50;

/** The model card as Markdown: what it is, how good, how made, what it must not be used for. */
export const writeCard = (card: CardFacts): string => {
  const { name, kind, labels, bytes, largestMove, fp32, int8, facts } = card;
  const worst = fp32.byFamily.find(({ pairs }) => pairs >= leastPairs);
  const scores = (title: string, { auc, macroF1, f1 }: Assessment): string =>
    `| ${title} | ${decimals(auc.atLeastPartial)} | ${decimals(auc.exactOrRest)} | ${decimals(auc.exactOrNot)} | ${decimals(macroF1.balanced, 3)} | ${decimals(macroF1.realMix, 3)} | ${f1.map((value) => decimals(value, 3)).join(', ')} |`;
  const lines = [
    `# ${name}`,
    '',
    what[kind],
    '',
    '| | |',
    '|---|---|',
    `| kind | ${kind} |`,
    `| weights that were learnt | ${count(facts.parameters)} |`,
    `| files | \`model.onnx\` (fp32) ${mega(bytes.fp32)}, \`model-fp16.onnx\` ${mega(bytes.fp16)}, \`model-int8.onnx\` ${mega(bytes.int8)}, \`vocab.txt\` |`,
    '| tokenizer | one token a Chinese character, a whole number, a word in Latin letters; unknown characters are hashed into buckets (`../../model/address-tokenizer.ts`) |',
    '| trained on | pairs of this project\'s generator (`scripts/training-pairs.ts`) and nothing else: no real address, no weights of others |',
    `| training | ${count(facts.pairs)} different pairs, ${count(facts.steps)} steps of ${facts.batch}, seed ${facts.seed}; \`npm run train:models\` repeats it |`,
    `| training took | ${minutes(facts.seconds)} |`,
    `| pairs, training, other seeds and measuring took | ${minutes(facts.recipeSeconds)} |`,
    `| on | ${facts.machine ?? 'not recorded'} |`,
    '| licence | MIT, as the project |',
    '',
    ruleLines(labels),
    'The rule was calibrated on generated held-out pairs, weighed as 51 % not, 39 % partial, 10 % exact. Two equal texts are exact with similarity 1 by definition.',
    '',
    '## Scores on generated pairs',
    '',
    `${count(fp32.pairs)} held-out pairs: another seed, districts and roads that training never showed, and these families and operators that it never showed: ${facts.heldOut.join(', ')}.`,
    '**They say how well the generator\'s rules were learnt, not how well real addresses are judged**: those differ more, and people label them less strictly.',
    '',
    '| weights | AUC exact or partial / not | AUC exact / rest | AUC exact / not | macro-F1 | macro-F1, real mix | F1 not, partial, exact |',
    '|---|---|---|---|---|---|---|',
    scores('fp32', fp32),
    scores('int8', int8),
    '',
    `Int8 holds the weights in eight bits, a scale a column, and computes in float32; it moves a ${kind === 'cross-encoder' ? 'logit' : 'similarity'} by at most ${decimals(largestMove, 3)} and gives ${count(card.flips)} of the ${count(fp32.pairs)} pairs another label. Activations are not quantised by the range of a batch, so no answer depends on what else is in it. Fp16 holds them in sixteen bits and computes in float32 too.`,
    '',
    ...(worst === undefined ? [] : [`The worst family is **${worst.name}**: ${percent(worst.right)} of ${count(worst.pairs)} pairs right.`, '']),
    ...spreadLines(facts, fp32.pairs),
    '## Speed',
    '',
    ...(facts.speed === null
      ? ['Not measured.']
      : [
          `\`model-int8.onnx\`, onnxruntime-node, one thread, 18 tokens a side, ${facts.speed.machine}: ${facts.speed.pairsRps.map(([batch, rate]) => `${count(rate)} pairs/s at batch ${batch}`).join(', ')}. ${facts.speed.note}`,
          '`node dist/servers/reference/models/recipe/measure-pairs.js FOLDER` measures it. In the server HTTP and JSON cost more than the model.',
        ]),
    '',
    '## Limits',
    '',
    '- It compares characters, numbers and their places; it knows no map. Renamed streets, other names of a place (鸟巢, 国家体育场) and abbreviations that share no character are beyond it.',
    '- One place and its namesake in another city differ by the prefix alone; where one side has no prefix the answer is a guess.',
    '- Trained on simplified characters. Traditional ones are compared, but never taken for their simplified forms.',
    ...(kind === 'bi-encoder' ? ['- One number a pair has to order both boundaries: some pairs that match in part lie above some that match exactly.'] : []),
    '- Texts of more than 96 tokens are cut.',
    '',
    '## Which pairs are right',
    '',
    ...shareTable('label', fp32.byClass),
    '',
    ...shareTable('family', fp32.byFamily),
    '',
    ...shareTable('operator that rewrote a side', fp32.byOperator),
    '',
  ];
  return lines.join('\n');
};
