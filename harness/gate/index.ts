export { factLines, factNames, unlikeOf } from './change.js';
export { judgeComparison } from './comparison.js';
export { parseGate, type GateRead } from './expression.js';
export { judge } from './judge.js';
export { isSettled, judgePaired } from './paired.js';
export { presetGates, usualBaselineGates } from './preset.js';
