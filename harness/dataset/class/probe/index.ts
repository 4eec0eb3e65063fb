import type { ProbePair } from '../../../model/dataset.js';
import type { Lexicon } from '../../lexicon/lexicon.js';
import { aliasProbes, aliasTrapProbes } from './alias.js';
import { polyphoneProbes } from './polyphone.js';
import { renameProbes } from './rename.js';

/**
 * The probes: a fixed set of pairs that no seed changes. They ask for knowledge of the world, which a matcher has from its
 * normalising step or not at all; so they are shown as a table with pass and fail, and are no part of any class.
 */
export function probePairs(lexicon: Lexicon): readonly ProbePair[] {
  return [renameProbes, polyphoneProbes, aliasProbes, aliasTrapProbes].flatMap((make) =>
    make(lexicon).map((probe, i): ProbePair => ({ id: `${probe.group}-${String(i + 1)}`, ...probe })));
}
