/** Pairs of the user's own. */
export { createBadLines, type BadLines } from './bad-lines.js';
export { tellPieces } from './pieces.js';
export { drawSome, openOwnPairs, type OwnPairs } from './open.js';
export { readOwnRows, type OwnFileFacts, type OwnRows } from './rows.js';
export type { BadCode, BadRow, OwnRow } from './row.js';
