/** 故障演练的中文词条。 */
import type { DrillText } from './en-drill.js';

export const drill: DrillText = {
  title: '演练中用户所见', titles: '各次演练中用户所见',
  promiseTitle: '承诺', requestTitle: '请求',
  load: (rate, length) => `演练：每秒 ${rate} 个请求，持续 ${length}`,
  neverBroken: (percentile, limit, watched) => `在全部 ${watched} 内，${percentile} 始终不超过 ${limit}`,
  fault: (from, to) => `故障从 ${from} 持续到 ${to}`, faultFrom: (from) => `故障从 ${from} 起一直持续`, crash: (at) => `服务在 ${at} 崩溃`,
  crashes: (from, to) => `服务从 ${from} 到 ${to} 多次崩溃`,
  after: { crash: (time, interval) => `崩溃后 ${time} ${interval}`, planted: (time, interval) => `故障结束后 ${time} ${interval}` },
  before: { crash: '在崩溃之前', planted: '在故障结束之前' }, watchedAfter: { crash: (time) => `其中崩溃后 ${time}`, planted: (time) => `其中故障结束后 ${time}` },
  recovered: (percentile, limit, from, time, interval, after) => `${percentile} 从 ${from} 起超出 ${limit}，${time} ${interval} 后${after}回到限值之内并保持下去`,
  notRecovered: (percentile, limit, from, watched, after) => `${percentile} 从 ${from} 起超出 ${limit}，在其后观察的 ${watched} 内${after}未能回到限值之内并保持`,
  notJudged: (why) => `没有判定这次演练：${why}`,
  requests: (due, answered, failed, kinds, fallback) => `${due} 个请求中 ${answered} 个得到答复${fallback}，${failed} 个失败${kinds}`,
  fallback: (n) => `其中 ${n} 个是降级答复，并非来自模型`,
  flips: (flips, checked, maxDelta) => `核对的 ${checked} 个答案中 ${flips} 个翻转，分数最多变动 ${maxDelta}`, noFlips: (checked) => `核对的 ${checked} 个答案没有翻转`,
  allEnded: '每个请求都有结局', unended: (n) => `${n} 个请求始终没有结局`,
  restarted: (n) => `服务重新启动了 ${n} 次`,
  drilled: (drills, _one, held, back, lost) => `${drills} 次演练：承诺始终未被打破的有 ${held} 次，打破后恢复的有 ${back} 次，未见恢复的有 ${lost} 次。每次演练中用户所见各有一句说明，时刻从预热结束算起。`,
  byFallback: (n) => `其中 ${n} 次有部分请求得到的是降级答复，并非来自模型。`,
  invalid: (n) => `其中 ${n} 次测量无效，原因见各自的报告：所见可能来自压测端本身。`,
  of: (arm, sentence) => `“${arm}”：${sentence}。`,
  head: { arm: '演练', fault: '故障', from: '何时打破', time: '到恢复的时间', after: '故障之后', recovered: '是否恢复', due: '请求数', answered: '得到答复', fallback: '降级答复', failed: '失败', unended: '没有结局', flips: '翻转', slowest: '最慢的答复', worst: '最差的一段', restarts: '重启次数' },
  separator: '；',
  never: '始终未打破', ofChecked: (flips, checked) => `${checked} 个中 ${flips} 个`, on: (from) => `${from} 起`, yes: '是', no: '否',
  note: '承诺按请求的预定时刻分段检查；失败视为无限慢。时刻从预热结束算起。时间从第一个被打破的时段起，到最后一个被打破的时段止，因此包含故障本身；旁边另列故障结束（崩溃则为崩溃的时刻）之后的时间，在此之前已恢复的记为 0。各次演练之间不作比较。',
};
