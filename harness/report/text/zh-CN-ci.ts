import type { CiText } from './en-ci.js';

/** What CI shows of a run, in Chinese. */
export const ci: CiText = {
  throughputByStage: '各阶段吞吐量',
  p95ByStage: '各阶段 p95',
  throughputOverTime: '每秒吞吐量',
  p95OverTime: '每秒 p95',
  byPair: (arm, metric) => `“${arm}”各轮的${metric}`,
  baseline: '基线',
  candidate: '候选',
  gates: (passed, all) => `门禁：${all} 项中 ${passed} 项成立`,
  more: (n) => `其余 ${n} 项见 report.md。`,
  runLine: (run) => `运行 ${run}。数字、发现和复现方法见该次运行的 report.md 与 report.html。`,
  cut: '其余内容超出了任务摘要的长度限制，完整内容见 report.md。',
};
