/** What the probe keeps of each question it asked at concurrency 1: enough to judge the answers again, years later, without the pairs. */
import { z } from 'zod';
import { matchLabels, probeGroups } from './dataset.js';

const answer = {
  /** Labels a sound three-label model may give. */
  expected: z.array(z.enum(matchLabels)),
  /** null where the answer was wrong or missing. */
  score: z.number().nullable(),
  /** The label that the answer held; absent where it held none that is known. */
  label: z.enum(matchLabels).optional(),
  /** Only of the worst pairs, and only where the text may be kept: docs/record.md, "Privacy". */
  text: z.object({ a: z.string(), b: z.string() }).optional(),
};

/** One golden pair and its answer. */
export const goldenAnswerSchema = z.object({
  /** Number of the pair in the dataset: pair i follows from the seed and i. */
  index: z.number().int(),
  class: z.string(),
  /** Operators that made b from a, in order. */
  operators: z.array(z.string()),
  /** The text alone hardly tells the label; absent on easy pairs. */
  hard: z.literal(true).optional(),
  /** Characters (code points) of a and of b. */
  lengths: z.tuple([z.number().int(), z.number().int()]),
  /** Line of the file, from 1, for pairs of the user's own. */
  line: z.number().int().optional(),
  ...answer,
});
export type GoldenAnswer = z.infer<typeof goldenAnswerSchema>;

/** One probe pair and its answer. */
export const probeAnswerSchema = z.object({ id: z.string(), group: z.enum(probeGroups), ...answer });
export type ProbeAnswer = z.infer<typeof probeAnswerSchema>;

/** How the one request of an abnormal kind ended. */
export const abnormalAnswerSchema = z.object({
  kind: z.string(),
  /** What a sound server does: refuses with 4xx, answers, or either. */
  expect: z.enum(['reject', 'answer', 'either']),
  /** The field a refusal should name; null where the fault lies in the whole body. */
  field: z.string().nullable(),
  /** 0 without an HTTP answer. */
  status: z.number().int(),
  /** '' = as expected; else the kind of failure, as of any request. */
  failure: z.string(),
  /** Whether the body of a 4xx names the field; null where nothing was refused or no field is at fault. */
  named: z.boolean().nullable(),
  latencyMs: z.number().nullable(),
});
export type AbnormalAnswer = z.infer<typeof abnormalAnswerSchema>;

/** Each abnormal kind asked once, alone, before the load. */
export const abnormalProbeSchema = z.object({
  /** Kinds that the dataset holds; fewer answers than these when asking was given up. */
  kinds: z.number().int(),
  answers: z.array(abnormalAnswerSchema),
  /** The kind after which the server answered no sound request any more; null = it lived. */
  diedAfter: z.string().nullable(),
  /** Why the rest was not asked; null when all was. */
  stopped: z.enum(['died', 'hangs']).nullable(),
});
export type AbnormalProbe = z.infer<typeof abnormalProbeSchema>;
