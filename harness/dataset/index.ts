/** Address pairs: made from a seed, one by one, with what they should be called. */
export { loadLexicon, type TextFiles } from './lexicon/index.js';
export type { Lexicon } from './lexicon/lexicon.js';
export { createDataset, type Dataset } from './create.js';
export type { WireKeys } from './class/wire.js';
export { familyOf } from './operator-family.js';
export { datasetSpec, datasetSpecs, fittedSpec } from './spec.js';
export { fitLog, type LogFit } from './profile/fit.js';
export { summariseDataset, type DatasetSummaryBuilder } from './summary.js';
export { formatChunks, formatPairs, pairFormats, type PairFormat } from './format.js';
export { describePairs, type DescribeOptions } from './describe-pairs.js';
export { collectFigures, type FigureBuilder, type FiguredPair } from './figures.js';
export { createTokenCounter, vocabularyPath, type CountTokens } from './token-count.js';
export { createTrainingPairs, heldOutOperators, trainingOperatorNames, type TrainingOptions, type TrainingPair, type TrainingPairs } from './training/create.js';
export { splits, type Split } from './training/split.js';
export { probePairs } from './class/probe/index.js';
export { createBadLines, drawSome, openOwnPairs, readOwnRows, tellPieces, type BadLines, type BadCode, type BadRow, type OwnFileFacts, type OwnPairs, type OwnRow, type OwnRows } from './own/index.js';
export { openPairFile, type PairFile, type PairFileRow } from './pair-file.js';
export { checkPairs, type CheckedFacts, type CheckedFile, type CheckOptions, type CheckResult, type FindingKind } from './check/index.js';
