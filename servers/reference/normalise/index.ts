import { writeNumeralsAsDigits } from '../model/chinese-numeral.js';
import { createAliasExpander } from './aliases.js';
import { dropInvisible } from './invisible.js';
import { createRenamer } from './renamed.js';
import { createSuffixCompleter } from './suffixes.js';
import { readAliases, readRegions, readRenamings } from './tables.js';
import { truncateAddress } from './truncate.js';
import { toHalfWidth } from './width.js';

/** The steps in the order in which they are taken: what one writes the next one reads. */
export const normaliseSteps = ['invisible', 'width', 'numerals', 'suffixes', 'renamed', 'aliases', 'truncate'] as const;
export type NormaliseStep = (typeof normaliseSteps)[number];

/** Changes an address before it is compared. */
export type Normaliser = (text: string) => string;

/** A step by its name. Its table is read now, once. */
const createStep = (step: NormaliseStep, maxChars: number): Normaliser => {
  switch (step) {
    case 'invisible':
      return dropInvisible;
    case 'width':
      return toHalfWidth;
    case 'numerals':
      return writeNumeralsAsDigits;
    case 'suffixes':
      return createSuffixCompleter(readRegions());
    case 'renamed':
      return createRenamer(readRenamings());
    case 'aliases':
      return createAliasExpander(readAliases());
    case 'truncate':
      return (text) => truncateAddress(text, maxChars);
  }
};

/** The chosen steps as one, always in the order of `normaliseSteps`; null where none is chosen. */
export const createNormaliser = (chosen: readonly NormaliseStep[], maxChars: number): Normaliser | null => {
  const steps = normaliseSteps.filter((step) => chosen.includes(step)).map((step) => createStep(step, maxChars));
  return steps.length === 0 ? null : (text) => steps.reduce((done, step) => step(done), text);
};
