import type { Address, PairClass } from '../../model/dataset.js';
import type { Random } from '../../model/random.js';
import { fieldSet, writtenOrder, type FieldSet } from '../address/render.js';
import type { Lexicon } from '../lexicon/lexicon.js';

/** 0 not, 1 partial, 2 exact: the order of MGeo's own labels. */
export type TrainingLabel = 0 | 1 | 2;

/** The two places of a pair, and what their writings owe to the label. */
export interface Drawn {
  a: Address;
  b: Address;
  /** Fields that both sides show, where they have them: without them the label could not be known. */
  must: FieldSet;
  /** Fields that one side leaves out, whatever its habits. */
  hideA?: FieldSet;
  hideB?: FieldSet;
  /** Noise as well, on one side. */
  noisy?: boolean;
}

/** One way a pair comes by its label. */
export interface Family {
  readonly name: string;
  readonly label: TrainingLabel;
  readonly hard: boolean;
  /** `undefined` where the place drawn does not allow it: it is drawn again. */
  draw(lexicon: Lexicon, random: Random, pickPart: PickFamily): Drawn | undefined;
}

/** Draws one of the families that make partial pairs. */
export type PickFamily = (random: Random) => Family;

export type FamilyTable = readonly (readonly [Family, number])[];

export const classOf: Readonly<Record<TrainingLabel, PairClass>> = { 0: 'low', 1: 'boundary', 2: 'high' };

export const nothing: FieldSet = 0;
export const regions = fieldSet(['province', 'city', 'district', 'town']);
export const name = fieldSet(['estate', 'poi', 'building', 'extra']);
export const door = fieldSet(['road', 'number', 'building', 'extra']);
export const everyField = fieldSet(writtenOrder);

/** Name or door: what the place can be told by; `undefined` where it has neither. */
export function drawAnchor(place: Address, random: Random): FieldSet | undefined {
  const named = place.poi !== undefined || place.estate !== undefined;
  const numbered = place.road !== undefined && place.number !== undefined;
  if (named && numbered) return random.chance(0.65) ? name : door;
  return named ? name : numbered ? door : undefined;
}
