import { BenchError } from '../../model/error.js';
import type { DatasetPlan, PairClass } from '../../model/dataset.js';
import type { FittedProfile, ProfilePlan } from '../../model/profile.js';
import { mixSeed } from '../../model/random.js';
import { repeatsOf, strataCounts } from '../../model/repeats.js';
import { groupDigits } from '../../model/unit.js';
import type { Lexicon } from '../lexicon/lexicon.js';
import type { PairContent } from '../class/pair.js';
import { longHabit, typicalHabit, type Habit } from './habit.js';
import { createLengthGoal } from './length-goal.js';
import { createLogPicks } from './log-picks.js';
import { createOwnNames } from './own-name.js';
import { createOnce, createRecurrence } from './recurrence.js';
import { stratify } from './stratum.js';

/** How the pairs of a profile are made: where each begins, what it is made of and which are kept. */
export interface ProfileWriter {
  /** The lexicon with the habits of the profile. */
  readonly lexicon: Lexicon;
  /** Seed of the stream of chance of a pair; two requests with one seed carry one pair. Called before the pair is made. */
  begin(name: PairClass, ordinal: number, index: number): number;
  /** Whether the pair may stand in the dataset; else it is drawn again. */
  keeps(content: PairContent): boolean;
}

/** Longer texts belong to the abnormal kinds: a sound server may refuse them. */
const mostCharacters = 64;
/** In `long`, texts beyond 64 characters are wanted; these a server may refuse or answer (request/index.ts). */
const mostOfLong = 128;

/** Throws `usage` where the profile cannot make so many pairs. */
export function createProfileWriter(plan: DatasetPlan, lexicon: Lexicon): ProfileWriter {
  const profile: ProfilePlan = plan.profile ?? { kind: 'typical' };
  const shorter = (most: number) => ({ a, b }: PairContent): boolean => isWithin(a, most) && isWithin(b, most);
  const { seed } = plan;
  switch (profile.kind) {
    case 'typical':
      return { lexicon: withHabit(lexicon, typicalHabit), begin: (_name, _ordinal, index) => mixSeed(seed, index), keeps: shorter(mostCharacters) };
    case 'long':
      return { lexicon: withHabit(lexicon, longHabit), begin: (_name, _ordinal, index) => mixSeed(seed, index), keeps: shorter(mostOfLong) };
    case 'unique':
    case 'duplicates':
      return withOwnNames(plan, lexicon, shorter(mostCharacters));
    case 'fitted':
      return withHabitOfLog(plan, lexicon, profile.fitted, shorter(Math.max(mostCharacters, Math.min(mostOfLong, profile.fitted.characters.max))));
  }
}

const withHabit = (lexicon: Lexicon, habit: Habit): Lexicon => ({ ...lexicon, habit });

/** Code points are counted only where UTF-16 units do not settle it. */
const isWithin = (text: string, most: number): boolean => text.length <= most || [...text].length <= most;

function withOwnNames(plan: DatasetPlan, lexicon: Lexicon, fits: ProfileWriter['keeps']): ProfileWriter {
  const names = createOwnNames(lexicon, plan.seed);
  const counts = strataCounts(plan);
  const repeats = repeatsOf(plan);
  const { room, pairOf } = repeats === null ? createOnce(counts) : createRecurrence(repeats, counts, plan.seed);
  if (room > names.pairs) {
    throw new BenchError('usage', `The profile ${plan.profile?.kind ?? ''} can make ${groupDigits(names.pairs)} pairs in which no address stands twice, and ${groupDigits(room)} are wanted.`, {
      hint: repeats === null ? 'Ask for fewer pairs, or use the profile typical, where an address may come again by chance.' : 'Ask for fewer different pairs (dataset.repeats.distinct), for fewer pairs, or for more repeats.',
    });
  }
  const place = stratify(plan);
  return {
    lexicon: withHabit(lexicon, { ...typicalHabit, name: names.next }),
    begin(name, ordinal, index) {
      if (name === 'abnormal') return mixSeed(plan.seed, index);
      const { stratum, ordinal: inStratum } = place(name, ordinal);
      const number = pairOf(stratum, inStratum);
      names.restart(number);
      return mixSeed(plan.seed, number);
    },
    keeps: (content) => fits(content) && (content.class === 'abnormal' || (names.holds(content.a) && names.holds(content.b))),
  };
}

function withHabitOfLog(plan: DatasetPlan, lexicon: Lexicon, { habit, characters, fields }: FittedProfile, fits: ProfileWriter['keeps']): ProfileWriter {
  const counts = strataCounts(plan);
  const repeats = repeatsOf(plan);
  const { pairOf } = repeats === null ? createOnce(counts) : createRecurrence(repeats, counts, plan.seed);
  const place = stratify(plan);
  const goal = createLengthGoal(characters.quantiles, habit.log?.short);
  return {
    lexicon: withHabit(lexicon, habit.log === undefined ? habit : { ...habit, picks: createLogPicks(habit, fields) }),
    begin(name, ordinal, index) {
      if (name === 'abnormal') return mixSeed(plan.seed, index);
      const { stratum, ordinal: inStratum } = place(name, ordinal);
      const first = mixSeed(plan.seed, pairOf(stratum, inStratum));
      goal.begin(first);
      return first;
    },
    keeps: (content) => fits(content) && goal.meets(content),
  };
}
