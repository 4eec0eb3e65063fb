/** Pairs of the user's own. */
export { readOwnRows, type OwnFileFacts, type OwnRows } from './rows.js';
export type { BadCode, BadRow, OwnRow } from './row.js';
