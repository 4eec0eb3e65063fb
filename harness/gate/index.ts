export { judgeComparison } from './comparison.js';
export { parseGate, type GateRead } from './expression.js';
export { judge } from './judge.js';
