/** 尖峰、长稳与回放的中文词条。 */
import type { ShapesText } from './en-shapes.js';

export const shapes: ShapesText = {
  recoveryTitle: '尖峰之后的恢复', driftTitle: '漂移与泄漏',
  spikeName: (base, peak) => `尖峰 ${base} → ${peak}/s`,
  drillName: (rate) => `演练 ${rate}/s`,
  replayName: (speed) => (speed === null ? '回放' : `${speed} 倍速回放`),
  peak: (rate) => `峰值每秒 ${rate} 个请求`,
  loadSpike: (base, peak, process, before, during, after) => `尖峰：每秒 ${base} 个请求持续 ${before}，${peak} 个持续 ${during}，再以 ${base} 个持续 ${after}；${process}`,
  loadReplay: (file, requests, speeds, span) => `回放：${file} 中的 ${requests} 个时刻，速度 ${speeds}，窗口 ${span}`,
  soak: (load) => `长稳，${load}`,
  recovered: (percentile, limit, time, interval) => `峰值结束 ${time} 后 ${interval}，${percentile} 回到 ${limit} 以内并保持下去`,
  neverBroken: (percentile, limit, after) => `在峰值期间及其后的 ${after} 内，${percentile} 始终不超过 ${limit}`,
  notBrokenAfter: (percentile, limit) => `峰值一结束，${percentile} 就回到 ${limit} 以内`,
  notRecovered: (percentile, limit, watched) => `峰值结束后 ${watched} 内没有恢复：${percentile} 未能保持在 ${limit} 以内`,
  notJudged: (why) => `没有判定恢复时间：${why}`,
  caption: (sentence, worst, windowS) => `${sentence}。最慢的一段：${worst}。每个点是预定时刻在 ${windowS} 之内的请求。`,
  infinite: '失败太多，百分位为无穷大',
  axis: '峰值结束后的时间 (s)', line: (percentile) => `${percentile}（按预定时刻）`, limit: (limit) => `限值 ${limit}`,
  bands: { before: '之前', peak: '峰值', recovering: '恢复中', within: '限值之内' },
  from: '起 (s)', due: '请求数', beyond: '超出限值',
  quantity: '量', slope: (confidence) => `每小时的斜率 [${confidence} 区间]`, median: '中位数', change: '窗口内的变化', matters: '有意义的变化', z: 'z', blocks: '分段数', word: '判断',
  quantities: { 'latency-p50': '延迟 p50', 'latency-p95': '延迟 p95', 'memory': '服务内存', 'vram': '显存' },
  words: { 'drifts': '有漂移', 'steady': '未见漂移', 'too-short': '时间太短，无法判断' },
  perHour: (value) => `${value}/h`,
  driftNote: (share, leastMiB) => `斜率：Theil–Sen，取自至多 100 个等长时段的中位数；区间按 Kendall 计算，相邻时段相似时放宽；z 为 Mann–Kendall 统计量。有漂移：区间不含 0，且窗口内的变化超过中位数的 ${share}（内存至少 ${leastMiB}）。未见漂移：即使取区间的两端，一小时内（窗口更长时取窗口）也达不到这一变化。其余为时间太短，无法判断。`,
  driftLine: (quantity, slope, word) => `${quantity} ${slope}：${word}`,
};
