/** 故障演练的中文词条。 */
import type { DrillText } from './en-drill.js';

export const drill: DrillText = {
  title: '演练中用户所见', titles: '各次演练中用户所见',
  load: (rate, length) => `演练：每秒 ${rate} 个请求，持续 ${length}`,
  neverBroken: (percentile, limit, watched) => `在全部 ${watched} 内，${percentile} 始终不超过 ${limit}`,
  recovered: (percentile, limit, from, time, interval) => `${percentile} 从 ${from} 起超出 ${limit}，${time} ${interval} 后回到限值之内并保持下去`,
  notRecovered: (percentile, limit, from, watched) => `${percentile} 从 ${from} 起超出 ${limit}，在其后观察的 ${watched} 内未能回到限值之内并保持`,
  notJudged: (why) => `没有判定这次演练：${why}`,
  requests: (due, answered, failed, kinds) => `${due} 个请求中 ${answered} 个得到答复，${failed} 个失败${kinds}`,
  allEnded: '每个请求都有结局', unended: (n) => `${n} 个请求始终没有结局`,
  restarted: (n) => `服务重新启动了 ${n} 次`,
  drilled: (drills, _one, held, back, lost) => `${drills} 次演练：承诺始终未被打破的有 ${held} 次，打破后恢复的有 ${back} 次，未见恢复的有 ${lost} 次。每次演练中用户所见各有一句说明。`,
  invalid: (n) => `其中 ${n} 次测量无效，原因见各自的报告：所见可能来自压测端本身。`,
  of: (arm, sentence) => `“${arm}”：${sentence}。`,
  head: { arm: '演练', from: '何时打破', time: '到恢复的时间', recovered: '是否恢复', due: '请求数', answered: '得到答复', failed: '失败', unended: '没有结局', slowest: '最慢的答复', worst: '最差的一段', restarts: '重启次数' },
  separator: '；',
  never: '始终未打破', yes: '是', no: '否',
  note: '承诺按请求的预定时刻分段检查；失败视为无限慢。时间从第一个被打破的时段起，到最后一个被打破的时段止。各次演练之间不作比较。',
};
