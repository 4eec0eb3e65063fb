export { baselinePath, baselinesNear, readBaseline, writeBaseline } from './baseline-file.js';
export { keepCalibration, readCalibration } from './calibration-file.js';
export { noteFailure } from './failure.js';
export { checkFolder, openFolder, openRecord, withoutSecrets, type OpenRecord, type RecordOptions } from './write.js';
export { openRequestLog, type RequestLog } from './request-log.js';
export { readRecord } from './read.js';
export { readRuns } from './read-runs.js';
export { isComparison, readComparison } from './read-comparison.js';
