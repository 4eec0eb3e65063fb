import type { ComparisonFile, ComparisonRecord, ComparisonVerdict } from '../../model/comparison.js';

/** comparison.json: what was recorded, what saved runs differ in, and the verdict. */
export function comparisonJson(record: ComparisonRecord, verdict: ComparisonVerdict, different: readonly string[]): string {
  const whole: ComparisonFile = { ...record, ...(different.length === 0 ? {} : { different: [...different] }), verdict };
  return `${JSON.stringify(whole, null, 2)}\n`;
}
