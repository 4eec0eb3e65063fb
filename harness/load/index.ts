export { createCommonWindow, type CommonWindow } from './common-window.js';
export type { DriveOptions, Engine, LoadTarget } from './engine.js';
export type { RequestRow } from './row.js';
export { findK6, installK6, pinnedK6, type FoundK6 } from './k6/install.js';
export { driveJob, type DrivenJob, type JobOptions } from './job/drive.js';
export { driveClosed, driveLadder, type Rung } from './ladder.js';
export { resolveEngine } from './resolve.js';
