/** 增加副本是否值得的中文词条。 */
import type { ScalingText } from './en-scaling.js';

export const scaling: ScalingText = {
  title: '再加一个值得吗？',
  step: (arm, first, speedUp, efficiency) => `“${arm}”的处理量是“${first}”的 ${speedUp} 倍，并行效率 ${efficiency}。`,
  unmeasured: (arm) => `“${arm}”没有测得数值。`,
  worth: (arm) => `直到“${arm}”的每一步都值得；更多的没有试过。`,
  notWorth: (before, arm, added, worth) => `从“${before}”增加到“${arm}”不值得：新增的每一个只带来原有每一个的 ${added}，而要求至少 ${worth}。`,
  open: (before, arm, added, worth) => `从“${before}”增加到“${arm}”是否值得尚无法判定：新增的每一个带来原有每一个的 ${added}，要求至少 ${worth}；需要更多对。`,
  openBare: (before, arm) => `从“${before}”增加到“${arm}”是否值得尚无法判定：没有区间。`,
  fullAlready: (arm, used, cores) => `“${arm}”已占满机器的 CPU 核（${cores} 核中 ${used}，含压测端）：再加一个也没有空闲的核。`,
  notCores: (arm, used, cores) => `不足的不是 CPU 核：“${arm}”时 ${cores} 核中占用 ${used}。`,
  fullNow: (arm, used, cores) => `“${arm}”时机器的 CPU 核已占满（${cores} 核中 ${used}，含压测端）：再加一个将没有空闲的核。`,
  coresLeft: (arm, used, cores) => `“${arm}”时 CPU 核尚有空闲（${cores} 核中占用 ${used}）。`,
  head: { arm: '方案', speedUp: '加速比', efficiency: '并行效率', added: '新增的每一个带来', worth: '是否值得' },
  word: { 'worth': '值得', 'not-worth': '不值得', 'open': '未定' },
  note: (worth) => `并行效率：加速比占理想加速比的份额。新增者所带来的（相对原有每一个的份额）整个区间都不低于 ${worth} 时，才算值得。除非服务在别处，压测端也占用同一台机器。`,
};
