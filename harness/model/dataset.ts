import { z } from 'zod';
import { profilePlanSchema } from './profile.js';

/** What a pair is for. `abnormal` pairs are raw request bodies, not addresses. */
export const pairClasses = ['high', 'low', 'boundary', 'noisy', 'abnormal'] as const;
export type PairClass = (typeof pairClasses)[number];

/** MGeo's three labels (GeoEAG): the same place, overlapping, different. */
export const matchLabels = ['exact', 'partial', 'not'] as const;
export type MatchLabel = (typeof matchLabels)[number];

/** Classes of the user's own pairs, by their label; `unlabelled` pairs are asked like the others and never judged. */
export const ownClasses = ['high', 'boundary', 'low', 'unlabelled'] as const;
export type OwnClass = (typeof ownClasses)[number];
/** Every class a pair can have, in the order of reports. */
export const allClasses = [...pairClasses, 'unlabelled'] as const;
export type AnyClass = (typeof allClasses)[number];

/** What a label of the user's own may say: MGeo's three, or one of two. */
export const ownLabels = ['exact', 'partial', 'not', 'same', 'different'] as const;
export type OwnLabel = (typeof ownLabels)[number];

export const ownFormats = ['csv', 'tsv', 'jsonl'] as const;
export type OwnFormat = (typeof ownFormats)[number];
export const ownEncodings = ['auto', 'utf-8', 'gb18030'] as const;

/** Columns by the name in the header, or by number from 1. What is not named is found by itself; `false`: there is none. */
export const ownColumnsSchema = z.object({
  a: z.union([z.string(), z.number().int()]).optional(),
  b: z.union([z.string(), z.number().int()]).optional(),
  label: z.union([z.string(), z.number().int(), z.literal(false)]).optional(),
  time: z.union([z.string(), z.number().int(), z.literal(false)]).optional(),
});
export type OwnColumns = z.infer<typeof ownColumnsSchema>;

/** How a file of the user's own is to be read; what is absent is found by itself. */
export const ownOptionsSchema = z.object({
  format: z.enum(ownFormats).optional(),
  columns: ownColumnsSchema.optional(),
  /** Whether the first line names the columns. */
  header: z.boolean().optional(),
  encoding: z.enum(ownEncodings).optional(),
  /** What words of the user's own mean, besides those that are known. */
  labels: z.record(z.string(), z.enum(ownLabels)).optional(),
});
export type OwnOptions = z.infer<typeof ownOptionsSchema>;

/** The user's own pairs as the dataset of a plan. */
export const ownPlanSchema = ownOptionsSchema.extend({
  /** The file's name without its folder. */
  file: z.string(),
  /** Where it lies; absent in records, for a folder tells of people and machines. */
  path: z.string().optional(),
  /** Whether a bad line ends the run before it begins. */
  strict: z.boolean(),
  /** How many of the rows, drawn with the seed; null = all, as far as `mostOwnPairs` goes. */
  pairs: z.number().int().min(1).nullable(),
});
export type OwnPlan = z.infer<typeof ownPlanSchema>;

/** So many pairs are used of a larger file where the scenario asks for no number: the engines hold every body in memory. */
export const mostOwnPairs = 1_000_000;

/** A typed address: every field optional but `city`; rendering decides order and wording. */
export interface Address {
  province?: string;
  city: string;
  district?: string;
  town?: string;
  road?: string;
  /** House number as digits, without 号. */
  number?: string;
  /** Sub-number or courtyard word that follows the number, such as 院. */
  sub?: string;
  estate?: string;
  building?: string;
  unit?: string;
  floor?: string;
  room?: string;
  poi?: string;
  extra?: string;
}

/** One pair of the dataset. An invented pair i is a function of (seed, i) alone; one of the user's own is a line of a file. */
export interface AddressPair {
  /** `<seed>-<index>`; of the user's own `<file>:<line>`. */
  id: string;
  index: number;
  class: AnyClass;
  a: string;
  b: string;
  /** Labels a sound three-label model may give; empty for abnormal pairs and for pairs of the user's own without a label. */
  expected: readonly MatchLabel[];
  /** Operators that made b from a, in order. */
  operators: readonly string[];
  /** Typed fields of both sides before rendering; absent for abnormal pairs. */
  fields?: { a: Address; b: Address };
  seed: number;
  /** Only on pairs of the user's own: the line of the file, from 1. Invented pairs have none. */
  line?: number;
  /** Only on high and low pairs: the text alone hardly tells the label. Easy pairs leave it out. */
  hard?: true;
  /** Between the district centroids, km; only for lows. */
  distanceKm?: number;
  /** True when distance > 5 km + both district radii: certainly more than 5 km apart. */
  certified?: boolean;
  /** True when a BERT tokenizer sees the same ids on both sides: the score must be that of equal texts. */
  tokenIdentical?: boolean;
  /** Only for abnormal pairs: what is sent, and what a sound server answers. */
  abnormal?: AbnormalRequest;
}

/** A raw request that no well-behaved client would send. */
export interface AbnormalRequest {
  kind: string;
  /** The exact body: text, or bytes as base64 where it is not valid UTF-8. */
  body: { text: string } | { base64: string };
  /** `reject`: a 4xx that names the field; `answer`: a normal answer; `either`: both are sound. Never 5xx, never silence. */
  expect: 'reject' | 'answer' | 'either';
  /** The field a rejecting server should name, where there is one. */
  field?: string;
}

/** What a probe asks for: a renamed district, a place whose characters have rare readings, another name of a landmark, or what only looks like one. */
export const probeGroups = ['rename', 'polyphone', 'alias', 'alias-trap'] as const;
export type ProbeGroup = (typeof probeGroups)[number];

/** One of a small fixed set of pairs that ask for knowledge of the world. */
export interface ProbePair {
  /** `<group>-<number>`, the same in every run. */
  id: string;
  group: ProbeGroup;
  a: string;
  b: string;
  /** Labels a sound three-label model may give. */
  expected: readonly MatchLabel[];
}

/** What the plan asks of the dataset; counts by class. */
export const datasetPlanSchema = z.object({
  seed: z.number().int(),
  mix: z.object({
    high: z.number().int().min(0),
    low: z.number().int().min(0),
    boundary: z.number().int().min(0),
    noisy: z.number().int().min(0),
    abnormal: z.number().int().min(0),
  }),
  /** Share of the high and of the low pairs that are hard, 0..1. Absent in plans made before there was a choice: then `standardHard`. */
  hard: z.object({ high: z.number().min(0).max(1), low: z.number().min(0).max(1) }).optional(),
  /** Present where the pairs are the user's own; then `mix` is all zero. */
  own: ownPlanSchema.optional(),
  /** Absent in plans made before there was a choice: those are `typical`. */
  profile: profilePlanSchema.optional(),
});
/** Shares of hard pairs where a scenario names none. */
export const standardHard = { high: 0.4, low: 0.4 } as const;
export type DatasetPlan = z.infer<typeof datasetPlanSchema>;

/** The plan as it may be shown, kept and hashed: the folder of the user's file tells of people and machines, and the same file in another one asks the same. */
export function withoutFolder(dataset: DatasetPlan): DatasetPlan {
  return dataset.own === undefined ? dataset : { ...dataset, own: { ...dataset.own, path: undefined } };
}

/** A file of the user's own pairs as it was read. */
export const ownSummarySchema = z.object({
  /** Its name without the folder. */
  file: z.string(),
  /** Of its bytes, hexadecimal. */
  sha256: z.string(),
  bytes: z.number().int(),
  format: z.enum(ownFormats),
  encoding: z.string(),
  /** Whether its first line named the columns. */
  header: z.boolean(),
  /** Pairs in the file, with a label among them, and bad lines that were left out. */
  rows: z.number().int(),
  labelled: z.number().int(),
  badRows: z.number().int(),
  /** The first bad lines and why; never their text. */
  firstBad: z.array(z.object({ line: z.number().int(), why: z.string() })),
});
export type OwnSummary = z.infer<typeof ownSummarySchema>;

/** What was really sent, for the record and for refusing unlike comparisons. */
export const datasetSummarySchema = z.object({
  seed: z.number().int(),
  count: z.number().int(),
  byClass: z.record(z.string(), z.number().int()),
  /** Hash of all request bodies in order: two runs with the same hash sent the same traffic. */
  bodiesSha256: z.string(),
  /** Characters (code points) an address, over both sides of all pairs that are addresses. */
  characters: z.object({ mean: z.number(), p50: z.number(), p90: z.number(), max: z.number() }),
  bodyBytes: z.object({ mean: z.number(), max: z.number(), total: z.number() }),
  /** Share of addresses that stand in the dataset more than once, 0..1. */
  repeatShare: z.number(),
  /** typical, long, unique, duplicates, or the file of a fitted one. Absent in older records. */
  profile: z.string().optional(),
  /** Share of addresses that had been sent before in one pass over the dataset, 0..1: what a cache that forgets nothing and starts empty could answer. Absent in older records. */
  seenShare: z.number().min(0).max(1).optional(),
  /** The share of repeated pairs that the profile asks for in one pass; absent where it asks for none. */
  askedRepeatShare: z.number().min(0).max(1).optional(),
  operators: z.record(z.string(), z.number().int()),
  certifiedLowShare: z.number().nullable(),
  /** The file that the user's own pairs came from; absent where the pairs were invented. */
  own: ownSummarySchema.optional(),
});
export type DatasetSummary = z.infer<typeof datasetSummarySchema>;
