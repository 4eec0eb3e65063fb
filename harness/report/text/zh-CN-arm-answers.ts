/** 哪个方案改变答案、代价多少的中文词条。 */
import type { ArmAnswersText } from './en-arm-answers.js';

export const armAnswers: ArmAnswersText = {
  title: '哪个方案会改变答案，代价是多少？',
  changes: (arm, flips, asked, figures) => `“${arm}”改变了 ${asked} 个答案中的 ${flips} 个${figures}。`,
  scoresOnly: (arm, asked, delta, figures) => `“${arm}”没有改变 ${asked} 个答案中的任何一个，但得分最多变动 ${delta}${figures}。`,
  none: (arms, asked) => `${asked} 个答案及其得分都不因${arms}而改变。`,
  gained: (arm, n, other) => `“${arm}”答复了“${other}”未答复的 ${n} 个。`,
  notAsked: (arms) => `提问不同，无法说明：${arms}。`,
  from: (name, from, to) => `${name} ${from} → ${to}`,
  cost: (ms) => `每个请求 ${ms} ms`,
  auc: 'AUC', macroF1: '宏平均 F1',
  head: { arm: '方案', flips: '改变的答案', delta: '得分的最大变动', auc: 'AUC', macroF1: '宏平均 F1', cost: '规整耗时（ms/请求）' },
  of: (flips, asked) => `${flips} / ${asked}`,
  note: (first) => `压测前逐个询问金标地址对，并与“${first}”的答案对照。AUC：匹配与其余之分。规整耗时：服务在 Server-Timing 中给出的均值；对吞吐量与延迟的影响见下方对比。`,
};
