/** 引擎与机器对照延迟已知的服务（中文）。 */
import type { CalibrationText } from './en-calibration.js';

export const calibration: CalibrationText = {
  title: '校准',
  absent: (why) => `没有在这台机器上校准压测引擎：${why}`,
  against: (engine, ms) => `对照一个 ${ms} 的内置服务，${engine} 在这台机器上`,
  error: (p50, p95, rate) => `报告的延迟比服务实际所用的多 ${p50}（p50）、${p95}（p95）（速率 ${rate} 时）`,
  bears: (rate) => `最多能按时发出约 ${rate}`,
  bearsAtLeast: (rate) => `能按时发出 ${rate}，也许更多：没有试更高的速率`,
  sound: (rate) => `超过 ${rate} 时延迟可能被标为存疑`,
  noneSound: '任何速率下延迟都可能被标为存疑',
  bearsNone: (rate, late) => `连 ${rate} 都不能按时发出（p99 晚了 ${late}）：机器正忙于其他事情`,
  measured: '在运行前刚刚测得。',
  kept: (age) => `在运行前 ${age} 测得。`,
  shares: '内置服务几乎不占 CPU；被测服务与压测共用这些核，留给压测的会更少。',
  rate: '速率 (req/s)', requests: '应答 / 应发', lag: '晚发 p50 / p99 (ms)', told: '报告 p50 / p95 (ms)', took: '服务所用 p50 / p95 (ms)',
};
