import { labelledMix } from '../../model/mix.js';
import { profileFields, type FittedProfile, type HabitShares, type ProfileField } from '../../model/profile.js';
import { createFieldFinder } from '../address/recognise.js';
import { createDataset } from '../create.js';
import type { Lexicon } from '../lexicon/lexicon.js';
import { typicalHabit } from './habit.js';
import { collectLogFigures, type LogFigureBuilder, type LogFigures, type LogRow } from './log-figures.js';

/** Takes a log row by row and gives a profile: numbers alone. */
export interface LogFit {
  add(row: LogRow): void;
  /** `skipped`: lines that were no pair. RangeError where there was no row. */
  finish(skipped: number): FittedProfile;
}

/** Takes the rows of a log and makes a profile of their figures; none of their text is kept. */
export function fitLog(lexicon: Lexicon): LogFit {
  const figures = collectLogFigures(createFieldFinder(lexicon));
  return {
    add: figures.add,
    finish(skipped) {
      const found = figures.finish();
      if (found.pairs === 0) throw new RangeError('a log without a pair has no profile');
      return { schema: 'mgeo-bench/profile/1', skipped, ...found, habit: tryHabits({ ...found, ...figures.kinds() }, lexicon) };
    },
  };
}

const rounds = 24;
const pairsATry = 1600;

/**
 * The habits whose pairs name the fields as often as the log. How often a field is named depends on the classes and operators as
 * well as on the habits, so it is tried: pairs are made, read by the same rules as the log, and every share is moved by the
 * difference of the log-odds (iterative proportional fitting, in logits); the try that came nearest is kept.
 */
function tryHabits({ bare, village, ...log }: Told, lexicon: Lexicon): HabitShares {
  const mix = log.labels === null
    ? { high: pairsATry / 4, low: pairsATry / 4, boundary: pairsATry / 4, noisy: pairsATry / 4, abnormal: 0 }
    : labelledMix(log.labels, pairsATry);
  const fieldsOf = createFieldFinder(lexicon);
  let habit: LogHabit = structuredClone(firstTry);
  let best = { habit, off: Infinity };
  for (let round = 0; round < rounds; round += 1) {
    const fitted: FittedProfile = { schema: 'mgeo-bench/profile/1', skipped: 0, ...log, repeats: { pairs: 0, addresses: 0 }, habit };
    const tried = collectLogFigures(fieldsOf);
    for (const pair of createDataset({ seed: round, mix, profile: { kind: 'fitted', file: '', fitted } }, lexicon).pairs()) tried.add(pair);
    const made = tried.finish();
    const off = profileFields.reduce((sum, field) => sum + (made.fields[field] - log.fields[field]) ** 2, 0) + ((made.characters.mean - log.characters.mean) / 20) ** 2;
    if (off < best.off) best = { habit, off };
    habit = moved(habit, { ...log, bare, village }, { ...made, ...tried.kinds() }, round < rounds / 2 ? 0.9 : 0.4);
  }
  return best.habit;
}

type LogHabit = HabitShares & { log: NonNullable<HabitShares['log']> };
type Told = LogFigures & ReturnType<LogFigureBuilder['kinds']>;

/** More would aim at the shortest texts of the log alone. */
const mostShort = 0.6;

const firstTry: LogHabit = { ...typicalHabit, log: { bare: 0.1, village: 0.01, letter: 0.3, shop: 0.02, short: 0 } };

/** Log-odds, away from the ends: a share of nothing could never grow again. */
const logit = (share: number): number => Math.log(Math.min(0.998, Math.max(0.002, share)) / (1 - Math.min(0.998, Math.max(0.002, share))));
const shareAt = (odds: number): number => Math.round(1e4 / (1 + Math.exp(-odds))) / 1e4;

function moved({ kinds, thorough, view, details, log: own }: LogHabit, log: Told, made: Told, pace: number): LogHabit {
  const apart = (field: ProfileField): number => logit(log.fields[field]) - logit(made.fields[field]);
  const by = (share: number, field: ProfileField): number => shareAt(logit(share) + pace * apart(field));
  const longer = (log.characters.mean - made.characters.mean) / 8;
  const home = by(kinds.home, 'estate');
  const named = by(1 - kinds.home - kinds.door, 'poi');
  const door = shareAt(logit(kinds.door) - (pace * (apart('poi') + apart('estate'))) / 2);
  const all = home + named + door;
  // A tower has floors; a shop's own name often says its road or district.
  const officeOfNamed = shareAt(logit(kinds.office / Math.max(1e-3, 1 - kinds.home - kinds.door)) + (pace * (apart('floor') + Math.max(0, -apart('road')) + Math.max(0, -apart('district')))) / 2);
  return {
    kinds: { door: door / all, home: home / all, office: (named / all) * officeOfNamed },
    thorough: shareAt(logit(thorough) + (pace * (log.characters.p90 - made.characters.p90)) / 10),
    view: {
      province: by(view.province, 'province'), city: by(view.city, 'city'), cityOfProvince: by(view.cityOfProvince, 'city'), cityOfCounty: by(view.cityOfCounty, 'city'),
      district: by(view.district, 'district'), town: by(view.town, 'town'), roadOfNamed: by(view.roadOfNamed, 'road'), numberOfNamed: by(view.numberOfNamed, 'number'),
      building: by(view.building, 'building'), unit: by(view.unit, 'unit'), floor: by(view.floor, 'floor'), room: by(view.room, 'room'),
    },
    // Where every floor is named that there is, more places need one.
    details: { inner: view.floor > 0.9 || details.inner > 0.01 ? by(details.inner, 'floor') : details.inner, near: shareAt(logit(details.near) + pace * longer), way: shareAt(logit(details.way) + pace * longer) },
    log: {
      bare: shareAt(logit(own.bare) + pace * (logit(log.bare) - logit(made.bare))),
      village: shareAt(logit(own.village) + pace * (logit(log.village) - logit(made.village))),
      letter: by(own.letter, 'building'), shop: by(own.shop, 'poi'),
      short: Math.min(mostShort, Math.max(0, Math.round(1e4 * (own.short + (pace * (made.characters.mean - log.characters.mean)) / 25)) / 1e4)),
    },
  };
}
