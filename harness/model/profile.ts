import { z } from 'zod';

/**
 * What addresses of a dataset are like: how long, which fields they name, how often one comes again.
 * A profile changes how places are written, never what a class promises.
 */

/** Profiles that ship; a scenario may name a fitted one by its file instead. */
export const profileNames = ['typical', 'long', 'unique', 'duplicates'] as const;
export type ProfileName = (typeof profileNames)[number];

const share = z.number().min(0).max(1);

/** What of an address is written: the fields that a log is searched for, and that a fitted profile steers. */
export const profileFields = ['province', 'city', 'district', 'town', 'road', 'number', 'estate', 'poi', 'building', 'unit', 'floor', 'room'] as const;
export type ProfileField = (typeof profileFields)[number];

/** How people write, as shares of the places; a shop or public house is what is no door, home or office. */
export const habitSchema = z.strictObject({
  kinds: z.strictObject({ door: share, home: share, office: share }),
  /** Writers who name everything. */
  thorough: share,
  view: z.strictObject({
    province: share, city: share, cityOfProvince: share, cityOfCounty: share, district: share, town: share,
    /** The road of a place that has a name of its own: 金鹰大厦 is found without it. */
    roadOfNamed: share,
    /** The number behind a road that is named, where the place has a name of its own. */
    numberOfNamed: share,
    /** Building, unit, floor and room of a place that has them. */
    building: share, unit: share, floor: share, room: share,
  }),
  /** Places that have what most do not: a shop in an estate or a floor of a home; what it lies at; the way there. */
  details: z.strictObject({ inner: share, near: share, way: share }),
  /**
   * Only of a log; absent in the profiles that ship and in those that earlier versions wrote, which make the pairs they always made.
   * bare: places without province, city and district, where the class does not need them. village: doors of villages, which have no roads.
   * letter: offices with a building. shop: homes with one. short: how far the lengths aimed at lie below those of the log, because some cannot be met.
   */
  log: z.strictObject({ bare: share, village: share, letter: share, shop: share, short: share }).optional(),
});
export type HabitShares = z.infer<typeof habitSchema>;

/**
 * How pairs come again in one pass over the dataset; a load that goes on begins again (repeatShareAfter).
 * share: so many of the requests repeat one seen before; which one follows Zipf's law with exponent `zipf` over those seen so far.
 * zipf: every request draws one of `distinct` pairs by Zipf's law; how many repeat follows from that.
 */
export const repeatPlanSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('share'), share, zipf: z.number().min(0).max(10) }),
  z.object({ kind: z.literal('zipf'), zipf: z.number().min(0).max(10), distinct: z.number().int().min(1) }),
]);
export type RepeatPlan = z.infer<typeof repeatPlanSchema>;

/** Points of a distribution: the values at 0, 1/n, 2/n … 1, rising. */
const quantiles = z.array(z.number().min(0)).min(2).max(101);

/** What `mgeo-bench fit` keeps of a log: numbers alone, none of its texts. */
export const fittedProfileSchema = z.strictObject({
  schema: z.literal('mgeo-bench/profile/1'),
  /** Pairs read, and lines that could not be read as one. */
  pairs: z.number().int().min(1),
  skipped: z.number().int().min(0),
  /** Characters (code points) an address. */
  characters: z.strictObject({ mean: z.number().min(0), p50: z.number().min(0), p90: z.number().min(0), max: z.number().min(0), quantiles }),
  /** Share of the addresses that name the field. */
  fields: z.strictObject(Object.fromEntries(profileFields.map((field) => [field, share])) as Record<ProfileField, typeof share>),
  /** How pairs have to be written so that their texts name these fields as often: shares that were tried on pairs made with them. */
  habit: habitSchema,
  /** Share of the pairs, and of the addresses, that stood in the log before. */
  repeats: z.strictObject({ pairs: share, addresses: share }),
  /** Gaps between two requests, ms; null where the log has no times. */
  gapsMs: z.strictObject({ mean: z.number().min(0), variation: z.number().min(0), quantiles }).nullable(),
  /** Share of the pairs by label; null where the log has no labels. */
  labels: z.strictObject({ exact: share, partial: share, not: share }).nullable(),
});
export type FittedProfile = z.infer<typeof fittedProfileSchema>;

/** A profile in a plan: all of it, so that a record tells what was sent without any other file. */
export const profilePlanSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('typical') }),
  z.object({ kind: z.literal('long') }),
  z.object({ kind: z.literal('unique') }),
  z.object({ kind: z.literal('duplicates'), repeats: repeatPlanSchema }),
  z.object({ kind: z.literal('fitted'), file: z.string(), fitted: fittedProfileSchema }),
]);
export type ProfilePlan = z.infer<typeof profilePlanSchema>;

/** Where `dataset.repeats` names none: three in ten requests repeat an earlier one. */
export const standardRepeats: RepeatPlan = { kind: 'share', share: 0.3, zipf: 0.8 };
