/** 对比中的图（中文）。 */
import type { CompareFigureText } from './en-compare-figures.js';

export const compareFigures: CompareFigureText = {
  beside: '各方案并列',
  slopes: {
    title: (metric, second, first) => `逐对对照：${first} 与 ${second} 的${metric}`,
    caption: (up, down, stage, second) => `每条细线是“${stage}”的一对运行，粗线为其几何均值：换成“${second}”后，${up} 对数值升高，${down} 对降低。`,
    captionRun: (up, down, second) => `每条细线是一对运行，粗线为其几何均值：换成“${second}”后，${up} 对数值升高，${down} 对降低。`,
  },
  deciles: {
    title: (second, first) => `延迟差在何处：${second} 的十分位减去 ${first} 的`,
    x: (first) => `${first} 的延迟（ms）`,
    y: '差值（ms）',
    caption: (stage, pairs, low, high, confidence) => `“${stage}”的延迟，${pairs}：最快的十分位移动 ${low}，第九个十分位移动 ${high}；横线以下表示第二个方案更快。色带：每个十分位各自的 ${confidence} 区间。`,
    captionOne: (stage, low, high) => `“${stage}”的延迟，只有一对运行，因此没有区间：最快的十分位移动 ${low}，第九个十分位移动 ${high}；横线以下表示第二个方案更快。`,
    otherThroughput: '两个方案每秒完成的工作量不同：闭环负载下，等待时间随吞吐量而变。',
    decile: '十分位', shift: '差值',
  },
  trade: {
    title: (percentile) => `各方案的延迟 ${percentile} 与吞吐量`,
    x: '吞吐量（req/s）', y: (percentile) => `延迟 ${percentile}（ms）`,
    caption: (runs, confidence) => `每个阶段一个点，按负载顺序相连：${runs}的均值，竖线为延迟的 ${confidence} 区间。越靠右、越靠下越好；折返的曲线已越过峰值。`,
  },
  batch: { title: '各方案每批文本数', x: '每批文本数（均值）', part: '每批文本数', caption: (stage, most, arm) => `“${stage}”，各次运行的均值：“${arm}”最多，为 ${most}。批越大，模型利用越充分，但同批中先到的要等后到的。` },
  time: {
    title: '各方案的排队与计算', x: '时间中位数（ms）', queue: '排队', infer: '模型计算',
    caption: (stage) => `“${stage}”中服务自报时间的中位数，各次运行的均值。排队更长时，增加容量或增大批次有用；计算更长时，缩短文本或换更快的模型有用。`,
  },
  memory: { title: '各方案的内存峰值', x: (unit) => `内存（${unit}）`, caption: (runs) => `每次运行的最高值，${runs}的均值。` },
  answers: {
    title: '各方案的答案', against: (first) => `单独询问时与“${first}”不同`, underLoad: '负载下改变判断', delta: '分数的最大差异', of: (flips, all) => `${all} 个中 ${flips} 个`,
    itself: '即第一个方案', note: '负载下：与同一次运行中单独询问同一地址对相比，落在阈值另一侧的答案。单独询问：两个方案判断不同的地址对。',
  },
  lastStage: '最后一个阶段',
  sameSettings: '只列出各方案不同的设置。',
  runs: (n) => `每个方案 ${n} 次运行`,
};
