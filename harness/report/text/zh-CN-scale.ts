/** 吞吐量随负载变化的曲线（中文）。 */
import type { ScaleText } from './en-scale.js';

export const scale: ScaleText = {
  knee: (inFlight) => `拐点在 ${inFlight} 个在途请求处：再加负载，增加的等待多于增加的应答。`,
  kneeBeyond: '拐点在所试负载之外。',
  peak: (inFlight, rps) => `在途请求为 ${inFlight} 时吞吐量最高：${rps}。`,
  peakUnseen: '未见峰值：没有更大的负载使吞吐量下降。',
  curve: (lambda, sigma, kappa, miss, confidence) => `通用可扩展性定律（USL）：λ ${lambda}，σ ${sigma}，κ ${kappa}；与各实测负载的偏差最大 ${miss}。色带与方括号：由本次运行的残差自助法得到的 ${confidence} 区间。`,
  validTo: (from, to) => `曲线由并发 ${from} 到 ${to} 的数据拟合；超出这一范围只是推测。`,
  kneeMark: '拐点',
  fitted: '拟合值',
  tip: (inFlight, rps) => `在途 ${inFlight}：实测 ${rps}`,
  absent: {
    'too-few-levels': '拟合曲线至少需要四级有效的闭环负载。',
    'too-narrow': '拟合曲线要求负载至少相差四倍。',
    'does-not-fit': '通用可扩展性定律不适用于该服务：最佳曲线与某个实测负载的偏差超过四分之一。',
  },
};
