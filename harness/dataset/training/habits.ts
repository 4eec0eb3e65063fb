import {
  blanks, brackets, buildingInWords, buildingWord, dashes, dropCharacter, emoji, floorWord, fullWidthDigits, homophone, invisible, label, lookAlike,
  nameBeforeRoad, note, numberInWords, numberSign, person, phone, repeatRegion, roomWord, separators, shortOfficialName, stripSuffixes, stutter, trailingMarks,
  type Operator,
} from '../operator/index.js';
import { recordCrossing, recordDash, recordNear, recordTwice } from './record.js';

/** Operators with the share of writings in which each is tried. */
export type HabitTable = readonly (readonly [Operator, number])[];

/** A person who asks. */
export const queryHabits: HabitTable = [
  [stripSuffixes, 0.2], [shortOfficialName, 0.1], [repeatRegion, 0.03],
  [buildingWord, 0.25], [dashes, 0.15], [roomWord, 0.6], [floorWord, 0.25], [numberSign, 0.04], [numberInWords, 0.03], [buildingInWords, 0.1],
  [homophone, 0.03], [lookAlike, 0.015], [dropCharacter, 0.01], [stutter, 0.01], [fullWidthDigits, 0.01],
  [separators, 0.05], [brackets, 0.06], [nameBeforeRoad, 0.03],
  [person, 0.05], [phone, 0.02], [note, 0.03], [label, 0.02],
];

/** A map. */
export const recordHabits: HabitTable = [
  [stripSuffixes, 0.05], [buildingWord, 0.2], [roomWord, 0.4], [floorWord, 0.2],
  [recordCrossing, 0.16], [recordNear, 0.05], [recordTwice, 0.06], [recordDash, 0.12], [nameBeforeRoad, 0.12], [brackets, 0.14], [separators, 0.03], [homophone, 0.005],
];

/** What makes a side noisy. */
export const noiseHabits: HabitTable = [
  [homophone, 0.2], [lookAlike, 0.12], [dropCharacter, 0.06], [stutter, 0.06], [fullWidthDigits, 0.08], [separators, 0.1], [blanks, 0.08], [invisible, 0.06],
  [label, 0.06], [note, 0.08], [person, 0.06], [phone, 0.06], [emoji, 0.04], [trailingMarks, 0.04], [repeatRegion, 0.06],
];
